"""Meetings in the browser admin."""

import pytest
from django.urls import reverse

from tests.factories.communities import BallotFactory, CandidateFactory, MeetingFactory


def admin_url(model, page, *args):
    return reverse(f"admin:communities_{model}_{page}", args=args)


def test_staff_void_a_meeting_with_a_reason(enter, staff, branch, li):
    meeting = MeetingFactory(organization=branch, chair=li)
    desk, url = enter(staff), admin_url("meeting", "end", meeting.pk)

    desk.post(url, {"reason": "录入重复"})
    again = desk.post(url, {"reason": "再次"})

    meeting.refresh_from_db()
    assert (meeting.void_reason, again.status_code) == ("录入重复", 404)


def test_minutes_are_looked_at_and_not_changed(enter, staff, branch, li):
    meeting = MeetingFactory(organization=branch, chair=li, topic="原议题")
    desk, url = enter(staff), admin_url("meeting", "change", meeting.pk)

    page = desk.get(url)
    desk.post(url, {"topic": "改名"})

    meeting.refresh_from_db()
    assert page.context["has_change_permission"] is False
    assert meeting.topic == "原议题"


@pytest.mark.parametrize("name", ["meeting", "attendance"])
def test_each_list_opens_and_shows_the_own_street_alone(
    enter, staff, branch, foreign, li, name
):
    MeetingFactory(organization=branch, chair=li)
    MeetingFactory(organization=foreign, chair__organization=foreign, topic="柳岸议题")

    page = enter(staff).get(admin_url(name, "changelist"))

    assert page.status_code == 200
    assert "柳岸议题" not in page.content.decode()


@pytest.mark.parametrize("name", ["election", "candidate", "ballot", "ballotvotes"])
def test_elections_are_looked_at_in_the_own_street_alone(
    enter, staff, east, foreign, name
):
    here = CandidateFactory(election__body__organization=east)
    there = CandidateFactory(
        election__body__organization=foreign, election__body__name="柳岸议事会"
    )
    for candidate in (here, there):
        BallotFactory(election=candidate.election)

    desk = enter(staff)
    page = desk.get(admin_url(name, "changelist"))

    assert page.status_code == 200
    assert here.election.body.name in page.content.decode()
    assert "柳岸议事会" not in page.content.decode()
    assert desk.get(admin_url(name, "add")).status_code == 403
