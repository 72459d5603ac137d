"""How long somebody stays signed in."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import assign_role, change_account
from core.web.forms import new_key
from core.web.idempotency import KEY
from organizations.roles import Role
from tests.factories.accounts import PASSWORD, holder
from tests.factories.members import MemberFactory, account_of
from tests.html import read

NINE = dt.datetime(2026, 6, 10, 9, 0, tzinfo=dt.UTC)
DESK = "/desk/"
MINE = "/me/service/"


def minutes(count):
    return NINE + dt.timedelta(minutes=count)


@pytest.fixture
def secretary(east):
    return holder(Role.SECRETARY, east)


def opens(client, url):
    """Whether a page opens, or leads to signing in instead."""
    return client.get(url).status_code == 200


def test_half_an_hour_without_work_signs_the_office_out(
    client, secretary, time_machine
):
    time_machine.move_to(NINE, tick=False)
    client.force_login(secretary)

    answers = []
    for pause in (29, 29 + 29, 29 + 29 + 31):
        time_machine.move_to(minutes(pause), tick=False)
        answers.append(opens(client, DESK))

    assert answers == [True, True, False]
    assert "_auth_user_id" not in client.session


def test_who_was_signed_out_is_told_so(client, secretary, time_machine):
    time_machine.move_to(NINE, tick=False)
    client.force_login(secretary)
    time_machine.move_to(minutes(31), tick=False)

    page = client.get(DESK, follow=True)

    assert "系统已自动退出" in page.content.decode()


def test_the_day_ends_however_busy_one_is(client, secretary, time_machine):
    time_machine.move_to(NINE, tick=False)
    client.force_login(secretary)
    for pause in range(20, 12 * 60 + 1, 20):
        time_machine.move_to(minutes(pause), tick=False)
        assert opens(client, DESK)

    time_machine.move_to(minutes(12 * 60 + 1), tick=False)

    assert not opens(client, DESK)


@pytest.fixture
def member(db):
    return account_of(MemberFactory())


def signed_in(user):
    """A browser in which somebody has really signed in, with what that leaves."""
    browser = Client()
    browser.force_login(user, "accounts.backends.UsernameOrPhone")
    return browser


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_a_member_on_their_phone_has_thirty_days(member, time_machine, busy):
    time_machine.move_to(NINE, tick=False)
    phone = signed_in(member)
    answers = []

    for day in (*(range(1, 30) if busy else ()), 30):
        time_machine.move_to(NINE + dt.timedelta(days=day, minutes=-1), tick=False)
        answers.append(opens(phone, MINE))
    time_machine.move_to(NINE + dt.timedelta(days=30, minutes=1), tick=False)

    assert (all(answers), opens(phone, MINE)) == (True, False)


def test_the_browser_keeps_a_member_s_cookie_for_thirty_days(member, secretary):
    kept = []
    for user in (member, secretary):
        user.set_password(PASSWORD)
        user.save()
        browser = Client()
        sent = {"username": user.username, "password": PASSWORD}
        browser.post(reverse("accounts:sign_in"), sent)
        kept.append(dt.timedelta(seconds=browser.cookies["sessionid"]["max-age"]))

    assert kept == [dt.timedelta(days=30), dt.timedelta(hours=12)]


def test_a_member_who_gets_an_office_role_has_the_office_s_limits(
    member, east, time_machine
):
    time_machine.move_to(NINE, tick=False)
    phone = signed_in(member)
    time_machine.move_to(minutes(20), tick=False)
    assert opens(phone, MINE)

    assign_role(member, Role.CLERK, by=None, organization=east)
    time_machine.move_to(minutes(20 + 31), tick=False)

    assert not opens(phone, MINE)


def test_a_new_password_ends_the_sessions_of_a_lost_phone(member):
    member.set_password(PASSWORD)
    member.save()
    phone, lost = signed_in(member), signed_in(member)
    sent = {"old_password": PASSWORD, "new_password1": "tall-green-lantern-7"}

    page = read(phone.get(reverse("accounts:password"))).form_to("password")
    phone.post(reverse("accounts:password"), page.sent(**sent))

    assert (opens(phone, MINE), opens(lost, MINE)) == (True, False)


def test_a_closed_account_is_out_at_the_next_request(member):
    phone = signed_in(member)
    assert opens(phone, MINE)

    change_account(member, by=None, is_active=False)

    assert not opens(phone, MINE)


def test_an_old_cookie_is_dead_after_signing_in_and_after_signing_out(member):
    member.set_password(PASSWORD)
    member.save()
    browser = Client()
    browser.get(reverse("accounts:sign_in"))
    session = browser.session
    session["known"] = "before"
    session.save()
    browser.cookies["sessionid"] = before = session.session_key
    sent = {"username": member.username, "password": PASSWORD}
    browser.post(reverse("accounts:sign_in"), sent)
    within = browser.cookies["sessionid"].value
    assert opens(browser, MINE)
    browser.post(reverse("accounts:sign_out"), {KEY: new_key()})

    replays = [Client() for _cookie in (before, within)]
    for replay, cookie in zip(replays, (before, within), strict=True):
        replay.cookies["sessionid"] = cookie

    assert before != within
    assert [opens(replay, MINE) for replay in replays] == [False, False]


def test_a_session_of_unknown_age_is_over(client, secretary):
    client.force_login(secretary)
    session = client.session
    del session["began"]
    session.save()

    assert not opens(client, DESK)


def test_who_sends_a_form_without_a_session_is_told_that_it_was_not_saved(
    client, secretary
):
    client.force_login(secretary)
    client.cookies.clear()  # the browser was closed, or another tab signed out

    sent = client.post(reverse("members:admit"), {"name": "李明"}, follow=True)
    read = client.get(reverse("members:admit"), follow=True)

    said = "刚才的操作没有执行"
    assert [said in page.content.decode() for page in (sent, read)] == [True, False]
