"""Columns that a reader chooses for a list: on the page, in Excel and in CSV alike.

Each list lets its reader hide columns; a table names in `further_columns` those that it
shows only when they are asked for. What is chosen stands in the address, as
`columns=…`, so it holds for the page, for its files and for whoever is sent the
address. It is kept for the person as well, for an address that names none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.actors import Actor
from core.text import StrOrPromise

COLUMNS = "columns"
FEWEST = 2  # columns besides the first: with fewer there is nothing to choose
"""The part of an address that names the columns of a list."""


def _as_they_are(rows: Any, _reader: Actor) -> Any:
    return rows


def anybody(_reader: Actor) -> bool:
    """Permit a column to whoever may open its list."""
    return True


@dataclass(frozen=True, slots=True)
class FurtherColumn:
    """How a column that is shown only when chosen is read, by whom, and its record.

    `read` adds to the query what the column needs; `permitted` says who may choose it.
    Whoever looks at a `recorded` one is recorded, as whoever opens the row's page is.
    """

    read: Callable[[Any, Actor], Any] = _as_they_are
    permitted: Callable[[Actor], bool] = anybody
    recorded: bool = False


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column as it is offered to a reader."""

    name: str
    label: StrOrPromise
    chosen: bool


def asked_columns(request: HttpRequest | None) -> Sequence[str]:
    """Return the columns that an address names, whether or not a list has them."""
    return request.GET.getlist(COLUMNS) if request is not None else []
