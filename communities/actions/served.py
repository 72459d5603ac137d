"""Record who is there for which place, their visits, and what came of them."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.endings import close_place
from communities.actions.holdings import lock_holding
from communities.actions.seats import lock_body, refuse_reserves
from communities.enums import INSTRUCTORS
from communities.errors import SeatLeft
from communities.models import Body, SeatHolding, ServedPlace, Visit
from communities.staffing_errors import (
    NothingToSettle,
    PlaceLeft,
    VisitedTooEarly,
    VisitVoided,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from organizations.actions import request_recount
from organizations.actions.refusals import refuse_ended
from organizations.models import Organization


@action(label=_("Place served recorded"))
def serve_place(
    server: SeatHolding | Body,
    *,
    organization: Organization,
    by: Actor | None,
    starts_on: dt.date | None = None,
) -> ServedPlace:
    """Record that somebody in a seat, or a whole body, is there for a place.

    An instructor is there for one branch, and alone.
    """
    refuse_ended(organization)
    day = starts_on or today()
    refuse_future_day(day)
    place = ServedPlace(organization=organization, starts_on=day)
    if isinstance(server, Body):
        place.body = lock_body(server)
    else:
        place.holding, body = lock_holding(server)
        refuse_reserves(body)
        if place.holding.ends_on is not None:
            raise SeatLeft(name=place.holding.holder_name, day=place.holding.ends_on)
        place.holding.seat.body = body
        place.is_exclusive = body.kind.code == INSTRUCTORS
    validate(place)
    place.save()
    audit.record(
        place, by=by, organization_id=organization.pk, after=audit.snapshot(place)
    )
    return place


@action(label=_("Place no longer served"))
def leave_place(place: ServedPlace, *, by: Actor | None, reason: str) -> ServedPlace:
    """End that somebody is there for a place; on the first day, void the entry."""
    place = _lock_place(place)
    refuse_left(place)
    close_place(place, on=today(), by=by, reason=reason)
    return place


def refuse_left(place: ServedPlace) -> None:
    """Refuse what is done while somebody is there for a place alone."""
    if place.voided_at is not None:
        raise PlaceLeft(day=timezone.localdate(place.voided_at))
    if place.ends_on is not None:
        raise PlaceLeft(day=place.ends_on)


@action(label=_("Visit recorded"))
def record_visit(
    place: ServedPlace,
    *,
    visited_on: dt.date,
    seen: str,
    by: Actor | None,
    problem: str = "",
) -> Visit:
    """Record a visit: what was seen, and which problem is to be solved."""
    place = _lock_place(place)
    refuse_left(place)
    refuse_future_day(visited_on)
    if visited_on < place.starts_on:
        raise VisitedTooEarly(first=place.starts_on, day=visited_on)
    visit = Visit(place=place, visited_on=visited_on, seen=seen, problem=problem)
    validate(visit)
    visit.save()
    request_recount([(place.organization_id, visited_on)])
    audit.record(
        visit,
        by=by,
        organization_id=place.organization_id,
        after=audit.snapshot(visit, "place", "visited_on", "seen", "problem"),
    )
    return visit


@action(label=_("Problem of a visit settled"))
def settle_visit(
    visit: Visit, *, outcome: str, by: Actor | None, on: dt.date | None = None
) -> Visit:
    """Record what was done about the problem that a visit found."""
    visit = _lock_visit(visit)
    refuse_settled(visit)
    visit.settled_on, visit.outcome = on or today(), outcome
    refuse_future_day(visit.settled_on)
    validate(visit)
    visit.save(update_fields=["settled_on", "outcome"])
    audit.record(
        visit,
        by=by,
        organization_id=visit.place.organization_id,
        after=audit.snapshot(visit, "settled_on", "outcome"),
    )
    return visit


def refuse_settled(visit: Visit) -> None:
    """Refuse to settle a visit that was voided, or has nothing to be solved."""
    refuse_voided_visit(visit)
    if not visit.is_open:
        raise NothingToSettle


@action(label=_("Visit voided"))
def void_visit(visit: Visit, *, by: Actor | None, reason: str) -> Visit:
    """Void a visit entered by mistake."""
    visit = _lock_visit(visit)
    refuse_voided_visit(visit)
    visit.save(update_fields=visit.void(reason))
    request_recount([(visit.place.organization_id, visit.visited_on)])
    audit.record_void(
        visit, by=by, organization_id=visit.place.organization_id, reason=reason
    )
    return visit


def refuse_voided_visit(visit: Visit) -> None:
    """Refuse to change a visit that was voided."""
    if visit.voided_at is not None:
        raise VisitVoided(day=timezone.localdate(visit.voided_at))


def _lock_place(place: ServedPlace) -> ServedPlace:
    rows = ServedPlace.all_objects.select_for_update(of=("self",))
    return rows.select_related("organization").get(pk=place.pk)


def _lock_visit(visit: Visit) -> Visit:
    rows = Visit.all_objects.select_for_update(of=("self",))
    return rows.select_related("place__organization").get(pk=visit.pk)
