"""Refuse actions on members whose membership has ended."""

from members.enums import REASONS_TO_RETURN, EndReason, StartReason
from members.errors import MembershipEnded
from members.models import Member


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
