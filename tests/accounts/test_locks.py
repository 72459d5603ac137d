"""Guessing passwords: counted by account and address; the office is not locked out."""

import datetime as dt
import random
import unicodedata

import pytest
import time_machine
from axes.models import AccessFailureLog, AccessLog
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.urls import reverse

from accounts.actions import forget_old_attempts, lift_lock
from accounts.errors import LockIsOver
from accounts.guesses import LIMITS
from accounts.models import AuditEntry, SignInLock
from core.web.forms import new_key
from organizations.roles import Role
from tests.factories.accounts import PASSWORD, UserFactory, holder

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)
OFFICE, HOME, ATTACKER = "192.0.2.10", "198.51.100.7", "203.0.113.66"
WRONG = "wrong"
MINUTE = dt.timedelta(minutes=1)


def attempt(client, username, password=WRONG, *, at=ATTACKER):
    client.logout()
    sent = {"username": username, "password": password}
    return client.post(reverse("accounts:sign_in"), sent, REMOTE_ADDR=at)


def guess(username, **meta):
    """Try a wrong password as every page of signing in does, without its rendering."""
    request = RequestFactory().post("/sign-in/", REMOTE_ADDR=ATTACKER, **meta)
    return authenticate(request, username=username, password=WRONG)


def opens(client, username, *, at):
    """Whether the right password signs in from an address."""
    attempt(client, username, PASSWORD, at=at)
    return "_auth_user_id" in client.session


def wide(text):
    """Return the text in full-width letters."""
    return "".join(
        chr(ord(c) + 0xFEE0) if c.isascii() and c != " " else c for c in text
    )


def variants(name, count):
    """Return ways to type a name that fold to it."""
    rng = random.Random(7)
    typed = set()
    while len(typed) < count:
        cased = "".join(rng.choice([c.lower(), c.upper()]) for c in name)
        typed.add("".join(wide(c) if rng.random() < 0.5 else c for c in cased))
    assert {unicodedata.normalize("NFKC", one).lower() for one in typed} == {name}
    return sorted(typed)


@pytest.fixture
def person(db):
    return UserFactory(username="zhaomin")


def test_forged_addresses_and_other_spellings_give_five_tries_at_most(client, person):
    rng = random.Random(11)
    names = variants("zhaomin", 20)
    for number in range(1000):
        forged = ".".join(str(rng.randrange(1, 255)) for _part in range(4))
        guess(names[number % 20], HTTP_X_FORWARDED_FOR=forged)

    assert AccessFailureLog.objects.filter(username="zhaomin").count() == 5
    assert not opens(client, "zhaomin", at=ATTACKER)


def test_a_thousand_tries_from_one_address_lock_nobody_out_elsewhere(client, db):
    admin = holder(Role.SYSTEM_ADMIN)
    for _number in range(1000):
        guess(admin.username)

    assert not opens(client, admin.username, at=ATTACKER)
    assert opens(client, admin.username, at=HOME)


def test_many_addresses_together_lock_the_account_for_strangers_alone(client, person):
    assert opens(client, "zhaomin", at=OFFICE)
    for number in range(LIMITS["name"]):
        attempt(client, "zhaomin", at=f"203.0.113.{number}")

    assert not opens(client, "zhaomin", at=HOME)
    assert opens(client, "zhaomin", at=OFFICE)


def test_one_address_that_tries_many_accounts_is_locked_for_strangers_alone(
    client, person
):
    colleague = UserFactory(username="qianjin")
    assert opens(client, "zhaomin", at=OFFICE)
    for number in range(LIMITS["address"]):
        attempt(client, f"guess{number}", at=OFFICE)

    assert not opens(client, colleague.username, at=OFFICE)
    assert opens(client, "zhaomin", at=OFFICE)
    assert opens(client, colleague.username, at=HOME)


def test_each_lock_within_a_day_lasts_twice_as_long(client, person):
    lasted = []
    with time_machine.travel(NOON, tick=False) as clock:
        for _round in range(4):
            for _try in range(5):
                attempt(client, "zhaomin")
            lock = SignInLock.objects.first()
            lasted.append((lock.runs_out_at - lock.locked_at) // MINUTE)
            clock.move_to(lock.runs_out_at + MINUTE)

        assert lasted == [15, 30, 60, 120]
        assert opens(client, "zhaomin", at=ATTACKER)


def test_the_right_password_forgets_the_wrong_ones(client, person):
    for _round in range(3):
        for _try in range(4):
            attempt(client, "zhaomin")
        assert opens(client, "zhaomin", at=ATTACKER)

    assert SignInLock.objects.count() == 0


def test_a_lock_is_lifted_on_a_page_with_one_button(client, person):
    admin = holder(Role.SYSTEM_ADMIN)
    for _try in range(5):
        attempt(client, "zhaomin")
    client.force_login(admin)
    listed = client.get(reverse("accounts:locks")).content.decode()
    lock = SignInLock.objects.get()

    client.post(reverse("accounts:lift_lock", args=[lock.pk]))

    assert (str(person) in listed, ATTACKER in listed) == (True, True)
    entry = AuditEntry.objects.about(person).get(action="accounts.lift_lock")
    assert entry.actor == admin
    assert opens(client, "zhaomin", at=ATTACKER)


def test_a_lock_that_is_over_is_not_lifted_again(client, person):
    admin = holder(Role.SYSTEM_ADMIN)
    for _try in range(5):
        attempt(client, "zhaomin")
    lock = SignInLock.objects.get()
    lift_lock(lock, by=admin)

    with pytest.raises(LockIsOver):
        lift_lock(lock, by=admin)

    assert AuditEntry.objects.filter(action="accounts.lift_lock").count() == 1


def test_locks_are_seen_by_those_who_may_lift_them(client, staff, secretary, stranger):
    for _try in range(5):
        attempt(client, secretary.username)
        attempt(client, "name-of-nobody")

    seen = {
        name: [lock.user for lock in SignInLock.objects.visible_to(user)]
        for name, user in {
            "street": staff,
            "other street": stranger,
            "system": holder(Role.SYSTEM_ADMIN),
            "auditor": holder(Role.AUDITOR),
            "secretary": secretary,
        }.items()
    }

    assert seen == {
        "street": [secretary],
        "other street": [],
        "system": [None, secretary],
        "auditor": [],
        "secretary": [],
    }


def test_the_page_of_locks_names_no_name_that_nobody_has(client, db):
    for _try in range(5):
        attempt(client, "13788889999")
    client.force_login(holder(Role.SYSTEM_ADMIN))

    page = client.get(reverse("accounts:locks")).content.decode()

    assert ("不存在的用户名" in page, "13788889999" in page) == (True, False)


def test_old_attempts_are_forgotten_every_night(client, person):
    with time_machine.travel(NOON, tick=False) as clock:
        attempt(client, "zhaomin")
        assert opens(client, "zhaomin", at=OFFICE)
        attempt(client, "zhaomin")
        clock.shift(dt.timedelta(days=2))
        forget_old_attempts()
        known = AccessLog.objects.count()
        clock.shift(dt.timedelta(days=90))
        forget_old_attempts()

    assert (known, AccessLog.objects.count()) == (1, 0)
    assert AccessFailureLog.objects.count() == 0


def change_password(client, old, *, at=ATTACKER):
    sent = {
        "old_password": old,
        "new_password1": "tall-green-lantern-7",
        "idempotency_key": new_key(),
    }
    return client.post(reverse("accounts:password"), sent, REMOTE_ADDR=at)


def test_wrong_old_passwords_are_counted_as_guesses_of_signing_in(client, db):
    person = UserFactory(username="zhaomin")
    client.force_login(person, "accounts.backends.UsernameOrPhone")

    statuses = [change_password(client, WRONG).status_code for _try in range(5)]
    right = change_password(client, PASSWORD)

    assert statuses == [200, 200, 200, 200, 429]
    assert right.status_code == 429
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert SignInLock.objects.get().user == person
    assert not opens(client, "zhaomin", at=ATTACKER)
