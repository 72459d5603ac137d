"""What must always be true of live data; `manage.py verify` proves it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Invariant:
    """A statement about the data, and a search for the rows that violate it."""

    key: str
    label: StrOrPromise
    broken: Callable[[], Iterable[str]]


invariants: Registry[Invariant] = Registry("Invariant")


def overlaps(rows: QuerySet[Any], key: str) -> Iterator[str]:
    """Find versions of one key that share a day; SQLite has no constraint for it."""
    ends: dict[int, dt.date] = {}
    columns = rows.order_by(key, "starts_on").values_list(key, "starts_on", "ends_on")
    for owner, starts_on, ends_on in columns.iterator():
        if owner in ends and ends[owner] > starts_on:
            yield f"{key} {owner}: {starts_on}"
        ends[owner] = ends_on or dt.date.max
