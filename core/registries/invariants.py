"""What must always be true of live data; `manage.py verify` proves it."""

import datetime as dt
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection, transaction
from django.db.models import QuerySet

from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Invariant:
    """A statement about the data, and a search for the rows that violate it."""

    key: str
    label: StrOrPromise
    broken: Callable[[], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of proving one invariant.

    `unproved` means that the search itself failed: the lines say with which error.
    """

    key: str
    status: Literal["ok", "broken", "unproved"]
    lines: list[str]
    seconds: float

    @property
    def holds(self) -> bool:
        """Whether the statement was proved."""
        return self.status == "ok"


invariants: Registry[Invariant] = Registry("Invariant")


def prove(invariant: Invariant) -> Finding:
    """Search for rows that violate the invariant, whatever the search runs into.

    Damaged data can make a search fail. Its error is a finding like any other, so that
    one damaged table does not hide what the remaining invariants find.
    """
    began, lines = time.monotonic(), list[str]()
    status: Literal["ok", "broken", "unproved"] = "ok"
    try:
        # A failed query must not spoil a transaction that the caller has open.
        with transaction.atomic() if connection.in_atomic_block else nullcontext():
            lines.extend(_search(invariant))
        status = "broken" if lines else "ok"
    except Exception as error:  # noqa: BLE001 -- any failure is a finding
        lines.append(f"{type(error).__name__}: {error}".strip())
        status = "unproved"
    return Finding(invariant.key, status, lines, time.monotonic() - began)


def _search(invariant: Invariant) -> list[str]:
    try:
        return list(invariant.broken())
    except Exception as error:
        traceback.clear_frames(error.__traceback__)  # closes the search's cursors
        raise


def overlaps(rows: QuerySet[Any], key: str) -> Iterator[str]:
    """Find versions of one key that share a day; SQLite has no constraint for it."""
    ends: dict[int, dt.date] = {}
    columns = rows.order_by(key, "starts_on").values_list(key, "starts_on", "ends_on")
    for owner, starts_on, ends_on in columns.iterator():
        if owner in ends and ends[owner] > starts_on:
            yield f"{key} {owner}: {starts_on}"
        ends[owner] = ends_on or dt.date.max
