"""End what hangs on a seat or a body that ends: places served, pay, filings."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
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
from core.dates import format_day
from core.db.constraints import validate
from core.errors import ConstraintViolated
from organizations.actions import request_recount

LOGGED = ("holding", "starts_on")
"""The log is read by auditors, too: it says that pay was entered, not how much."""

WITH_THE_SEAT: tuple[type[ServedPlace] | type[SeatPay] | type[SeatFiling], ...] = (
    *(ServedPlace, SeatPay, SeatFiling),
)
"""What is dated on a seat and ends with it."""
LEFT, VOIDED = "left", "voided"
"""Why rows ended with a seat: it was left, or its entry was voided."""


def ending_with_seat(holding: SeatHolding) -> Iterator[QuerySet[Any]]:
    """Yield the rows of each kind that end with a seat, whenever it is left."""
    for model in WITH_THE_SEAT:
        rows = model.objects.filter(holding=holding)
        yield rows.filter(ends_on=None) if model is ServedPlace else rows


def voided_by_leaving(holding: SeatHolding, on: dt.date) -> list[Any]:
    """Return what would be voided if a seat was left on a day: it begins no earlier."""
    return [
        row
        for rows in ending_with_seat(holding)
        for row in rows.filter(starts_on__gte=on).order_by("starts_on", "pk")
    ]


def describe_voided(rows: Iterable[Any]) -> str:
    """Name rows by what they are and since when, but not by how much."""
    return "、".join(
        gettext("%(what)s from %(day)s")
        % {"what": row._meta.verbose_name, "day": format_day(row.starts_on)}
        for row in rows
    )


def end_with_seat(
    holding: SeatHolding, *, on: dt.date, by: Actor | None, reason: str
) -> None:
    """End what somebody served and earned by a seat that they leave."""
    beyond = Q(ends_on=None) | Q(ends_on__gt=on)
    found = [rows.filter(beyond) for rows in ending_with_seat(holding)]
    _remember(holding, LEFT, found, on)
    for rows in found:
        end = end_places if rows.model is ServedPlace else end_pay
        end(rows, on=on, by=by, reason=reason)


def void_with_seat(holding: SeatHolding, *, by: Actor | None, reason: str) -> None:
    """Void what was served and earned by a seat that was held by mistake only."""
    found: list[QuerySet[Any]] = [
        model.objects.filter(holding=holding) for model in WITH_THE_SEAT
    ]
    _remember(holding, VOIDED, found, None)
    for rows in found:
        end = end_places if rows.model is ServedPlace else end_pay
        end(rows, on=None, by=by, reason=reason)


def _remember(
    holding: SeatHolding, why: str, found: Sequence[QuerySet[Any]], on: dt.date | None
) -> None:
    """Keep with a seat what ends with it, and until when each row was to last.

    Voided by it is what begins on the day or later.
    """
    note = {
        rows.model._meta.label: [
            [row.pk, str(row.ends_on or ""), on is None or on <= row.starts_on]
            for row in rows.order_by("pk")
        ]
        for rows in found
    }
    holding.ended_along = {**(holding.ended_along or {}), why: note}
    holding.save(update_fields=["ended_along"])


def reopen_with_seat(
    holding: SeatHolding,
    *,
    on: dt.date,
    by: Actor | None,
    reason: str,
    why: str = LEFT,
) -> None:
    """Let exactly that go on, or hold again, which ended with a seat held again.

    What was changed since stays as it is. Pay and filings entered since ended with the
    seat, too, and go on unless others follow.
    """
    noted = (holding.ended_along or {}).get(why)
    for model in WITH_THE_SEAT:
        kept = (noted or {}).get(model._meta.label, [])
        for key, until, was_voided in kept:
            former = dt.date.fromisoformat(until) if until else None
            row = model.all_objects.select_for_update(of=("self",)).get(pk=key)
            if _is_as_left(row, on, was_voided=was_voided):
                give_back(row, until=former, by=by, reason=reason)
        if noted is None or model is not ServedPlace:
            since = model.objects.filter(holding=holding, ends_on=on)
            since = since.exclude(pk__in=[key for key, *_rest in kept])
            for row in since.select_for_update(of=("self",)):
                give_back(row, until=None, by=by, reason=reason)
    holding.ended_along = None
    holding.save(update_fields=["ended_along"])


def _is_as_left(row: Any, on: dt.date, *, was_voided: bool) -> bool:
    """Whether a row is still as the end of its seat left it, voided or ended then."""
    if was_voided:
        return row.voided_at is not None
    return row.voided_at is None and row.ends_on == on


@action(label=_("Entry holds again with the seat or body"), former_name="reopen_pay")
def give_back(
    row: Any, *, until: dt.date | None, by: Actor | None, reason: str
) -> None:
    """Let a locked row hold again that ended or was voided with its seat or body.

    Not where its place has ended, nor beside a row that took its place since.
    """
    place = organization_of(row)
    if isinstance(row, ServedPlace) and (
        row.organization.ended_on is not None or _is_gone([row.holding, row.body])
    ):
        return
    columns = ["ends_on", "voided_at", "void_reason"]
    before = audit.snapshot(row, *columns)
    row.ends_on, row.voided_at, row.void_reason = until, None, ""
    try:
        validate(row)
    except ConstraintViolated:
        return
    row.save(update_fields=columns)
    if isinstance(row, ServedPlace):
        recount_visits(row)
    audit.record(
        row,
        by=by,
        organization_id=place,
        before=before,
        after=audit.snapshot(row, *columns),
        reason=reason,
    )


def organization_of(row: Any) -> int:
    """Return the key of the organization to whose log a row belongs."""
    if isinstance(row, ServedPlace):
        return row.organization_id
    key: int = row.holding.seat.body.organization_id
    return key


def recount_visits(place: ServedPlace) -> None:
    """Count the months again in which a place was visited."""
    visits = place.visits.filter(voided_at=None)
    request_recount(visits.values_list("organization", "visited_on"))


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
        recount_visits(place)
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
    ended = rows.filter(
        Q(ends_on=on, voided_at=None)
        | Q(voided_at__isnull=False, starts_on__gte=on, ends_on=None)
    )
    for place in ended.order_by("pk").select_for_update(of=("self",)):
        give_back(place, until=None, by=by, reason="")


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
        place = organization_of(pay)
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
