"""Refuse actions on days before a membership began, or after it ended."""

import datetime as dt

from members.enums import REASONS_TO_RETURN, EndReason, StartReason
from members.errors import (
    BeforeBirth,
    BeforeJoining,
    CannotHoldMembers,
    MembershipEnded,
    TemporaryHoldsNoMembers,
)
from members.models import Member
from members.unusual_dates import truncate
from organizations.models import Organization
from organizations.queries import is_temporary, may_hold_members


def refuse_before_membership(member: Member, day: dt.date) -> None:
    """Refuse a day before the birth of a member, or before they joined the Party.

    A day of joining that is known to the month or year alone allows its first day.
    """
    joined = member.joined
    if joined is not None and truncate(day, joined.precision) < joined.value:
        raise BeforeJoining(name=member.name, day=day, joined=joined)
    if day < member.birth_date:
        raise BeforeBirth(name=member.name, day=day)


def refuse_ended_membership(
    member: Member, *, reason: StartReason | None = None
) -> None:
    """Refuse a member whose membership ended, unless the reason allows a return."""
    if member.ended_on is None:
        return
    end_reason = EndReason(member.end_reason)
    if reason is None or reason not in REASONS_TO_RETURN.get(end_reason, ()):
        raise MembershipEnded(
            name=member.name, day=member.ended_on, reason=end_reason.label
        )


def refuse_place_without_members(organization: Organization) -> None:
    """Refuse organizations to which nobody belongs."""
    if is_temporary(organization):
        raise TemporaryHoldsNoMembers(name=organization.name)
    if not may_hold_members(organization):
        raise CannotHoldMembers(name=organization.name)
