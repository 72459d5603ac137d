"""Constraints of meetings: by name in the database, by message in a form."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from communities.enums import Presence
from communities.models import Attendance, Meeting
from tests.factories.communities import AttendanceFactory, MeetingFactory

NOON = dt.datetime(2026, 6, 20, 4, tzinfo=dt.UTC)
DAY = dt.date(2026, 6, 10)


def validation_messages(row):
    """Return the messages of a row that breaks a constraint."""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return refused.value.messages


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("meeting_counts_in_a_month", {"month": DAY}, "月份用当月第一天表示。"),
        (
            "meeting_voided_says_why",
            {"voided_at": NOON, "void_month": dt.date(2026, 6, 1)},
            "作废记录须注明原因。",
        ),
        (
            "meeting_voided_says_why",
            {"voided_at": NOON, "void_reason": "重复"},
            "作废记录须注明原因。",
        ),
        (
            "meeting_is_not_voided_before_it_counts",
            {
                "voided_at": NOON,
                "void_month": dt.date(2026, 5, 1),
                "void_reason": "重复",
            },
            "会议不能在计入之前就不再计入。",
        ),
    ],
)
def test_a_meeting_refuses(db, name, values, words):
    meeting = MeetingFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(**values)

    for column, value in values.items():
        setattr(meeting, column, value)
    assert validation_messages(meeting) == [words]


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        (
            "attendance_absence_has_a_reason",
            {"presence": Presence.ABSENT},
            "缺席须注明原因，其他情形不填原因。",
        ),
        (
            "attendance_absence_has_a_reason",
            {"reason": "work"},
            "缺席须注明原因，其他情形不填原因。",
        ),
        (
            "attendance_guests_have_no_vote",
            {"presence": Presence.GUEST},
            "列席人员没有表决权。",
        ),
    ],
)
def test_an_attendance_refuses(db, name, values, words):
    line = AttendanceFactory()

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Attendance.objects.filter(pk=line.pk).update(**values)

    for column, value in values.items():
        setattr(line, column, value)
    assert validation_messages(line) == [words]


def test_a_member_is_on_a_list_once(db):
    line = AttendanceFactory()
    twin = Attendance(
        meeting=line.meeting,
        member=line.member,
        presence=Presence.PRESENT,
        votes=False,
    )

    assert validation_messages(twin) == ["该党员已在名单中。"]
    with pytest.raises(IntegrityError, match=r"attendance_once_per_meeting|member_id"):
        twin.save()
