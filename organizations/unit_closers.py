"""Rows that are closed when a resident unit leaves the register: roles and such."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.actors import Actor
from core.months import today
from core.registries.registry import Registry
from core.text import StrOrPromise
from organizations.models import Unit


@dataclass(frozen=True, slots=True)
class UnitEnd:
    """The end of a unit: the unit, the reason, the day, and who recorded it."""

    unit: Unit
    reason: str
    on: dt.date
    by: Actor | None


@dataclass(frozen=True, slots=True)
class UnitCloser:
    """Rows of an app that are open for a unit, and how they are closed.

    `open_rows` are those of all units, `unit` is the lookup from a row to its unit.
    `close` ends one row, in the transaction that ends the unit; `words` says on the
    page how many (`%(count)s`) were closed.
    """

    key: str
    words: StrOrPromise
    open_rows: Callable[[], QuerySet[Any]]
    close: Callable[[Any, UnitEnd], object]
    unit: str = "unit"

    def open_for(self, unit: Unit) -> QuerySet[Any]:
        """Return the rows that are open for one unit."""
        return self.open_rows().filter(**{self.unit: unit.pk})


unit_closers: Registry[UnitCloser] = Registry("Unit closer")


def close_rows_of_unit(end: UnitEnd) -> None:
    """Close what is open for a unit that ends."""
    for closer in unit_closers:
        for row in closer.open_for(end.unit):
            closer.close(row, end)


def count_rows_of_unit(unit: Unit) -> dict[str, int]:
    """Return how many rows are open for a unit, by closer."""
    return {closer.key: closer.open_for(unit).count() for closer in unit_closers}


def describe_rows_of_unit(counts: Mapping[str, int]) -> list[str]:
    """Return in words how many rows of each kind were or will be closed."""
    return [
        str(closer.words) % {"count": counts[closer.key]}
        for closer in unit_closers
        if counts.get(closer.key)
    ]


def find_unclosed_rows_of_units() -> Iterator[str]:
    """Find rows that are open for units that have left the register."""
    for closer in unit_closers:
        ended = {f"{closer.unit}__ended_on__lte": today()}
        rows = closer.open_rows().filter(**ended).order_by("pk")
        for pk in rows.values_list("pk", flat=True):
            yield f"{closer.key} {pk}"
