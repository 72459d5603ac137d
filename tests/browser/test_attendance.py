"""What the screen shows of an absence is what the server counts."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from communities.enums import MeetingKind, Presence
from communities.models import Meeting
from core.months import today
from tests.browser.conftest import sign_in
from tests.browser.test_drafts import come_back
from tests.factories.members import MemberFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def members(branch):
    """Two members of the branch: the one who chairs, and the one who is away."""
    return [MemberFactory(organization=branch, name=name) for name in ("李明", "韩雪")]


@pytest.fixture(params=[MeetingKind.MEMBERS, MeetingKind.COMMITTEE])
def minutes(request, desk, live_server, secretary, branch, members):
    """The minutes of a meeting that calls everybody, or only some."""
    day = today()
    args = [branch.pk, request.param, day.year, day.month, day.day]
    sign_in(desk, secretary, live_server.url)
    desk.goto(f"{live_server.url}{reverse('communities:record_for', args=args)}")
    desk.fill("#id_topic", "学习")
    return desk


def absent(page, member):
    return page.is_checked(f"#absent-{member.pk}")


def choose(page, member, reason):
    page.select_option(f"select[name=reason_{member.pk}]", reason)


def test_a_chosen_reason_ticks_absent_and_unticking_drops_it(minutes, members):
    chair, away = members

    choose(minutes, away, "illness")
    assert (absent(minutes, away), absent(minutes, chair)) == (True, False)
    minutes.uncheck(f"#absent-{away.pk}")

    assert minutes.input_value(f"select[name=reason_{away.pk}]") == ""


def test_after_an_ended_session_the_draft_shows_what_will_count(
    minutes, members, secretary
):
    chair, away = members
    for name in ("chair", "recorder"):
        minutes.select_option(f"#id_{name}", f"{chair.pk}")
    for box in minutes.locator("input[name=called]").all():
        box.check()
    choose(minutes, away, "illness")
    Session.objects.all().delete()
    minutes.click(".form-card button[type=submit]")
    minutes.wait_for_url("**/sign-in/**")

    come_back(minutes, secretary)
    minutes.click("[data-draft] [data-restore]")
    shown = [absent(minutes, member) for member in members]
    minutes.click(".form-card button[type=submit]")
    minutes.wait_for_url(f"**{Meeting.objects.get().get_absolute_url()}")

    assert shown == [False, True]
    listed = Meeting.objects.get().attendances.order_by("pk")
    assert {row.member: row.presence for row in listed} == {
        chair: Presence.PRESENT,
        away: Presence.ABSENT,
    }
