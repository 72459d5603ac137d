"""What goes along when an organization is dissolved into another, or ends with it."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.actors import Actor
from core.registries.registry import Registry
from core.text import StrOrPromise
from organizations.large_decisions import report_moved
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

    Where the decision was a mistake, `take_back` gets the row and what `remember`
    returned for it before it went along; `merge` says then where it had been (`source`)
    and why it goes back. Rows without `take_back` stay as they are. `keeps` names
    relations to records, of which none may have come since. With `revives`, rows that
    were voided because they began on the day or later are given to `take_back` too.
    """

    key: str
    words: StrOrPromise
    open_rows: Callable[[], QuerySet[Any]]
    move: Callable[[Any, Merge], object]
    column: str = "organization"
    within_return: bool = False
    also_ends: Callable[[Any, Organization], Iterable[Any]] | None = None
    take_back: Callable[[Any, Merge, Any], object] | None = None
    remember: Callable[[Any], Any] | None = None
    keeps: tuple[str, ...] = ()
    revives: bool = False

    def rows_of(self, organization: Organization) -> QuerySet[Any]:
        """Return the rows that would go along from an organization."""
        return self.open_rows().filter(**{self.column: organization.pk})

    def count_kept(self, keys: Iterable[int]) -> dict[str, int]:
        """Return how many records rest on rows, by what `keeps` names."""
        model, counts = self.open_rows().model, {}
        for name in self.keeps:
            relation: Any = model._meta.get_field(name)
            rows = relation.related_model._default_manager
            on_rows = {f"{relation.field.name}__in": [*keys]}
            counts[name] = rows.filter(**on_rows).count()
        return counts


mergers: Registry[Merger] = Registry("Merger")
SPLITTING = "members.affiliations"
"""Whose rows are chosen when an organization is split."""


@dataclass(frozen=True, slots=True)
class Moving:
    """Rows of one kind that go along: what is said of them, and which they are."""

    merger: Merger
    rows: list[Any]

    @property
    def words(self) -> str:
        """How many there are, in words."""
        return str(self.merger.words) % {"count": len(self.rows)}

    @property
    def names(self) -> list[str]:
        """What the rows are called; more is said of those that share a name."""
        names = [str(row) for row in self.rows]
        times = Counter(names)
        return [
            one if times[one] == 1 else str(getattr(row, "choice_label", one))
            for one, row in zip(names, self.rows, strict=True)
        ]


def list_ending(moving: Iterable[Moving], place: Organization) -> list[Any]:
    """Return what ends because rows go to a place."""
    return [
        lost
        for kind in moving
        if kind.merger.also_ends is not None
        for row in kind.rows
        for lost in kind.merger.also_ends(row, place)
    ]


def list_moving(organization: Organization, *, in_return: bool) -> Iterator[Moving]:
    """Yield what goes along from an organization, kind by kind."""
    for merger in mergers:
        if merger.within_return and not in_return:
            continue
        if rows := list(merger.rows_of(organization).order_by("pk")):
            yield Moving(merger, rows)


def remember_rows(moving: Iterable[Moving], place: Organization) -> dict[str, Any]:
    """Return what is needed to take rows back that are about to go to a place."""
    kinds = [*moving]
    lost: dict[str, list[int]] = {}
    for row in list_ending(kinds, place):
        lost.setdefault(row._meta.label, []).append(row.pk)
    rows = {
        kind.merger.key: [
            [row.pk, kind.merger.remember(row) if kind.merger.remember else None]
            for row in kind.rows
        ]
        for kind in kinds
    }
    kept = {
        kind.merger.key: kind.merger.count_kept(row.pk for row in kind.rows)
        for kind in kinds
        if kind.merger.keeps
    }
    return {"rows": rows, "kept": kept, "lost": lost}


def move_rows(moving: Iterable[Moving], merge: Merge) -> list[str]:
    """Let the rows go along; return in words how many did."""
    kinds, words, moved = [*moving], [], 0
    every = sum(len(kind.rows) for kind in kinds)
    for kind in kinds:
        for row in kind.rows:
            kind.merger.move(row, merge)
            moved += 1
            report_moved(moved, every)
        words.append(kind.words)
    return words
