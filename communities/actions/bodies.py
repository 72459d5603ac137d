"""Set up, correct, end and void bodies, and keep their kinds."""

import datetime as dt
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from communities.actions.endings import end_places, void_with_seat
from communities.actions.holdings import end_holdings
from communities.actions.seats import lock_body
from communities.election_errors import ElectionUnderWay
from communities.enums import VacatingReason
from communities.errors import BodyInUse, KindNotInForce
from communities.models import (
    Body,
    BodyKind,
    Election,
    Seat,
    SeatHolding,
    SeatKind,
    ServedPlace,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate, validate_all
from core.months import refuse_future_day, today
from organizations.actions import request_recount
from organizations.actions.refusals import refuse_ended
from organizations.models import Organization

K = TypeVar("K", BodyKind, SeatKind)


@action(label=_("Body set up"))
def set_up_body(
    organization: Organization,
    *,
    kind: BodyKind,
    by: Actor | None,
    name: str = "",
    starts_on: dt.date | None = None,
    basis: str = "",
) -> Body:
    """Set up a body of an organization, with the seats that its kind begins with.

    Refuses organizations that have ended, and kinds that do not hold on the day.
    """
    refuse_ended(organization)
    day = starts_on or today()
    if not BodyKind.objects.in_force(day).filter(pk=kind.pk).exists():
        raise KindNotInForce(kind=kind.name, day=day)
    body = Body(
        organization=organization,
        kind=kind,
        name=name or kind.name,
        starts_on=day,
        basis=basis,
    )
    validate(body)
    body.save()
    open_first_seats(body)
    request_recount([(organization.pk, day)])
    audit.record(
        body, by=by, organization_id=organization.pk, after=audit.snapshot(body)
    )
    return body


def open_first_seats(body: Body) -> None:
    """Open the seats that a body of the kind begins with."""
    seats = [
        Seat(body=body, kind=kind, number=number, starts_on=body.starts_on)
        for kind in body.kind.seat_kinds.order_by("position", "pk")
        for number in range(1, kind.seats + 1)
    ]
    validate_all(seats)
    Seat.objects.bulk_create(seats)


@action(label=_("Body corrected"))
def change_body(body: Body, *, by: Actor | None, **values: Any) -> Body:
    """Correct the name, the first day or the document of a body that goes on."""
    body = lock_body(body)
    first = body.starts_on
    with audit.recording(body, *values, by=by, organization_id=body.organization_id):
        for name, value in values.items():
            setattr(body, name, value)
        validate(body)
        body.save(update_fields=[*values])
        if body.starts_on != first:
            body.seats.filter(starts_on=first).update(starts_on=body.starts_on)
            request_recount([(body.organization_id, min(first, body.starts_on))])
    return body


@action(label=_("Body ended"))
def end_body(
    body: Body, *, by: Actor | None, reason: str, on: dt.date | None = None
) -> Body:
    """End a body with all its seats, its term and whoever sits in it.

    A body that ends on the day it was set up is voided with its roster: it existed at
    no midnight. So is the entry of whoever took a seat on its last day.
    """
    body = lock_body(body)
    refuse_during_election(body)
    day = on or today()
    refuse_future_day(day)
    rows = SeatHolding.objects.filter(seat__body=body)
    if day <= body.starts_on:
        _void_holdings(rows, body, by=by, reason=reason)
        return _void(body, by=by, reason=reason)
    late = rows.filter(starts_on__gte=day)
    _void_holdings(late, body, by=by, reason=reason)
    end_holdings(rows, on=day, reason=VacatingReason.BODY_ENDED, by=by)
    served = ServedPlace.objects.filter(body=body, ends_on=None)
    end_places(served, on=day, by=by, reason=reason)
    for term in body.terms.filter(ended_on=None):
        term.planned_ends_on, term.ended_on = term.ends_on, day
        term.ends_on = max(day, term.starts_on + dt.timedelta(days=1))
        term.save(update_fields=["planned_ends_on", "ended_on", "ends_on"])
    for seat in body.seats.filter(ends_on=None):
        seat.ends_on = max(day, seat.starts_on + dt.timedelta(days=1))
        seat.save(update_fields=["ends_on"])
    body.ends_on = day
    body.save(update_fields=["ends_on"])
    request_recount([(body.organization_id, day)])
    audit.record(
        body,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(body, "ends_on"),
        reason=reason,
    )
    return body


@action(label=_("Body voided"))
def void_body(body: Body, *, by: Actor | None, reason: str) -> Body:
    """Void a body set up by mistake; refuse one with people on its roster."""
    body = lock_body(body)
    refuse_void(body)
    return _void(body, by=by, reason=reason)


def refuse_void(body: Body) -> None:
    """Refuse to void a body during an election, or with people on its roster."""
    refuse_during_election(body)
    if SeatHolding.objects.filter(seat__body=body).exists():
        raise BodyInUse(name=body.name)


def refuse_during_election(body: Body) -> None:
    """Refuse to end a body while an election of it is under way."""
    if Election.objects.under_way().filter(body=body).exists():
        raise ElectionUnderWay(name=body.name)


def _void_holdings(
    rows: QuerySet[SeatHolding], body: Body, *, by: Actor | None, reason: str
) -> None:
    """Void who sat in a body that voids or ends before they sat there a day."""
    for holding in rows.order_by("pk"):
        holding.save(update_fields=holding.void(reason))
        audit.record_void(
            holding, by=by, organization_id=body.organization_id, reason=reason
        )
        void_with_seat(holding, by=by, reason=reason)


def _void(body: Body, *, by: Actor | None, reason: str) -> Body:
    body.save(update_fields=body.void(reason))
    request_recount([(body.organization_id, body.starts_on)])
    audit.record_void(body, by=by, organization_id=body.organization_id, reason=reason)
    served = ServedPlace.objects.filter(body=body)
    end_places(served, on=None, by=by, reason=reason)
    return body


@action(label=_("Kind of body added"))
def add_body_kind(*, by: Actor | None, **values: Any) -> BodyKind:
    """Add a kind of body; its seats are added to it afterwards."""
    kind = BodyKind(**values)
    validate(kind)
    kind.save()
    audit.record(kind, by=by, after=audit.snapshot(kind))
    return kind


@action(label=_("Kind of body corrected"))
def change_body_kind(kind: BodyKind, *, by: Actor | None, **values: Any) -> BodyKind:
    """Correct a kind, or give it an end; terms that have begun keep their length."""
    kind = BodyKind.objects.select_for_update(of=("self",)).get(pk=kind.pk)
    return _change(kind, by, values)


@action(label=_("Kind of seat added"))
def add_seat_kind(kind: BodyKind, *, by: Actor | None, **values: Any) -> SeatKind:
    """Add a kind of seat; bodies that are set up from now on begin with it."""
    seat_kind = SeatKind(body_kind=kind, **values)
    validate(seat_kind)
    seat_kind.save()
    audit.record(seat_kind, by=by, after=audit.snapshot(seat_kind))
    return seat_kind


@action(label=_("Kind of seat corrected"))
def change_seat_kind(
    seat_kind: SeatKind, *, by: Actor | None, **values: Any
) -> SeatKind:
    """Correct a kind of seat; seats that are open stay open."""
    rows = SeatKind.objects.select_for_update(of=("self",))
    return _change(rows.get(pk=seat_kind.pk), by, values)


def _change(row: K, by: Actor | None, values: dict[str, Any]) -> K:
    """Write and record new values of a kind."""
    with audit.recording(row, *values, by=by):
        for name, value in values.items():
            setattr(row, name, value)
        validate(row)
        row.save(update_fields=[*values])
    return row
