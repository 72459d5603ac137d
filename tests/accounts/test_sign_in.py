"""Signing in, and the lockout after wrong passwords."""

import datetime as dt

import pytest
import time_machine
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.urls import reverse

from accounts.models import AuditEntry
from core.identity import phone_index
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.members import MemberFactory, account_of

PHONE = "13900001234"
WRONG = "wrong"
NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


def attempt(client, username, password=WRONG, page="accounts:sign_in", **extra):
    return client.post(
        reverse(page), {"username": username, "password": password}, **extra
    )


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def person(db):
    return UserFactory(username="zhaomin")


@pytest.fixture
def member_with_phone(db):
    member = MemberFactory(phone=PHONE)
    user = account_of(member)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.mark.parametrize("page", ["accounts:sign_in", "admin_login"])
def test_the_right_password_opens_either_page(client, person, page):
    attempt(client, "zhaomin", PASSWORD, page)

    assert signed_in(client)
    entry = AuditEntry.objects.order_by("-pk")[0]
    assert (entry.action, entry.actor) == ("accounts.record_sign_in", person)


def test_a_member_signs_in_with_their_phone(client, member_with_phone):
    attempt(client, "+86 139-0000-1234", PASSWORD)

    assert signed_in(client)


@pytest.mark.parametrize("page", ["accounts:sign_in", "admin_login"])
def test_five_wrong_passwords_lock_both_pages(client, person, page):
    for _try in range(4):
        assert attempt(client, "zhaomin").status_code == 200

    fifth = attempt(client, "zhaomin")
    right = attempt(client, "zhaomin", PASSWORD, page)

    assert (fifth.status_code, right.status_code) == (429, 429)
    assert "短时间内尝试次数过多" in right.content.decode()
    assert not signed_in(client)


def test_the_lock_opens_after_a_quarter_of_an_hour(client, person):
    with time_machine.travel(NOON, tick=False) as clock:
        for _try in range(5):
            attempt(client, "zhaomin")
        clock.shift(dt.timedelta(minutes=14))
        assert attempt(client, "zhaomin", PASSWORD).status_code == 429
        clock.shift(dt.timedelta(minutes=1, seconds=1))
        attempt(client, "zhaomin", PASSWORD)

        assert signed_in(client)


def test_a_lock_is_noted_once(client, person):
    for _try in range(8):
        attempt(client, "zhaomin")

    assert AuditEntry.objects.filter(action="accounts.lock_sign_in").count() == 1


@pytest.mark.parametrize(
    "variants",
    [
        ["zhaomin", "ZHAOMIN", "ｚｈａｏｍｉｎ", " zhao min", "Zhao-Min"],
        ["ZhaoMin", "ＺＨＡＯＭＩＮ", "zhaomin\u200b", "'zhaomin", "zhaomin"],
    ],
)
def test_other_ways_to_write_a_name_count_together(client, person, variants):
    for name in variants:
        attempt(client, name)

    assert attempt(client, "zhaomin", PASSWORD).status_code == 429


def test_username_and_phone_of_one_account_count_together(client, member_with_phone):
    for name in (PHONE, member_with_phone.username, PHONE, f"+86{PHONE}", PHONE):
        attempt(client, name)

    answer = attempt(client, member_with_phone.username, PASSWORD)

    assert answer.status_code == 429


def test_a_forged_address_does_not_dodge_the_count(client, person):
    for n in range(5):
        attempt(client, "zhaomin", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}")

    answer = attempt(client, "zhaomin", PASSWORD, HTTP_X_FORWARDED_FOR="10.9.9.9")

    assert answer.status_code == 429


def test_behind_our_own_proxy_the_last_hop_counts(client, person, settings):
    settings.TRUSTED_PROXIES = 1
    for n in range(5):
        attempt(client, "zhaomin", HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 192.0.2.7")

    locked = attempt(client, "zhaomin", HTTP_X_FORWARDED_FOR="10.0.0.9, 192.0.2.7")
    free = attempt(
        client, "zhaomin", PASSWORD, HTTP_X_FORWARDED_FOR="10.0.0.9, 192.0.2.8"
    )

    assert (locked.status_code, free.status_code) == (429, 302)


def test_one_fool_does_not_lock_their_office(client, person):
    for _try in range(6):
        attempt(client, "somebody-else")

    attempt(client, "zhaomin", PASSWORD)

    assert signed_in(client)


def test_no_phone_number_is_in_the_tables_of_the_lock(client, member_with_phone):
    attempt(client, PHONE)
    attempt(client, "13788889999")
    attempt(client, PHONE, PASSWORD)

    kept = [
        str(list(model.objects.values_list()))
        for model in (AccessAttempt, AccessLog, AccessFailureLog)
    ]
    assert "1390000" not in "".join(kept)
    assert "1378888" not in "".join(kept)
    assert phone_index("13788889999") in kept[0]


@pytest.mark.parametrize("typed", ["110101199003070011", "x" * 300])
def test_what_no_account_is_called_is_counted_and_kept_in_no_plain_text(
    client, db, typed
):
    answers = [attempt(client, typed).status_code for _try in range(6)]

    kept = [
        str(list(model.objects.values_list()))
        for model in (AccessAttempt, AccessLog, AccessFailureLog)
    ]
    assert typed not in "".join(kept)
    assert answers == [200] * 4 + [429] * 2


def test_strangers_and_wrong_passwords_are_told_the_same(client, person):
    known = attempt(client, "zhaomin").context["form"].non_field_errors()
    unknown = attempt(client, "nobody").context["form"].non_field_errors()

    assert known == unknown
    assert not known[0].isascii()


def test_a_closed_account_is_refused_at_its_next_request(client, person):
    attempt(client, "zhaomin", PASSWORD)
    person.is_active = False
    person.save()

    answer = client.get(reverse("accounts:desk"))

    assert answer.headers["Location"].startswith(reverse("accounts:sign_in"))


def test_a_changed_password_ends_the_other_sessions(client, person):
    other = type(client)()
    for browser in (client, other):
        attempt(browser, "zhaomin", PASSWORD)

    client.post(
        reverse("accounts:password"),
        {
            "old_password": PASSWORD,
            "new_password1": "tall-green-lantern-7",
        },
    )

    assert client.get(reverse("accounts:desk")).status_code == 200
    assert other.get(reverse("accounts:desk")).status_code == 302


def test_the_admin_refuses_rather_than_asks_again(client, person):
    attempt(client, "zhaomin", PASSWORD)

    assert client.get("/admin/").status_code == 403


def test_the_admin_sends_its_password_page_to_ours(client, staff):
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")

    answer = client.get("/admin/password_change/")

    assert answer.headers["Location"] == reverse("accounts:password")


def test_who_has_no_account_finds_the_open_posts_first_and_the_way_in(client, db):
    page = client.get("/", follow=True)

    assert page.redirect_chain == [(reverse("volunteering:list"), 302)]
    assert f'href="{reverse("accounts:sign_in")}' in page.content.decode()


def test_the_open_posts_are_found_from_the_page_of_signing_in(client, db):
    page = client.get(reverse("accounts:sign_in")).content.decode()

    assert f'href="{reverse("volunteering:list")}"' in page
