"""Let people take and leave the seats of bodies."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.endings import end_with_seat, void_with_seat
from communities.actions.seats import lock_body, refuse_reserves
from communities.enums import Eligibility, Filling, VacatingReason
from communities.errors import (
    BeforeTerm,
    HolderElsewhere,
    HolderGone,
    HoldingVoided,
    MembersAlone,
    NoDelegates,
    OutsideBody,
    SeatClosed,
    SeatLeft,
)
from communities.models import (
    Body,
    NonMember,
    Seat,
    SeatHolding,
    TermOfOffice,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from core.pinyin import sort_key
from members.ends.closers import MembershipEnd
from members.enums import ENDING_MEMBERSHIP, EndReason
from members.models import Member
from organizations.actions import request_recount
from organizations.models import Unit


@action(label=_("Seat taken"))
def take_seat(
    seat: Seat,
    *,
    by: Actor | None,
    channel: Filling,
    starts_on: dt.date | None = None,
    member: Member | None = None,
    non_member: NonMember | None = None,
    person: Mapping[str, Any] | None = None,
    unit: Unit | None = None,
    of_reserves: bool = False,
    **details: Any,
) -> SeatHolding:
    """Let a member, another person or a unit take a vacant seat of a body.

    `person` are the name, sex, month of birth and education of somebody who is not on
    record yet. Refuses who may not be in the body, days outside the body or its term
    (R-10), and a seat that somebody holds. The member stays locked, so that a
    membership that ends at the same moment ends the holding, too, or comes first and
    refuses it.
    """
    member = lock_holder(member) if member is not None else None
    body = lock_body(seat.body)
    if not of_reserves:
        refuse_reserves(body)
    seat = body.seats.select_related("kind").get(pk=seat.pk)
    day = starts_on or today()
    refuse_future_day(day)
    if seat.ends_on is not None:  # what is begun goes on, beyond any end of the seat
        raise SeatClosed
    if person is not None:
        refuse_outsider(body, str(person.get("name", "")))
        non_member = record_non_member(body, person)
    holding = SeatHolding(
        seat=seat,
        term=_term_on(body, day),
        member=member,
        non_member=non_member,
        unit=unit,
        starts_on=day,
        channel=channel,
        **details,
    )
    _check_holding(holding, body)
    holding.save()
    if SeatHolding.objects.left_behind().filter(pk=holding.pk).exists():
        raise HolderElsewhere(body=body.name, name=holding.holder_name)
    request_recount([(body.organization_id, day)])
    audit.record(
        holding,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(holding),
    )
    return holding


def record_non_member(body: Body, person: Mapping[str, Any]) -> NonMember:
    """Record somebody who is no member, at the body's organization."""
    row = NonMember(organization=body.organization, **person)
    row.sort_key = sort_key(row.name)
    validate(row)
    row.save()
    return row


def lock_holder(member: Member) -> Member:
    """Lock who is to hold a seat; refuse somebody whose membership has ended.

    The day does not matter: what is begun here goes on, and theirs would never end.
    """
    rows = Member.all_objects.select_for_update(of=("self",))
    member = rows.get(pk=member.pk)
    ended_on = member.ended_on
    if ended_on is None and member.voided_at is not None:
        ended_on = timezone.localdate(member.voided_at)
    if ended_on is not None:
        raise HolderGone(name=member.name, day=ended_on)
    return member


def lock_members(members: QuerySet[Member]) -> None:
    """Lock members in one order, before the body in which they hold or held seats.

    Where a membership ends, the member is locked before the body, too: nobody waits for
    the other in a circle.
    """
    rows = members.order_by("pk").select_for_update(of=("self",))
    list(rows.values_list("pk", flat=True))


def _term_on(body: Body, day: dt.date) -> TermOfOffice | None:
    """Return the body's term on a day; one that has run out goes on."""
    term: TermOfOffice | None = (
        body.terms.filter(starts_on__lte=day).order_by("-starts_on").first()
    )
    first = body.terms.order_by("starts_on").first()
    if term is None and first is not None:
        raise BeforeTerm(first=first.starts_on, day=day)
    return term


def _check_holding(holding: SeatHolding, body: Body) -> None:
    """Refuse who may not hold a seat of the body, and days outside its life."""
    if holding.starts_on < body.starts_on:
        raise OutsideBody(name=body.name, first=body.starts_on, day=holding.starts_on)
    ended_on = holding.term.ended_on if holding.term else None
    if ended_on and (holding.ends_on is None or holding.ends_on > ended_on):
        raise BeforeTerm(first=ended_on, day=holding.starts_on)
    if holding.member is None:
        refuse_outsider(body, holding.holder_name)
    else:
        refuse_former_member(holding.member, holding.starts_on)
    if holding.unit is not None and body.kind.open_to != Eligibility.UNITS:
        raise NoDelegates(body=body.name)
    validate(holding)


def refuse_outsider(body: Body, name: str) -> None:
    """Refuse people who are no Party members in a committee of the Party."""
    if body.kind.open_to == Eligibility.MEMBERS:
        raise MembersAlone(body=body.name, name=name)


def refuse_former_member(member: Member, day: dt.date) -> None:
    """Refuse somebody whose membership had ended by the day."""
    if member.ended_on is not None and member.ended_on <= day:
        raise HolderGone(name=member.name, day=member.ended_on)


@action(label=_("Entry about a seat corrected"))
def change_holding(
    holding: SeatHolding, *, by: Actor | None, **values: Any
) -> SeatHolding:
    """Correct since when and how somebody holds a seat; who holds it is not changed."""
    holding, body = lock_holding(holding)
    refuse_reserves(body)
    first = holding.starts_on
    with audit.recording(holding, *values, by=by, organization_id=body.organization_id):
        for name, value in values.items():
            setattr(holding, name, value)
        if "starts_on" in values:
            refuse_future_day(holding.starts_on)
            holding.term = _term_on(body, holding.starts_on)
        _check_holding(holding, body)
        holding.save(update_fields=[*values, "term"])
        request_recount([(body.organization_id, min(first, holding.starts_on))])
    return holding


@action(label=_("Seat vacated"))
def vacate_seat(
    holding: SeatHolding,
    *,
    by: Actor | None,
    reason: VacatingReason,
    on: dt.date | None = None,
    of_reserves: bool = False,
) -> SeatHolding:
    """Let somebody leave a seat from a day on; the seat stays, and is vacant."""
    holding, body = lock_holding(holding)
    if not of_reserves:
        refuse_reserves(body)
    if holding.ends_on is not None:
        raise SeatLeft(name=holding.holder_name, day=holding.ends_on)
    day = on or today()
    refuse_future_day(day)
    holding.ends_on, holding.end_reason = day, reason
    validate(holding)
    holding.save(update_fields=["ends_on", "end_reason"])
    request_recount([(body.organization_id, day)])
    audit.record(
        holding,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(holding, "ends_on", "end_reason"),
    )
    end_with_seat(holding, on=day, by=by, reason=str(VacatingReason(reason).label))
    return holding


@action(label=_("Entry about a seat voided"))
def void_holding(
    holding: SeatHolding, *, by: Actor | None, reason: str, of_reserves: bool = False
) -> SeatHolding:
    """Void an entry made by mistake; the seat was not held by this person."""
    holding, body = lock_holding(holding, corrects=of_reserves)
    if not of_reserves:
        refuse_reserves(body)
    holding.save(update_fields=holding.void(reason))
    request_recount([(body.organization_id, holding.starts_on)])
    audit.record_void(
        holding, by=by, organization_id=body.organization_id, reason=reason
    )
    void_with_seat(holding, by=by, reason=reason)
    return holding


def end_holdings(
    rows: QuerySet[SeatHolding],
    *,
    on: dt.date,
    reason: VacatingReason,
    by: Actor | None,
) -> None:
    """End what is held without an end, because a term or a body ended."""
    for holding in rows.select_for_update(of=("self",)).filter(ends_on=None):
        holding.ends_on = max(on, holding.starts_on + dt.timedelta(days=1))
        holding.end_reason = reason
        holding.save(update_fields=["ends_on", "end_reason"])
        end_with_seat(holding, on=holding.ends_on, by=by, reason=str(reason.label))


@action(label=_("Seat vacated because a membership ended"))
def close_holding(holding: SeatHolding, end: MembershipEnd) -> None:
    """Vacate the seat of a member whose membership ends, or who belongs elsewhere."""
    reason = VacatingReason.MEMBERSHIP_ENDED
    if end.reason == EndReason.DIED:
        reason = VacatingReason.DIED
    elif end.reason is not None and end.reason not in ENDING_MEMBERSHIP:
        reason = VacatingReason.MOVED
    body = holding.seat.body
    rows = SeatHolding.objects.filter(pk=holding.pk)
    end_holdings(rows, on=end.on, reason=reason, by=end.by)
    holding.refresh_from_db(fields=["ends_on", "end_reason"])
    request_recount([(body.organization_id, end.on)])
    audit.record(
        holding,
        by=end.by,
        organization_id=body.organization_id,
        after=audit.snapshot(holding, "ends_on", "end_reason"),
    )


def lock_holding(
    holding: SeatHolding, *, corrects: bool = False
) -> tuple[SeatHolding, Body]:
    """Lock an entry and its body; refuse one that was voided.

    A mistake is corrected in a body that has ended, too.
    """
    body = lock_body(holding.seat.body, corrects=corrects)
    rows = SeatHolding.all_objects.select_for_update(of=("self",))
    holding = rows.select_related(
        *("seat", "term", "member", "non_member", "unit")
    ).get(pk=holding.pk)
    if holding.voided_at is not None:
        raise HoldingVoided(day=timezone.localdate(holding.voided_at))
    return holding, body
