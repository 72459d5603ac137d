"""How long somebody stays signed in."""

import datetime as dt

import pytest
from django.urls import reverse

from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, account_of

NINE = dt.datetime(2026, 6, 10, 9, 0, tzinfo=dt.UTC)
DESK = "/desk/"


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


def test_a_member_on_their_phone_has_the_whole_day(client, east, time_machine):
    member = account_of(MemberFactory())
    time_machine.move_to(NINE, tick=False)
    client.force_login(member)

    time_machine.move_to(minutes(11 * 60), tick=False)
    noon = opens(client, reverse("volunteering:mine"))
    time_machine.move_to(minutes(12 * 60 + 1), tick=False)

    assert (noon, opens(client, reverse("volunteering:mine"))) == (True, False)


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
