"""Record and void meetings, and correct their minutes."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.roll import Roll, roll_of, save_roll
from communities.decision_errors import DecidedThere
from communities.enums import MeetingKind
from communities.errors import (
    AlreadyVoided,
    CountedAlready,
    HoldsNoMeetings,
    ProjectElsewhere,
)
from communities.models import Meeting, Resolution
from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_month
from core.db.constraints import validate
from core.months import refuse_future_day
from members.models import Member
from organizations.actions import request_recount
from organizations.enums import HOLDING_MEMBERS
from organizations.errors import OrganizationEnded
from organizations.models import Organization
from organizations.queries import counting_month, filing_organization

COUNTED_FIELDS = ("kind", "held_on")
AUDITED_FIELDS = (
    "kind",
    "topic",
    "agenda",
    "held_on",
    "month",
    "place",
    "chair",
    "recorder",
    "project",
)


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
    """Record a meeting with its minutes and attendance list.

    Refuses organizations that hold no meetings or have ended, days to come, projects
    of another community, invalid lists and decisions without a quorum.
    """
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
    _check_meeting(meeting)
    meeting.save()
    save_roll(meeting, roll)
    request_recount([(organization.pk, meeting.month)])
    audit.record(
        meeting,
        by=by,
        organization_id=organization.pk,
        after={**audit.snapshot(meeting, *AUDITED_FIELDS), **_count_attendance(roll)},
    )
    return meeting


@action(label=_("Meeting corrected"))
def change_meeting(
    meeting: Meeting, *, by: Actor | None, roll: Roll | None = None, **values: Any
) -> Meeting:
    """Correct the minutes or the list of a meeting; its organization cannot change.

    Refuses voided meetings, and a new day or kind once a closed month has counted
    the meeting.
    """
    meeting = _lock_meeting(meeting)
    before = audit.snapshot(meeting, *values)
    old_month = meeting.month
    moved = any(
        name in values and values[name] != getattr(meeting, name)
        for name in COUNTED_FIELDS
    )
    is_open = counting_month(meeting.organization, old_month) == old_month
    if moved and not is_open:
        raise CountedAlready(month=format_month(old_month))
    for name, value in values.items():
        setattr(meeting, name, value)
    if moved:
        meeting.month = counting_month(meeting.organization, meeting.held_on)
    _check_meeting(meeting)
    meeting.save(update_fields=[*values, "month"])
    roll = roll or roll_of(meeting)
    save_roll(meeting, roll, is_open=is_open)
    request_recount(
        (meeting.organization_id, month) for month in (old_month, meeting.month)
    )
    audit.record(
        meeting,
        by=by,
        organization_id=meeting.organization_id,
        before=before,
        after={**audit.snapshot(meeting, *values), **_count_attendance(roll)},
    )
    return meeting


@action(label=_("Meeting voided"), former_name="withdraw_meeting")
def void_meeting(meeting: Meeting, *, by: Actor | None, reason: str) -> Meeting:
    """Void a meeting recorded by mistake; it stays on record but no longer counts.

    A closed month keeps counting it, as published. Refuses voided meetings, and those
    whose decisions still hold.
    """
    meeting = _lock_meeting(meeting)
    refuse_decided_meeting(meeting)
    month = counting_month(meeting.organization, meeting.month)
    columns = meeting.void_from(month, reason)
    validate(meeting)
    meeting.save(update_fields=columns)
    request_recount([(meeting.organization_id, meeting.month)])
    audit.record_void(
        meeting,
        by=by,
        organization_id=meeting.organization_id,
        reason=reason,
        values=audit.snapshot(meeting, *AUDITED_FIELDS),
    )
    return meeting


def refuse_decided_meeting(meeting: Meeting) -> None:
    """Refuse to void a meeting that was voided, or at which something was decided."""
    if meeting.voided_at is not None:
        raise AlreadyVoided(day=timezone.localdate(meeting.voided_at))
    if count := Resolution.objects.filter(meeting=meeting).count():
        raise DecidedThere(count=count)


def _lock_meeting(meeting: Meeting) -> Meeting:
    """Lock a meeting; refuse one that was voided."""
    meeting = (
        Meeting.all_objects.select_for_update(of=("self",))
        .select_related("organization", "chair", "recorder", "project")
        .get(pk=meeting.pk)
    )
    if meeting.voided_at is not None:
        raise AlreadyVoided(day=timezone.localdate(meeting.voided_at))
    return meeting


def _check_meeting(meeting: Meeting) -> None:
    """Refuse wrong organizations, future days and projects of other communities."""
    organization = meeting.organization
    if organization.kind not in HOLDING_MEMBERS:
        raise HoldsNoMeetings(name=organization.name)
    if organization.ended_on is not None and organization.ended_on <= meeting.held_on:
        raise OrganizationEnded(name=organization.name, day=organization.ended_on)
    refuse_future_day(meeting.held_on)
    project = meeting.project
    if (
        project is not None
        and project.organization_id != filing_organization(organization).pk
    ):
        raise ProjectElsewhere(project=project.name)
    validate(meeting)


def _count_attendance(roll: Roll) -> dict[str, int]:
    return {
        "present": len(roll.present),
        "absent": len(roll.absent),
        "guests": len(roll.guests),
    }
