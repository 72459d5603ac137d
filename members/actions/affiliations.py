"""Moving members and ending memberships."""

import datetime as dt

from django.db import transaction

from core import trail
from core.constraints import checked
from core.months import month_of, refuse_to_come, today
from members.enums import EndReason, StartReason
from members.errors import (
    BeforeItBegan,
    CannotHoldMembers,
    NoOpenAffiliation,
    NotWhileAffiliated,
)
from members.models import Affiliation, Member
from organizations.actions import mark_stale, refuse_ended
from organizations.calendars import calendar_of
from organizations.enums import HOLDING_MEMBERS
from organizations.models import Organization
from organizations.queries import counting_month


def _locked(member: Member) -> tuple[Member, Affiliation]:
    """Lock a member and his open affiliation."""
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    affiliation = member.affiliations.open().select_related("organization").first()
    if affiliation is None:
        raise NoOpenAffiliation(name=member.name)
    return member, affiliation


def _end(affiliation: Affiliation, day: dt.date, reason: EndReason) -> None:
    refuse_to_come(day)
    if day <= affiliation.starts_on:
        raise BeforeItBegan(day=day, began=affiliation.starts_on)
    affiliation.ends_on = day
    counted = counting_month(affiliation.organization, day)
    affiliation.end_month = max(counted, affiliation.start_month)
    affiliation.end_reason = reason
    affiliation.save(update_fields=["ends_on", "end_month", "end_reason"])
    mark_stale([(affiliation.organization_id, affiliation.end_month)])


@transaction.atomic
def end_membership(
    member: Member,
    *,
    reason: EndReason,
    by: object | None,
    on: dt.date | None = None,
    note: str = "",
) -> Member:
    """End the formal affiliation; the member himself stays on record (R-27)."""
    member, affiliation = _locked(member)
    _end(affiliation, on or today(), reason)
    member.organization = None
    member.save(update_fields=["organization"])
    trail.record(
        "members.end_membership",
        member,
        by=by,
        organization_id=affiliation.organization_id,
        before={"organization": affiliation.organization_id},
        after={"ends_on": str(affiliation.ends_on), "end_reason": reason},
        reason=note,
    )
    return member


@transaction.atomic
def affiliate_member(
    member: Member,
    to: Organization,
    *,
    reason: StartReason,
    by: object | None,
    on: dt.date | None = None,
) -> Member:
    """Let a member who belongs nowhere at present belong to an organization."""
    if to.kind not in HOLDING_MEMBERS:
        raise CannotHoldMembers(name=to.name)
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if member.organization_id is not None:
        raise NotWhileAffiliated(name=member.name)
    _begin(member, to, day=on or today(), reason=reason)
    trail.record(
        "members.affiliate_member",
        member,
        by=by,
        organization_id=to.pk,
        after={"organization": to.pk, "start_reason": reason},
    )
    return member


def _begin(
    member: Member, to: Organization, *, day: dt.date, reason: StartReason
) -> None:
    refuse_to_come(day)
    refuse_ended(to)
    new = Affiliation(
        member=member,
        organization=to,
        starts_on=day,
        start_month=counting_month(to, day),
        start_reason=reason,
    )
    checked(new)
    new.save()
    member.organization = to
    member.save(update_fields=["organization"])
    mark_stale([(to.pk, new.start_month)])


def _stays(old: Affiliation, to: Organization, day: dt.date) -> bool:
    """Whether leaving and coming fall into one return, and so cancel out."""
    calendar = calendar_of([old.organization_id, to.pk], hold=True)
    left = calendar.first_open(old.organization_id, month_of(day))
    left = max(left, old.start_month)
    come = calendar.first_open(to.pk, month_of(day))
    places = {calendar.filed_by(pk, come) for pk in (old.organization_id, to.pk)}
    return left == come and len(places) == 1


@transaction.atomic
def move_member(
    member: Member,
    to: Organization,
    *,
    by: object | None,
    on: dt.date | None = None,
) -> Member:
    """Let the member count elsewhere in the tree from a day on.

    Between branches of one community nobody comes or goes; between communities it is
    a transfer out of the one and into the other. What counts is who files the month in
    which the move counts: a regrouping since then changes nothing of it.
    """
    if to.kind not in HOLDING_MEMBERS:
        raise CannotHoldMembers(name=to.name)
    day = on or today()
    member, old = _locked(member)
    same = _stays(old, to, day)
    _end(old, day, EndReason.MOVED if same else EndReason.TRANSFERRED_OUT)
    reason = StartReason.MOVED if same else StartReason.TRANSFERRED_IN
    _begin(member, to, day=day, reason=reason)
    trail.record(
        "members.move_member",
        member,
        by=by,
        organization_id=to.pk,
        before={"organization": old.organization_id},
        after={"organization": to.pk, "on": str(day)},
    )
    return member
