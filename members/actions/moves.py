"""Move members from one organization to another."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.months import month_of, today
from members.actions.affiliations import (
    end_affiliation,
    lock_member,
    lock_with_affiliation,
    start_affiliation,
)
from members.actions.membership_bounds import refuse_place_without_members
from members.actions.search_place import follow_member
from members.actions.transit import follow_move
from members.ends.closers import Departure, MembershipEnd, closers
from members.enums import EndReason, StartReason
from members.errors import MovesToAnotherStreet
from members.models import Affiliation, Member
from organizations.calendars import calendar_of
from organizations.models import Organization
from organizations.queries import street_above


@dataclass(frozen=True, slots=True)
class _MoveMonths:
    """The months in which the loss and the gain of a move count.

    `is_internal` says whether both count in the same return, and so cancel out.
    """

    loss: dt.date
    gain: dt.date
    is_internal: bool


def _count_move(old: Affiliation, to: Organization, day: dt.date) -> _MoveMonths:
    """Return the months of a move; none can be closed until the transaction ends."""
    calendar = calendar_of([old.organization_id, to.pk], lock=True)
    loss = calendar.first_open(old.organization_id, month_of(day))
    loss = max(loss, old.start_month)
    gain = calendar.first_open(to.pk, month_of(day))
    filing_ids = {calendar.filed_by(pk, gain) for pk in (old.organization_id, to.pk)}
    return _MoveMonths(loss, gain, is_internal=loss == gain and len(filing_ids) == 1)


def relocate(
    member: Member, to: Organization, *, on: dt.date
) -> tuple[Affiliation, Affiliation]:
    """End the affiliation of a member and begin another one on the same day.

    Returns both. Between branches of one community this is no gain or loss; between
    communities it is a transfer out and a transfer in. Which of the two depends on who
    files the month in which the move counts; later regroupings do not change it.
    Refuses what ending or starting an affiliation refuses.
    """
    refuse_place_without_members(to)
    member, old = lock_with_affiliation(member)
    months = _count_move(old, to, on)
    lost, gained = EndReason.TRANSFERRED_OUT, StartReason.TRANSFERRED_IN
    if months.is_internal:
        lost, gained = EndReason.MOVED, StartReason.MOVED
    end_affiliation(old, day=on, month=months.loss, reason=lost)
    new = start_affiliation(member, to, day=on, month=months.gain, reason=gained)
    return old, new


def leave_place(old: Affiliation, new: Affiliation, *, by: Actor | None) -> None:
    """Close what ended with the affiliation before a move, such as seats."""
    reason = EndReason(old.end_reason)
    end = MembershipEnd(new.member, reason, new.starts_on, by)
    departure = Departure(new.member, old.organization, new.organization)
    closers.close_rows_left(departure, end)


def _refuse_another_street(member: Member, to: Organization) -> None:
    """Refuse to leave the street, which must know of it by a letter (R-13)."""
    home = member.organization
    street = street_above(home) if home is not None else None
    if street is not None and not to.path.startswith(street.path):
        raise MovesToAnotherStreet(
            name=member.name, organization=to.name, street=street.name
        )


@action(label=_("Member moved"))
def move_member(
    member: Member,
    to: Organization,
    *,
    by: Actor | None,
    on: dt.date | None = None,
) -> Member:
    """Move a member to another organization from a day on.

    To another street it takes a letter. One that is under way goes on from there.
    """
    day = on or today()
    member = lock_member(member)
    follow_move(member, to, by=by)
    _refuse_another_street(member, to)
    old, new = relocate(member, to, on=day)
    leave_place(old, new, by=by)
    follow_member(member, to, by=by)
    audit.record(
        new.member,
        by=by,
        organization_id=to.pk,
        before={"organization": old.organization_id},
        after={"organization": to.pk, "on": str(day)},
    )
    return new.member
