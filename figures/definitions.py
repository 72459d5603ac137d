"""Figures, each defined once: what rows it counts, of which month, for which place.

An app declares `Source`s (one table as it stood in a month) and `Indicator`s over
them. The return, the dashboard, the workbook, a target's progress and the list behind
a number all read the same declaration, so they cannot disagree.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, TextChoices
from django.utils.translation import gettext_lazy as _

from core.db.querysets import Node, join_lookup, placed_on
from core.db.tree import path_range
from core.months import last_day
from core.registries.registry import Registry
from core.text import StrOrPromise


class Kind(TextChoices):
    """When a figure is taken."""

    STOCK = "stock", _("At month end")
    FLOW = "flow", _("Within the month")


Narrowing = Callable[[dt.date], Q]


def everything(_month: dt.date) -> Q:
    """No narrowing: every row of the source."""
    return Q()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list behind a number: heading and path to the value.

    `opens` is the path to the record whose page the value leads to; `decimals` the least
    decimals that a number is written with; `names_person` columns tell who somebody is.
    """

    label: StrOrPromise
    accessor: str
    opens: str = ""
    decimals: int | None = None
    names_person: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of one table that belong to a month.

    `organization` is the lookup from a row to the organization it counts for;
    `project` the one to a co-building project, where rows can bear one. `day` names
    the column that says when the fact was, where facts may count in a later month.
    """

    key: str
    label: StrOrPromise
    rows: Callable[[dt.date], QuerySet[Any]]
    columns: tuple[Column, ...]
    organization: str = "organization"
    project: str | None = None
    day: str = ""
    names_read_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: which rows of a source it counts, or which column it sums.

    `distinct` names what is counted once however often it occurs (人 rather than
    人次); such a figure is recounted at each tier, never summed. `fixed` figures may
    not be reported otherwise than computed: the record is to be corrected. `decimals`
    says to how many decimals a sum is known and written: money to two, hours to one,
    and none for what is counted.
    """

    key: str
    label: StrOrPromise
    unit: StrOrPromise
    kind: Kind
    source: Source
    where: Narrowing = everything
    total: str = ""
    distinct: str = ""
    fixed: bool = False
    decimals: int = 0

    def rows(self, month: dt.date) -> QuerySet[Any]:
        """Return the rows of the whole installation that the figure counts."""
        return self.source.rows(month).filter(self.where(month))

    def rows_within(self, node: Node, month: dt.date) -> QuerySet[Any]:
        """Return the rows that the figure counts at a node, by the month's own tree.

        The node's path must be that of the month as well.
        """
        lookup = self.source.organization
        return self.rows(month).filter(
            path_range(join_lookup(lookup, "versions"), node.path)
            & placed_on(last_day(month), lookup)
        )

    def aggregate(self, month: dt.date) -> Any:
        """Return the database expression that computes the figure over its source."""
        if self.total:
            return Sum(self.total, filter=self.where(month), default=Decimal(0))
        if self.distinct:
            return Count(self.distinct, filter=self.where(month), distinct=True)
        return Count("pk", filter=self.where(month))

    def measure(self, rows: QuerySet[Any]) -> Decimal:
        """Compute the figure over some of its rows, by a query of its own."""
        if self.total:
            found = rows.aggregate(value=Sum(self.total, default=Decimal(0)))["value"]
            return Decimal(found)
        if self.distinct:
            return Decimal(rows.values(self.distinct).distinct().count())
        return Decimal(rows.count())


indicators: Registry[Indicator] = Registry("Indicator")


@dataclass(frozen=True, slots=True)
class Preparation:
    """Rows that must be brought up to date before figures of a month are counted.

    `run` is given the month and the organizations whose figures will be counted.
    """

    key: str
    run: Callable[[dt.date, Iterable[int]], None]


preparations: Registry[Preparation] = Registry("Preparation")


def by_source(chosen: Iterable[Indicator] | None = None) -> dict[str, list[Indicator]]:
    """Group figures by their source, so that each table is read once."""
    groups: dict[str, list[Indicator]] = {}
    for indicator in indicators if chosen is None else chosen:
        groups.setdefault(indicator.source.key, []).append(indicator)
    return groups


def grouped_values(
    group: Iterable[Indicator], month: dt.date, organization_ids: Iterable[int]
) -> dict[int, dict[str, Decimal]]:
    """Compute the figures of one source for each organization, in one query."""
    wanted = list(group)
    source = wanted[0].source
    name = join_lookup(source.organization, "pk")
    rows = (
        source.rows(month)
        .filter(**{f"{name}__in": list(organization_ids)})
        .order_by()
        .values(name)
        .annotate(**{f"figure_{i.key}": i.aggregate(month) for i in wanted})
    )
    return {
        row[name]: {i.key: Decimal(row[f"figure_{i.key}"]) for i in wanted}
        for row in rows
    }
