"""Keep the lists of people who could take over."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.actions.bodies import set_up_body
from communities.actions.holdings import (
    lock_holder,
    lock_holding,
    take_seat,
    vacate_seat,
    void_holding,
)
from communities.actions.seats import close_seat, lock_body, open_seat
from communities.enums import RESERVES, Filling, ReserveOutcome, VacatingReason
from communities.errors import SeatLeft
from communities.models import (
    Body,
    BodyKind,
    NonMember,
    Reserve,
    Seat,
    SeatHolding,
)
from communities.staffing_errors import AlreadyReserve, NoKindOfReserves
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from members.models import Member
from organizations.models import Organization

REASONS = {
    ReserveOutcome.TOOK_OFFICE: VacatingReason.MOVED,
    ReserveOutcome.TAKEN_OFF: VacatingReason.REMOVED,
    ReserveOutcome.LEFT: VacatingReason.RESIGNED,
}


@action(label=_("Reserve put on the list"))
def add_reserve(
    organization: Organization,
    *,
    level: str,
    for_post: str,
    by: Actor | None,
    starts_on: dt.date | None = None,
    member: Member | None = None,
    non_member: NonMember | None = None,
    person: Mapping[str, Any] | None = None,
    mentor: str = "",
    recruited_from: str = "",
    basis: str = "",
) -> Reserve:
    """Put somebody on an organization's list of reserves, which begins with them."""
    if member is not None:
        lock_holder(member)
    day = starts_on or today()
    refuse_future_day(day)
    body = _body_of(organization, day, by)
    _refuse_twice(body, member, non_member)
    seat = _free_seat(body, day, by)
    holding = take_seat(
        seat,
        by=by,
        channel=Filling.RECOMMENDATION,
        starts_on=day,
        member=member,
        non_member=non_member,
        person=person,
        recruited_from=recruited_from,
        basis=basis,
        of_reserves=True,
    )
    reserve = Reserve(holding=holding, level=level, for_post=for_post, mentor=mentor)
    validate(reserve)
    reserve.save()
    audit.record(
        reserve, by=by, organization_id=organization.pk, after=audit.snapshot(reserve)
    )
    return reserve


def _body_of(organization: Organization, day: dt.date, by: Actor | None) -> Body:
    """Return the organization's list of reserves, set up on the day if it has none."""
    rows = Body.objects.running().filter(kind__code=RESERVES)
    body: Body | None = rows.filter(organization=organization).first()
    if body is not None:
        return lock_body(body)
    kind = BodyKind.objects.in_force(day).filter(code=RESERVES).first()
    if kind is None:
        raise NoKindOfReserves(day=day)
    return set_up_body(organization, kind=kind, starts_on=day, by=by)


def _refuse_twice(
    body: Body, member: Member | None, non_member: NonMember | None
) -> None:
    same = Q(member=member) if member is not None else Q(non_member=non_member)
    if member is None and non_member is None:
        return
    rows = SeatHolding.objects.open_ended().filter(same, seat__body=body)
    if found := rows.select_related("member", "non_member").first():
        raise AlreadyReserve(name=found.holder_name, day=found.starts_on)


def _free_seat(body: Body, day: dt.date, by: Actor | None) -> Seat:
    """Return a place on the list that nobody has, or a new one."""
    free = body.seats.vacant(day).filter(ends_on=None, starts_on__lte=day)
    held = SeatHolding.objects.open_ended().filter(seat__body=body).values("seat")
    seat: Seat | None = free.exclude(pk__in=held).first()
    kind = body.kind.seat_kinds.order_by("position", "pk").reverse()[0]
    return seat or open_seat(body, kind, by=by, on=day, of_reserves=True)


@action(label=_("Entry about a reserve corrected"))
def change_reserve(reserve: Reserve, *, by: Actor | None, **values: Any) -> Reserve:
    """Correct the level, the post or the mentor of a reserve."""
    reserve, holding = _lock_reserve(reserve, corrects=True)
    place = holding.seat.body.organization_id
    with audit.recording(reserve, *values, by=by, organization_id=place):
        for name, value in values.items():
            setattr(reserve, name, value)
        validate(reserve)
        reserve.save(update_fields=[*values])
    return reserve


@action(label=_("Reserve taken off the list"))
def end_reserve(
    reserve: Reserve,
    *,
    outcome: ReserveOutcome,
    by: Actor | None,
    on: dt.date | None = None,
) -> Reserve:
    """Take somebody off the list from a day on, and say what became of them."""
    reserve, holding = _lock_reserve(reserve)
    seat = holding.seat
    reason = REASONS[outcome]
    holding = vacate_seat(holding, by=by, reason=reason, on=on, of_reserves=True)
    close_seat(seat, by=by, of_reserves=True)
    reserve.outcome = outcome
    validate(reserve)
    reserve.save(update_fields=["outcome"])
    audit.record(
        reserve,
        by=by,
        organization_id=seat.body.organization_id,
        after=audit.snapshot(reserve, "outcome"),
    )
    return reserve


@action(label=_("Entry about a reserve voided"))
def void_reserve(reserve: Reserve, *, by: Actor | None, reason: str) -> Reserve:
    """Void an entry made by mistake; the place on the list is closed."""
    reserve, holding = _lock_reserve(reserve, corrects=True)
    void_holding(holding, by=by, reason=reason, of_reserves=True)
    if holding.seat.ends_on is None:
        close_seat(holding.seat, by=by, of_reserves=True)
    audit.record(
        reserve,
        by=by,
        organization_id=holding.seat.body.organization_id,
        before=audit.snapshot(reserve),
        reason=reason,
    )
    return reserve


def refuse_ended_reserve(reserve: Reserve) -> None:
    """Refuse to take somebody off the list a second time."""
    if reserve.holding.ends_on is not None:
        raise SeatLeft(name=reserve.name, day=reserve.holding.ends_on)


def _lock_reserve(
    reserve: Reserve, *, corrects: bool = False
) -> tuple[Reserve, SeatHolding]:
    """Lock an entry and the place on the list; refuse one that was voided."""
    holding, body = lock_holding(reserve.holding, corrects=corrects)
    holding.seat.body = body
    rows = Reserve.objects.select_for_update(of=("self",))
    reserve = rows.get(pk=reserve.pk)
    reserve.holding = holding
    return reserve, holding
