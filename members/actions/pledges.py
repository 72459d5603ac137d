"""What members promise: written, accepted or made concrete, and what came of it."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from members.actions.affiliations import lock_member
from members.actions.membership_bounds import refuse_ended_membership
from members.actions.own_matters import refuse_own_matter
from members.ends.closers import MembershipEnd
from members.enums import PLEDGE_OUTCOMES, PledgeState
from members.errors import (
    NowhereToPledge,
    OutcomeWithoutReason,
    PledgeDecided,
    PledgeNotOver,
    PledgeVoided,
)
from members.models import Member, Pledge

CONTENT = ("kind", "text", "amount", "measure", "starts_on", "ends_on")


@action(label=_("Pledge made"))
def make_pledge(
    member: Member, *, by: Actor | None, is_accepted: bool = False, **content: Any
) -> Pledge:
    """Write down what a member promises, to whoever accepts it.

    What the secretary enters from paper is accepted with that; their own is not.
    """
    member = lock_member(member)
    if is_accepted:
        refuse_own_matter(member, by)
    refuse_ended_membership(member)
    place = member.community or member.organization
    if place is None:
        raise NowhereToPledge(name=member.name)
    row = Pledge(member=member, organization=place, **content)
    row.state = PledgeState.ACCEPTED if is_accepted else PledgeState.PROPOSED
    validate(row)
    row.save()
    audit.record(row, by=by, organization_id=place.pk, after=audit.snapshot(row))
    return row


@action(label=_("Pledge changed"))
def change_pledge(row: Pledge, *, by: Actor | None, **content: Any) -> Pledge:
    """Write anew what nobody has accepted; it waits to be accepted again."""
    row = _lock(row)
    refuse_decided(row)
    before = audit.snapshot(row, *CONTENT, "state")
    for name, value in content.items():
        setattr(row, name, value)
    row.state = PledgeState.PROPOSED
    return _save(row, before, by, *CONTENT, "state")


@action(label=_("Pledge accepted"))
def accept_pledge(row: Pledge, *, by: Actor | None) -> Pledge:
    """Accept what a member promises: from now on it is to be kept."""
    row = _lock_of_another(row, by)
    refuse_decided(row)
    before = audit.snapshot(row, "state", "note")
    row.state, row.note = PledgeState.ACCEPTED, ""
    return _save(row, before, by, "state", "note")


@action(label=_("Pledge to be made more concrete"))
def return_pledge(row: Pledge, *, reason: str, by: Actor | None) -> Pledge:
    """Ask the member to write more concretely what they promise."""
    row = _lock_of_another(row, by)
    refuse_decided(row)
    before = audit.snapshot(row, "state", "note")
    row.state, row.note = PledgeState.RETURNED, reason
    return _save(row, before, by, "state", "note")


@action(label=_("What came of a pledge"))
def settle_pledge(row: Pledge, *, state: str, outcome: str, by: Actor | None) -> Pledge:
    """Record whether a promise was kept; before its period is over only that it was."""
    row = _lock_of_another(row, by)
    refuse_unaccepted(row)
    wanted = PledgeState(state)
    if wanted not in PLEDGE_OUTCOMES:
        raise PledgeDecided(state=wanted.label)
    if wanted != PledgeState.KEPT and not row.is_over:
        raise PledgeNotOver(day=row.last_day)
    if wanted != PledgeState.KEPT and not outcome.strip():
        raise OutcomeWithoutReason
    return _settle(row, wanted, outcome, on=today(), by=by)


@action(label=_("Pledge lapsed"))
def close_pledge(row: Pledge, end: MembershipEnd) -> None:
    """Let a promise lapse whose member has left the place to which it was made."""
    why = str(end.reason.label) if end.reason else ""
    _settle(_lock(row), PledgeState.LAPSED, why, on=end.on, by=end.by)


@action(label=_("Pledge voided"))
def void_pledge(row: Pledge, *, by: Actor | None, reason: str) -> Pledge:
    """Void a promise that was entered by mistake."""
    row = _lock_of_another(row, by)
    row.save(update_fields=row.void(reason))
    audit.record_void(row, by=by, organization_id=row.organization_id, reason=reason)
    return row


def refuse_voided_pledge(row: Pledge) -> None:
    """Refuse to do anything with a promise that was voided."""
    if row.voided_at is not None:
        raise PledgeVoided(day=timezone.localdate(row.voided_at))


def refuse_decided(row: Pledge) -> None:
    """Refuse to change, accept or return what is accepted or settled."""
    refuse_voided_pledge(row)
    if not row.can_be_changed:
        raise PledgeDecided(state=row.get_state_display())


def refuse_unaccepted(row: Pledge) -> None:
    """Refuse to say what came of a promise that is not accepted, or settled."""
    refuse_voided_pledge(row)
    if row.state != PledgeState.ACCEPTED:
        raise PledgeDecided(state=row.get_state_display())


def _lock(row: Pledge) -> Pledge:
    rows = Pledge.all_objects.select_for_update(of=("self",))
    row = rows.select_related("member", "organization").get(pk=row.pk)
    refuse_voided_pledge(row)
    return row


def _lock_of_another(row: Pledge, by: Actor | None) -> Pledge:
    row = _lock(row)
    refuse_own_matter(row.member, by)
    return row


def _settle(
    row: Pledge, state: PledgeState, outcome: str, *, on: dt.date, by: Actor | None
) -> Pledge:
    before = audit.snapshot(row, "state", "outcome", "settled_on")
    row.state, row.outcome, row.settled_on = state, outcome, on
    return _save(row, before, by, "state", "outcome", "settled_on")


def _save(
    row: Pledge, before: dict[str, Any], by: Actor | None, *columns: str
) -> Pledge:
    validate(row)
    row.save(update_fields=list(columns))
    audit.record(
        row,
        by=by,
        organization_id=row.organization_id,
        before=before,
        after=audit.snapshot(row, *before),
    )
    return row
