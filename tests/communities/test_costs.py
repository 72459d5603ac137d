"""Query counts of the meeting pages, and the invariants of meetings."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.models import Attendance, Meeting
from core.registries.invariants import invariants
from tests.factories.communities import MeetingFactory
from tests.factories.members import MemberFactory


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_costs_the_same_for_3_meetings_and_30(
    enter, secretary, branch, li, rows, django_assert_num_queries
):
    MeetingFactory.create_batch(rows, organization=branch, chair=li)
    browser = enter(secretary)

    with django_assert_num_queries(9):  # one for what the reader keeps of the list
        page = browser.get(reverse("communities:list"))

    assert len(page.context["object_list"]) == rows


@pytest.mark.parametrize("rows", [3, 30])
def test_a_meeting_costs_the_same_for_3_members_and_30(
    enter, secretary, branch, li, rows, django_assert_num_queries
):
    members = MemberFactory.create_batch(rows, organization=branch)
    meeting = MeetingFactory(organization=branch, chair=li, present=members)
    browser = enter(secretary)

    with django_assert_num_queries(10):
        page = browser.get(reverse("communities:detail", args=[meeting.pk]))

    assert [len(names.lines) for names in page.context["lists"]] == [rows + 1]


@pytest.mark.parametrize("rows", [3, 30])
def test_the_minutes_cost_the_same_for_3_members_and_30(
    enter, secretary, branch, rows, django_assert_num_queries
):
    MemberFactory.create_batch(rows, organization=branch)
    url = reverse(
        "communities:record_for", args=[branch.pk, "members_meeting", 2026, 6, 10]
    )
    browser = enter(secretary)

    with django_assert_num_queries(14):
        page = browser.get(url)

    assert len(page.context["form"].rows) == rows


def count_queries_of_recording(branch, chair, members):
    """Return how many queries it takes to record a meeting of so many members."""
    called = MemberFactory.create_batch(members, organization=branch)
    with CaptureQueriesContext(connection) as queries:
        MeetingFactory(organization=branch, chair=chair, present=called)
    return len(queries)


def test_recording_costs_the_same_for_3_members_and_30(branch, li):
    few, many = (count_queries_of_recording(branch, li, members) for members in (3, 30))

    assert few == many


def broken_rows(key):
    return list(invariants.get(f"communities.{key}").broken())


def test_sound_data_breaks_nothing(branch, li, han):
    MeetingFactory(organization=branch, chair=li, present=[han], decision="通过")

    keys = ("months", "officers", "quorum")
    assert [broken_rows(key) for key in keys] == [[], [], []]


def test_a_meeting_that_counts_too_early_is_found(branch, li):
    meeting = MeetingFactory(organization=branch, chair=li)
    Meeting.objects.update(month=dt.date(2026, 5, 1))

    assert broken_rows("months") == [f"meeting {meeting.pk}: 2026-05 / 2026-06-10"]


def test_a_chair_who_was_not_there_is_found(branch, li):
    meeting = MeetingFactory(organization=branch, chair=li)
    Attendance.objects.update(presence="absent", reason="work")

    assert broken_rows("officers") == [
        f"meeting {meeting.pk}: chair",
        f"meeting {meeting.pk}: recorder",
    ]


def test_a_decision_of_half_the_votes_is_found(branch, li, han):
    meeting = MeetingFactory(organization=branch, chair=li, absent=[han])
    Meeting.objects.update(decision="通过")

    assert broken_rows("quorum") == [f"meeting {meeting.pk}"]
