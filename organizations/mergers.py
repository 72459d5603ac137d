"""What goes along when an organization is dissolved into another, or ends with it."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.actors import Actor
from core.registries.registry import Registry
from core.text import StrOrPromise
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class Merge:
    """An organization whose records go to another one from a day on."""

    source: Organization
    target: Organization
    on: dt.date
    by: Actor | None
    reason: str


@dataclass(frozen=True, slots=True)
class Merger:
    """Rows of an app that go along with a merge, or are ended by it.

    `open_rows` are those of all organizations, `column` leads to the organization.
    `move` takes one row. `words` says how many (`%(count)s`) there are. Rows that
    a return counts by their place go along only `within_return`: to another place that
    files for itself they stay, and block the end of the organization. `also_ends`
    returns what a row loses that goes to a place, such as seats.
    """

    key: str
    words: StrOrPromise
    open_rows: Callable[[], QuerySet[Any]]
    move: Callable[[Any, Merge], object]
    column: str = "organization"
    within_return: bool = False
    also_ends: Callable[[Any, Organization], Iterable[Any]] | None = None

    def rows_of(self, organization: Organization) -> QuerySet[Any]:
        """Return the rows that would go along from an organization."""
        return self.open_rows().filter(**{self.column: organization.pk})


mergers: Registry[Merger] = Registry("Merger")


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows of one kind that go along: what is said of them, and which they are."""

    merger: Merger
    rows: list[Any]

    @property
    def words(self) -> str:
        """How many there are, in words."""
        return str(self.merger.words) % {"count": len(self.rows)}


def list_moving(organization: Organization, *, in_return: bool) -> Iterator[Moving]:
    """Yield what goes along from an organization, kind by kind."""
    for merger in mergers:
        if merger.within_return and not in_return:
            continue
        if rows := list(merger.rows_of(organization).order_by("pk")):
            yield Moving(merger, rows)


def move_rows(moving: Iterable[Moving], merge: Merge) -> list[str]:
    """Let the rows go along; return in words how many did."""
    words = []
    for kind in moving:
        for row in kind.rows:
            kind.merger.move(row, merge)
        words.append(kind.words)
    return words
