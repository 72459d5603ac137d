"""Moving members and ending memberships."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import month_of, refuse_future_day, today
from members.enums import EndReason, StartReason
from members.errors import (
    CannotHoldMembers,
    EndsBeforeStart,
    NoOpenAffiliation,
    NotWhileAffiliated,
)
from members.models import Affiliation, Member
from organizations.actions import refuse_ended, request_recount
from organizations.calendars import calendar_of
from organizations.enums import HOLDING_MEMBERS
from organizations.models import Organization
from organizations.queries import counting_month


def _lock_with_affiliation(member: Member) -> tuple[Member, Affiliation]:
    """Lock a member; return them with their open affiliation, or refuse."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    affiliation = member.affiliations.open().select_related("organization").first()
    if affiliation is None:
        raise NoOpenAffiliation(name=member.name)
    return member, affiliation


def _end_affiliation(affiliation: Affiliation, day: dt.date, reason: EndReason) -> None:
    refuse_future_day(day)
    if day <= affiliation.starts_on:
        raise EndsBeforeStart(day=day, began=affiliation.starts_on)
    affiliation.ends_on = day
    month = counting_month(affiliation.organization, day)
    affiliation.end_month = max(month, affiliation.start_month)
    affiliation.end_reason = reason
    affiliation.save(update_fields=["ends_on", "end_month", "end_reason"])
    request_recount([(affiliation.organization_id, affiliation.end_month)])


@action(label=_("Membership ended here"))
def end_membership(
    member: Member,
    *,
    reason: EndReason,
    by: Actor | None,
    on: dt.date | None = None,
    note: str = "",
) -> Member:
    """End the formal affiliation; the member stays on record (R-27).

    Refuses members without one, days to come, and days not after its beginning.
    """
    member, affiliation = _lock_with_affiliation(member)
    _end_affiliation(affiliation, on or today(), reason)
    member.organization = None
    member.save(update_fields=["organization"])
    audit.record(
        member,
        by=by,
        organization_id=affiliation.organization_id,
        before={"organization": affiliation.organization_id},
        after={"ends_on": str(affiliation.ends_on), "end_reason": reason},
        reason=note,
    )
    return member


@action(label=_("Affiliation begun"))
def affiliate_member(
    member: Member,
    to: Organization,
    *,
    reason: StartReason,
    by: Actor | None,
    on: dt.date | None = None,
) -> Member:
    """Affiliate a member who has no formal affiliation with an organization.

    Refuses members who have one, days to come, ended organizations, and those that
    hold no members.
    """
    if to.kind not in HOLDING_MEMBERS:
        raise CannotHoldMembers(name=to.name)
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.organization_id is not None:
        raise NotWhileAffiliated(name=member.name)
    _start_affiliation(member, to, day=on or today(), reason=reason)
    audit.record(
        member,
        by=by,
        organization_id=to.pk,
        after={"organization": to.pk, "start_reason": reason},
    )
    return member


def _start_affiliation(
    member: Member, to: Organization, *, day: dt.date, reason: StartReason
) -> None:
    refuse_future_day(day)
    refuse_ended(to)
    new = Affiliation(
        member=member,
        organization=to,
        starts_on=day,
        start_month=counting_month(to, day),
        start_reason=reason,
    )
    validate(new)
    new.save()
    member.organization = to
    member.save(update_fields=["organization"])
    request_recount([(to.pk, new.start_month)])


def _is_internal_move(old: Affiliation, to: Organization, day: dt.date) -> bool:
    """Whether loss and gain fall into the same return, and so cancel out."""
    calendar = calendar_of([old.organization_id, to.pk], hold=True)
    end_month = calendar.first_open(old.organization_id, month_of(day))
    end_month = max(end_month, old.start_month)
    start_month = calendar.first_open(to.pk, month_of(day))
    places = {calendar.filed_by(pk, start_month) for pk in (old.organization_id, to.pk)}
    return end_month == start_month and len(places) == 1


@action(label=_("Member moved"))
def move_member(
    member: Member,
    to: Organization,
    *,
    by: Actor | None,
    on: dt.date | None = None,
) -> Member:
    """Move a member to another organization from a day on.

    Between branches of one community this is no gain or loss; between communities it
    is a transfer out and a transfer in. Which of the two depends on who files the month
    in which the move counts; later regroupings do not change it. Refuses what ending
    or starting an affiliation refuses.
    """
    if to.kind not in HOLDING_MEMBERS:
        raise CannotHoldMembers(name=to.name)
    day = on or today()
    member, old = _lock_with_affiliation(member)
    internal = _is_internal_move(old, to, day)
    _end_affiliation(
        old, day, EndReason.MOVED if internal else EndReason.TRANSFERRED_OUT
    )
    reason = StartReason.MOVED if internal else StartReason.TRANSFERRED_IN
    _start_affiliation(member, to, day=day, reason=reason)
    audit.record(
        member,
        by=by,
        organization_id=to.pk,
        before={"organization": old.organization_id},
        after={"organization": to.pk, "on": str(day)},
    )
    return member
