"""Recording meetings, correcting their minutes, withdrawing them."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.actions.roll import Roll, call_roll, roll_of
from communities.enums import MeetingKind
from communities.errors import (
    AlreadyWithdrawn,
    CountedAlready,
    HoldsNoMeetings,
    ProjectElsewhere,
)
from communities.models import Meeting
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from members.models import Member
from organizations.actions import request_recount
from organizations.enums import HOLDING_MEMBERS
from organizations.errors import OrganizationEnded
from organizations.models import Organization
from organizations.queries import counting_month, filing_place

COUNTED = ("kind", "held_on")
SHOWN = ("kind", "topic", "held_on", "month", "place", "chair", "recorder", "project")


@action(label=_("Meeting recorded"))
def record_meeting(
    organization: Organization,
    *,
    kind: MeetingKind,
    topic: str,
    held_on: dt.date,
    chair: Member,
    recorder: Member,
    roll: Roll,
    by: Actor | None,
    **minutes: Any,
) -> Meeting:
    """Record a meeting that was held, with its minutes and everyone called to it."""
    meeting = Meeting(
        organization=organization,
        kind=kind,
        topic=topic,
        held_on=held_on,
        month=counting_month(organization, held_on),
        chair=chair,
        recorder=recorder,
        **minutes,
    )
    _refuse(meeting)
    meeting.save()
    call_roll(meeting, roll)
    request_recount([(organization.pk, meeting.month)])
    audit.record(
        meeting,
        by=by,
        organization_id=organization.pk,
        after={**audit.snapshot(meeting, *SHOWN), **_heads(roll)},
    )
    return meeting


@action(label=_("Meeting corrected"))
def change_meeting(
    meeting: Meeting, *, by: Actor | None, roll: Roll | None = None, **values: Any
) -> Meeting:
    """Correct the minutes or the list of a meeting; its organization stays.

    Day and kind stay as well once a closed month has counted it.
    """
    meeting = _standing(meeting)
    before = audit.snapshot(meeting, *values)
    counted = meeting.month
    moved = any(
        name in values and values[name] != getattr(meeting, name) for name in COUNTED
    )
    if moved and counting_month(meeting.organization, counted) != counted:
        raise CountedAlready(month=f"{counted:%Y-%m}")
    for name, value in values.items():
        setattr(meeting, name, value)
    if moved:
        meeting.month = counting_month(meeting.organization, meeting.held_on)
    _refuse(meeting)
    meeting.save(update_fields=[*values, "month"])
    roll = roll or roll_of(meeting)
    call_roll(meeting, roll)
    request_recount(
        (meeting.organization_id, month) for month in (counted, meeting.month)
    )
    audit.record(
        meeting,
        by=by,
        organization_id=meeting.organization_id,
        before=before,
        after={**audit.snapshot(meeting, *values), **_heads(roll)},
    )
    return meeting


@action(label=_("Meeting withdrawn"))
def withdraw_meeting(meeting: Meeting, *, by: Actor | None, reason: str) -> Meeting:
    """Take back what was recorded by mistake; it stays on record and counts no more.

    A closed month goes on counting it, as it was published.
    """
    meeting = _standing(meeting)
    meeting.withdrawn_on = today()
    meeting.withdrawn_month = counting_month(meeting.organization, meeting.month)
    meeting.withdraw_reason = reason
    validate(meeting)
    meeting.save(update_fields=["withdrawn_on", "withdrawn_month", "withdraw_reason"])
    request_recount([(meeting.organization_id, meeting.month)])
    audit.record(
        meeting,
        by=by,
        organization_id=meeting.organization_id,
        after=audit.snapshot(meeting, "withdrawn_on", "withdrawn_month"),
        reason=reason,
    )
    return meeting


def _standing(meeting: Meeting) -> Meeting:
    """Lock a meeting that was not withdrawn."""
    meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("organization", "chair", "recorder", "project")
        .get(pk=meeting.pk)
    )
    if meeting.withdrawn_on is not None:
        raise AlreadyWithdrawn(day=meeting.withdrawn_on)
    return meeting


def _refuse(meeting: Meeting) -> None:
    """Refuse meetings of the wrong place, of the future, for somebody's project."""
    place = meeting.organization
    if place.kind not in HOLDING_MEMBERS:
        raise HoldsNoMeetings(name=place.name)
    if place.ended_on is not None and place.ended_on <= meeting.held_on:
        raise OrganizationEnded(name=place.name, day=place.ended_on)
    refuse_future_day(meeting.held_on)
    project = meeting.project
    if project is not None and project.organization_id != filing_place(place).pk:
        raise ProjectElsewhere(project=project.name)
    validate(meeting)


def _heads(roll: Roll) -> dict[str, int]:
    return {
        "present": len(roll.present),
        "absent": len(roll.absent),
        "guests": len(roll.guests),
    }
