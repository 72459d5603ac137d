"""Guesses at one moment, and what an account's own browsers may while it is guessed at.

The password's comparison holds every guess until all others were answered or compared
too: counted afterwards, all of them would be compared.
"""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import pytest
import time_machine
from axes.models import AccessFailureLog
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import set_password
from accounts.devices import COOKIE, MOST_ACCOUNTS
from accounts.guesses import LIMITS, NO_ADDRESS, UNANSWERED_FOR, enter_guess
from accounts.models import SignInLock, User
from accounts.querysets import KNOWN_FOR
from tests.factories.accounts import PASSWORD, UserFactory
from tests.stage import race

WRONG = "wrong"
GUESSES = 9
PATIENCE = 2.0  # for a guess that should not have been let through
WORKS = "203.0.113.7"


class Gathering:
    """Counts the guesses that were compared or answered, each of them once."""

    def __init__(self):
        self.missing, self.changed = GUESSES, threading.Condition()
        self.here = threading.local()

    def begin(self):
        self.here.counted = False

    def count(self):
        if not self.here.counted:
            self.here.counted = True
            with self.changed:
                self.missing -= 1
                self.changed.notify_all()

    def wait(self):
        with self.changed:
            self.changed.wait_for(lambda: not self.missing, PATIENCE)


class HeldHasher(PBKDF2PasswordHasher):
    """Compares a password only after all guesses of the test have come so far."""

    algorithm = "held"
    iterations = 1
    compared: ClassVar[list[str]] = []
    gathered: ClassVar[Gathering]

    def verify(self, password: str, encoded: str) -> bool:
        self.compared.append(password)
        self.gathered.count()
        self.gathered.wait()
        return super().verify(password, encoded)


@pytest.fixture
def held(settings):
    """Hold every comparison until all other guesses were compared or answered."""
    HeldHasher.compared.clear()
    HeldHasher.gathered = Gathering()
    path = f"{HeldHasher.__module__}.{HeldHasher.__qualname__}"
    settings.PASSWORD_HASHERS = [path, *settings.PASSWORD_HASHERS]
    return HeldHasher.compared


def guess(username, address):
    sent = {"username": username, "password": WRONG}
    HeldHasher.gathered.begin()
    try:
        page = Client().post(reverse("accounts:sign_in"), sent, REMOTE_ADDR=address)
        return page.status_code
    finally:
        HeldHasher.gathered.count()
        connection.close()


def address_of(number):
    return f"203.0.113.{number}"


WAYS = {
    "both": lambda n: ("zhaomin0", WORKS),
    "name": lambda n: ("zhaomin0", address_of(n)),
    "address": lambda n: (f"zhaomin{n}", WORKS),
}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", WAYS)
def test_guesses_at_one_moment_are_no_more_than_the_limit(held, monkeypatch, kind):
    monkeypatch.setitem(LIMITS, kind, 3)
    for number in range(GUESSES):
        user = UserFactory(username=f"zhaomin{number}")
        user.set_password(PASSWORD)
        User.objects.filter(pk=user.pk).update(password=user.password)

    with ThreadPoolExecutor(GUESSES) as pool:
        answers = list(pool.map(lambda n: guess(*WAYS[kind](n)), range(GUESSES)))

    assert len(held) == 3
    assert answers.count(429) == GUESSES - 2  # the third is answered as locked too
    assert SignInLock.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", WAYS)
def test_the_last_guess_under_a_limit_is_had_once(monkeypatch, kind):
    monkeypatch.setitem(LIMITS, kind, 1)

    result = race(
        lambda: enter_guess(*WAYS[kind](1), is_known=False),
        lambda: enter_guess(*WAYS[kind](2), is_known=False),
    )

    assert (result.waited, result.rival.result()) == (True, None)
    assert AccessFailureLog.objects.count() == 1


def attempt(client, password, *, at, username="zhaomin"):
    client.cookies.pop("sessionid", None)
    sent = {"username": username, "password": password}
    client.post(reverse("accounts:sign_in"), sent, REMOTE_ADDR=at)
    return "_auth_user_id" in client.session


def guess_from_everywhere(username="zhaomin"):
    for number in range(LIMITS["name"]):
        attempt(Client(), WRONG, at=address_of(number), username=username)
    assert SignInLock.objects.filter(name=username, address="").exists()


@pytest.fixture
def person(db):
    return UserFactory(username="zhaomin")


OFFICE, MOVED = "192.0.2.10", "198.51.100.7"


def test_an_office_that_changes_its_address_signs_in_while_it_is_guessed_at(person):
    office = Client()
    assert attempt(office, PASSWORD, at=OFFICE)
    guess_from_everywhere()

    assert attempt(office, PASSWORD, at=MOVED)
    assert not attempt(Client(), PASSWORD, at="198.51.100.8")


def test_a_browser_is_known_for_the_accounts_that_signed_in_with_it_alone(person):
    office, colleague = Client(), UserFactory(username="qianjin")
    assert attempt(office, PASSWORD, at=OFFICE)
    guess_from_everywhere("qianjin")

    assert not attempt(office, PASSWORD, at=MOVED, username="qianjin")
    assert str(colleague) != str(person)


def test_several_share_an_office_computer(person):
    office = Client()
    for number in range(MOST_ACCOUNTS - 1):
        UserFactory(username=f"colleague{number}")
    assert attempt(office, PASSWORD, at=OFFICE)
    for number in range(MOST_ACCOUNTS - 1):
        assert attempt(office, PASSWORD, at=OFFICE, username=f"colleague{number}")
    guess_from_everywhere()

    assert attempt(office, PASSWORD, at=MOVED)


def test_a_forged_cookie_frees_nobody(person):
    office = Client()
    assert attempt(office, PASSWORD, at=OFFICE)
    office.cookies[COOKIE] = office.cookies[COOKIE].value[:-2] + "xx"
    guess_from_everywhere()

    assert not attempt(office, PASSWORD, at=MOVED)


def test_a_new_password_ends_what_an_old_cookie_allowed(person):
    stolen = Client()
    assert attempt(stolen, PASSWORD, at=OFFICE)
    set_password(person, password="tall-green-lantern-7")
    guess_from_everywhere()

    assert not attempt(stolen, "tall-green-lantern-7", at=MOVED)


def test_a_browser_is_known_for_ninety_days(person):
    office = Client()
    with time_machine.travel("2026-03-02", tick=False) as clock:
        assert attempt(office, PASSWORD, at=OFFICE)
        clock.shift(KNOWN_FOR * 1.1)
        guess_from_everywhere()

        assert not attempt(office, PASSWORD, at=MOVED)


def test_a_known_browser_has_five_tries_at_an_address_like_everybody(person):
    office = Client()
    assert attempt(office, PASSWORD, at=OFFICE)
    for _try in range(LIMITS["both"]):
        attempt(office, WRONG, at=MOVED)

    assert not attempt(office, PASSWORD, at=MOVED)


def test_who_guesses_beside_the_office_locks_its_browsers_there_alone(person):
    office = Client()
    assert attempt(office, PASSWORD, at=OFFICE)
    for _try in range(LIMITS["both"]):
        attempt(Client(), WRONG, at=OFFICE)

    assert not attempt(office, PASSWORD, at=OFFICE)
    assert attempt(office, PASSWORD, at=MOVED)


def test_one_line_of_ipv6_is_one_address(person):
    for number in range(LIMITS["both"]):
        attempt(Client(), WRONG, at=f"2001:db8:0:1::{number + 1:x}")

    assert not attempt(Client(), PASSWORD, at="2001:db8:0:1:ffff::9")
    assert attempt(Client(), PASSWORD, at="2001:db8:0:2::1")


def test_right_passwords_are_not_counted(person):
    office = Client()
    for _time in range(LIMITS["both"] + 2):
        assert attempt(office, PASSWORD, at=OFFICE)

    assert AccessFailureLog.objects.count() == 0


def test_tries_that_a_crash_cut_off_lock_nobody_out_for_an_hour(person):
    office = Client()
    with time_machine.travel("2026-03-02", tick=False) as clock:
        for _try in range(LIMITS["both"]):
            enter_guess("zhaomin", OFFICE, is_known=False)  # and nobody answers it
        assert not attempt(office, PASSWORD, at=OFFICE)
        clock.shift(UNANSWERED_FOR)

        assert attempt(office, PASSWORD, at=OFFICE)


def test_tries_that_were_answered_as_wrong_count_for_an_hour(person):
    with time_machine.travel("2026-03-02", tick=False) as clock:
        for _try in range(LIMITS["both"] - 1):
            attempt(Client(), WRONG, at=OFFICE)
        clock.shift(UNANSWERED_FOR * 2)
        attempt(Client(), WRONG, at=OFFICE)

        assert not attempt(Client(), PASSWORD, at=OFFICE)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", LIMITS)
def test_a_try_that_was_let_in_before_the_lock_is_not_compared_after_it(kind):
    name, address = {
        "both": ("zhang", WORKS),
        "name": ("zhang", ""),
        "address": ("", WORKS),
    }[kind]
    place_lock(name, address)

    assert enter_guess("zhang", WORKS, is_known=False) is None
    known = enter_guess("zhang", WORKS, is_known=True)
    assert (known is None) == (kind == "both")


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["garbage", "1.2.3.4:55", "", "x" * 5_000])
def test_a_proxy_that_writes_no_address_breaks_nothing(written, settings):
    settings.TRUSTED_PROXIES = 1
    answer = Client().post(
        reverse("accounts:sign_in"),
        {"username": "nobody", "password": WRONG},
        headers={"x-forwarded-for": f"10.0.0.1, {written}"},
    )

    assert answer.status_code == 200
    assert {one.ip_address for one in AccessFailureLog.objects.all()} == {NO_ADDRESS}


def place_lock(name, address):
    """Place a lock of ten minutes, as after the last guess that was let in."""
    now = timezone.now()
    SignInLock.objects.create(
        name=name,
        address=address,
        locked_at=now,
        runs_out_at=now + dt.timedelta(minutes=10),
    )
