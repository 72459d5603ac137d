"""Constraints of meetings: by name in the database, by message in a form."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.enums import Presence
from communities.models import Attendance, Meeting
from tests.factories.communities import AttendanceFactory, MeetingFactory
from tests.messages import rule_message

NOON = dt.datetime(2026, 6, 20, 4, tzinfo=dt.UTC)
DAY = dt.date(2026, 6, 10)


def validation_messages(row):
    """Return the messages of a row that breaks a constraint."""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return refused.value.messages


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("meeting_counts_in_a_month", {"month": DAY}),
        (
            "meeting_voided_says_why",
            {"voided_at": NOON, "void_month": dt.date(2026, 6, 1)},
        ),
        (
            "meeting_voided_says_why",
            {"voided_at": NOON, "void_reason": "重复"},
        ),
        (
            "meeting_is_not_voided_before_it_counts",
            {
                "voided_at": NOON,
                "void_month": dt.date(2026, 5, 1),
                "void_reason": "重复",
            },
        ),
    ],
)
def test_a_meeting_refuses(db, name, values):
    meeting = MeetingFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**values)

    for column, value in values.items():
        setattr(meeting, column, value)
    assert validation_messages(meeting) == [rule_message(name)]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        (
            "attendance_absence_has_a_reason",
            {"presence": Presence.ABSENT},
        ),
        (
            "attendance_absence_has_a_reason",
            {"reason": "work"},
        ),
        (
            "attendance_guests_have_no_vote",
            {"presence": Presence.GUEST},
        ),
    ],
)
def test_an_attendance_refuses(db, name, values):
    line = AttendanceFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Attendance.objects.filter(pk=line.pk).update(**values)

    for column, value in values.items():
        setattr(line, column, value)
    assert validation_messages(line) == [rule_message(name)]


def test_a_member_is_on_a_list_once(db):
    line = AttendanceFactory()
    twin = Attendance(
        meeting=line.meeting,
        member=line.member,
        presence=Presence.PRESENT,
        votes=False,
    )

    assert validation_messages(twin) == [rule_message("attendance_once_per_meeting")]
    with pytest.raises(IntegrityError, match=r"attendance_once_per_meeting|member_id"):
        twin.save()
