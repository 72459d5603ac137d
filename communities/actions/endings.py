"""End what hangs on a seat or a body that ends: places served, pay, filings."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from communities.models import (
    Body,
    SeatFiling,
    SeatHolding,
    SeatPay,
    ServedPlace,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.errors import ConstraintViolated
from organizations.actions import request_recount

LOGGED = ("holding", "starts_on")
"""The log is read by auditors, too: it says that pay was entered, not how much."""

WITH_THE_SEAT: tuple[type[SeatPay] | type[SeatFiling], ...] = (SeatPay, SeatFiling)
"""What is dated on a seat and ends with it."""


def end_with_seat(
    holding: SeatHolding, *, on: dt.date, by: Actor | None, reason: str
) -> None:
    """End what somebody served and earned by a seat that they leave."""
    places = ServedPlace.objects.filter(holding=holding)
    end_places(places.filter(ends_on=None), on=on, by=by, reason=reason)
    beyond = Q(ends_on=None) | Q(ends_on__gt=on)
    for model in WITH_THE_SEAT:
        rows = model.objects.filter(beyond, holding=holding)
        end_pay(rows, on=on, by=by, reason=reason)


def void_with_seat(holding: SeatHolding, *, by: Actor | None, reason: str) -> None:
    """Void what was served and earned by a seat that was held by mistake only."""
    places = ServedPlace.objects.filter(holding=holding)
    end_places(places, on=None, by=by, reason=reason)
    for model in WITH_THE_SEAT:
        rows = model.objects.filter(holding=holding)
        end_pay(rows, on=None, by=by, reason=reason)


def reopen_with_seat(
    holding: SeatHolding, *, on: dt.date, by: Actor | None, reason: str
) -> None:
    """Let go on what ended with a seat, on that day, that is held again."""
    reopen_places(ServedPlace.objects.filter(holding=holding), on=on, by=by)
    for model in WITH_THE_SEAT:
        rows = model.objects.filter(holding=holding)
        reopen_pay(rows, on=on, by=by, reason=reason)


@action(label=_("Places no longer served"))
def end_places(
    rows: QuerySet[ServedPlace], *, on: dt.date | None, by: Actor | None, reason: str
) -> None:
    """End that places are served from a day on; without a day the entries are void."""
    for place in rows.order_by("pk").select_for_update(of=("self",)):
        close_place(place, on=on, by=by, reason=reason)


def close_place(
    place: ServedPlace, *, on: dt.date | None, by: Actor | None, reason: str
) -> None:
    """End a place that is locked, or void the entry if it began on the day or later."""
    organization = place.organization_id
    if on is None or on <= place.starts_on:
        place.save(update_fields=place.void(reason))
        visits = place.visits.filter(voided_at=None)
        days = visits.values_list("visited_on", flat=True)
        request_recount([(organization, day) for day in days])
        audit.record_void(place, by=by, organization_id=organization, reason=reason)
        return
    place.ends_on = on
    place.save(update_fields=["ends_on"])
    audit.record(
        place,
        by=by,
        organization_id=organization,
        after=audit.snapshot(place, "ends_on"),
        reason=reason,
    )


@action(label=_("Places served again"))
def reopen_places(
    rows: QuerySet[ServedPlace], *, on: dt.date, by: Actor | None
) -> None:
    """Let places be served again that were left on a day by mistake.

    Not those that have ended since, or where somebody else is there since.
    """
    ended = rows.filter(ends_on=on, organization__ended_on=None).order_by("pk")
    for place in ended.select_for_update(of=("self",)):
        if _is_gone([place.holding, place.body]):
            continue
        before = audit.snapshot(place, "ends_on")
        place.ends_on = None
        try:
            validate(place)
        except ConstraintViolated:
            continue
        place.save(update_fields=["ends_on"])
        audit.record(
            place,
            by=by,
            organization_id=place.organization_id,
            before=before,
            after=audit.snapshot(place, "ends_on"),
        )


def _is_gone(servers: Iterable[SeatHolding | Body | None]) -> bool:
    return any(
        one is not None and (one.ends_on is not None or one.voided_at is not None)
        for one in servers
    )


@action(label=_("Pay or filing ended with the seat"))
def end_pay(
    rows: QuerySet[Any], *, on: dt.date | None, by: Actor | None, reason: str
) -> None:
    """End pay or a filing with the seat; without a day, or if later, it is void."""
    for pay in rows.order_by("pk").select_for_update(of=("self",)):
        place = pay.holding.seat.body.organization_id
        if on is None or on <= pay.starts_on:
            pay.save(update_fields=pay.void(reason))
            audit.record_void(
                pay,
                by=by,
                organization_id=place,
                reason=reason,
                values=audit.snapshot(pay, *LOGGED),
            )
            continue
        pay.ends_on = on
        pay.save(update_fields=["ends_on"])
        audit.record(
            pay,
            by=by,
            organization_id=place,
            after=audit.snapshot(pay, "ends_on"),
            reason=reason,
        )


@action(label=_("Pay or filing goes on with the seat"))
def reopen_pay(
    rows: QuerySet[Any], *, on: dt.date, by: Actor | None, reason: str
) -> None:
    """Let pay or a filing go on that ended with a seat, on that day, by mistake."""
    for pay in rows.filter(ends_on=on).select_for_update(of=("self",)):
        before = audit.snapshot(pay, "ends_on")
        pay.ends_on = None
        pay.save(update_fields=["ends_on"])
        audit.record(
            pay,
            by=by,
            organization_id=pay.holding.seat.body.organization_id,
            before=before,
            after=audit.snapshot(pay, "ends_on"),
            reason=reason,
        )
