"""Coverage: which of the rows that ought to have something have it, and which lack it.

An app declares what is expected (every community) and when a row is covered (it has a
branch). Both are asked of one set of rows, so that a share is never above 100 %.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr

from core.db.querysets import Node, join_lookup
from core.db.tree import STEP, path_range
from core.numbers import percent_of
from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Coverage:
    """A share of the rows that ought to have something.

    `expected` returns the rows of a day, `covered` the condition under which one of
    them has what it ought to have. `organization` is the lookup from a row to its
    organization; empty where the rows are organizations. `lacking` heads the list of
    those that lack it, `way_out` is the page on which a keeper puts one right.
    """

    key: str
    label: StrOrPromise
    lacking: StrOrPromise
    expected: Callable[[dt.date], QuerySet[Any]]
    covered: Callable[[dt.date], Q]
    way_out: Callable[[Any], str]
    organization: str = ""


coverages: Registry[Coverage] = Registry("Coverage")


@dataclass(frozen=True, slots=True)
class Share:
    """How many rows were expected, and how many of them are covered."""

    expected: int = 0
    covered: int = 0

    @property
    def missing(self) -> int:
        """How many lack it."""
        return self.expected - self.covered

    @property
    def percent(self) -> Decimal | None:
        """The share, rounded down: 100.0 is all of them; None where none is due."""
        return percent_of(
            Decimal(self.covered), Decimal(self.expected), rounded_down=True
        )

    def __add__(self, other: "Share") -> "Share":
        return Share(self.expected + other.expected, self.covered + other.covered)


def shares_by_child(
    wanted: Iterable[Coverage], node: Node, day: dt.date
) -> dict[str, dict[str, Share]]:
    """Return the shares of each child of a node by key and path, and of the node.

    What is expected of the same rows is counted in one query.
    """
    groups: dict[tuple[Any, str], list[Coverage]] = {}
    for coverage in wanted:
        groups.setdefault((coverage.expected, coverage.organization), []).append(
            coverage
        )
    shares: dict[str, dict[str, Share]] = {}
    for group in groups.values():
        shares |= _count_group(group, node, day)
    return shares


def _count_group(
    group: Sequence[Coverage], node: Node, day: dt.date
) -> dict[str, dict[str, Share]]:
    """Count coverages that expect the same rows."""
    first = group[0]
    path = join_lookup(first.organization, "path")
    counts = {
        f"covered_{number}": Count("pk", filter=one.covered(day), distinct=True)
        for number, one in enumerate(group)
    }
    rows = (
        _expected_below(first, node, day)
        .annotate(part=Substr(path, 1, len(node.path) + STEP))
        .values_list("part")
        .annotate(expected=Count("pk", distinct=True), **counts)
    )
    shares: dict[str, dict[str, Share]] = {one.key: {} for one in group}
    for part, expected, *covered in rows:
        for one, number in zip(group, covered, strict=True):
            shares[one.key][part] = Share(expected, number)
    return shares


def rows_lacking(coverage: Coverage, node: Node, day: dt.date) -> QuerySet[Any]:
    """Return the expected rows below a node that are not covered, in tree order."""
    path = join_lookup(coverage.organization, "path")
    below = _expected_below(coverage, node, day)
    covered = below.filter(coverage.covered(day)).order_by().values("pk")
    return below.exclude(pk__in=covered).order_by(path, "pk")


def _expected_below(coverage: Coverage, node: Node, day: dt.date) -> QuerySet[Any]:
    below = path_range(coverage.organization, node.path)
    return coverage.expected(day).filter(below).order_by()
