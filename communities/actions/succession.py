"""Dated rows of which one follows the other: pay, standards, filings, covers."""

import datetime as dt
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from communities.models import PayStandard, SeatFiling, SeatHolding, SeatPay, UnitCover
from communities.staffing_errors import AfterTheSeat, BeforeTheSeat, EntryVoided
from core.db.constraints import validate

R = TypeVar("R", SeatPay, PayStandard, SeatFiling, UnitCover)


def follow(rows: QuerySet[R], row: R) -> None:
    """Save a row that begins on a day, and end there the one that went on.

    `rows` are those of which one holds at a time.
    """
    for former in rows.select_for_update(of=("self",)).filter(
        ends_on=row.ends_on, starts_on__lt=row.starts_on
    ):
        former.ends_on = row.starts_on
        former.save(update_fields=["ends_on"])
    validate(row)
    row.save()


def void_following(rows: QuerySet[R], row: R, reason: str) -> None:
    """Void a row, and let the one that it followed go on as long as it did."""
    refuse_voided(row)
    row.save(update_fields=row.void(reason))
    for former in rows.select_for_update(of=("self",)).filter(ends_on=row.starts_on):
        former.ends_on = row.ends_on
        former.save(update_fields=["ends_on"])


def refuse_voided(row: SeatPay | PayStandard | SeatFiling | UnitCover) -> None:
    """Refuse to void an entry twice."""
    if row.voided_at is not None:
        day: dt.date = timezone.localdate(row.voided_at)
        raise EntryVoided(day=day)


def refuse_outside(holding: SeatHolding, day: dt.date) -> None:
    """Refuse a day on which somebody did not hold the seat."""
    if day < holding.starts_on:
        raise BeforeTheSeat(name=holding.holder_name, first=holding.starts_on, day=day)
    if holding.until is not None and day > holding.until:
        raise AfterTheSeat(name=holding.holder_name, last=holding.until, day=day)
