"""Declare figures once: which rows each counts, of which month, for which place.

An app declares `Source`s (the rows of one table in a month) and `Indicator`s over them.
The return, the dashboard, the workbook, a target's progress and the drill-down all read
the same declaration, so they cannot disagree.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from django.db.models import Count, Model, Q, QuerySet, Sum, TextChoices
from django.utils.translation import gettext_lazy as _

from core.db.querysets import Node, ScopedQuerySet, in_tree_on, join_lookup
from core.db.tree import path_range
from core.months import last_day, month_of, today
from core.registries.registry import Registry
from core.text import StrOrPromise
from figures.breakdowns import Breakdown
from organizations.enums import ThresholdKey
from organizations.models import Threshold


class Kind(TextChoices):
    """Whether a figure is taken at the month's end or over the month."""

    STOCK = "stock", _("At month end")
    FLOW = "flow", _("Within the month")


RowFilter = Callable[[dt.date], Q]


def match_all(_month: dt.date) -> Q:
    """Match every row of the source."""
    return Q()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a drill-down: its heading and the path to its value.

    `opens` is the path to the record whose page the value links to; `decimals` the
    least decimals of a number; `names_person` marks columns that identify a person.
    """

    label: StrOrPromise
    accessor: str
    opens: str = ""
    decimals: int | None = None
    names_person: bool = False


ChosenBand: TypeAlias = tuple[str, str]
"""The keys of a breakdown and of one of its bands."""


@cache
def _model_of(rows: Callable[[dt.date], QuerySet[Any]]) -> type[Model]:
    """Return the model of whose rows a source is made, in any month."""
    return rows(month_of(today())).model


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of one table that belong to a month.

    `organization` is the lookup from a row to the organization it counts for;
    `project` the one to a co-building project, where rows can have one. `day` names
    the column with the day of the fact, where facts may count in a later month.
    `undone` matches rows whose fact was voided afterwards, though the row stands.
    `member` is the lookup from a row to the member whose work it is, where it is one
    person's work.

    Columns that identify a person are declared `names_person`. Only readers who hold
    one of the roles `names_read_by` over the organization get these columns; with no
    role declared, nobody does. Every column whose path leads through a member has to be
    declared so.

    `breakdowns` are the ways in which each figure of the source can be split.
    `begins_with` names the indicator whose first figure says from when there are
    records: an office always has members, so months before it have no number, not 0.
    """

    key: str
    label: StrOrPromise
    rows: Callable[[dt.date], ScopedQuerySet[Any]]
    columns: tuple[Column, ...]
    organization: str = "organization"
    project: str | None = None
    member: str | None = None
    day: str = ""
    undone: Q | None = None
    names_read_by: frozenset[str] = frozenset()
    breakdowns: tuple[Breakdown, ...] = ()
    begins_with: str = ""

    def has_rows_of(self, ids: Collection[int]) -> bool:
        """Whether any row of any month counts for one of the organizations.

        Building the question for all figures of a source costs far more than this one,
        and most places have no row in most tables.
        """
        name = join_lookup(self.organization, "pk")
        rows: QuerySet[Any] = QuerySet(_model_of(self.rows))
        return rows.filter(**{f"{name}__in": ids}).exists()

    def has_any_row(self) -> bool:
        """Whether there is a row at all: without one, no figure of the source is any.

        An installation never uses some tables, and each figure of theirs costs a query
        for every month.
        """
        rows: QuerySet[Any] = QuerySet(_model_of(self.rows))
        return rows.exists()

    @property
    def names_people(self) -> bool:
        """Whether a row is about one person."""
        return any(column.names_person for column in self.columns)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: which rows of a source it counts, or which column it sums.

    `distinct` names what is counted once however often it occurs (人 rather than
    人次); such a figure is recounted at each tier, never summed. `fixed` figures are
    reported as computed: to change them, the record is corrected. `decimals` is the
    precision of the figure: two for money, one for hours, none for counts. Where the
    label contains the number of a rule, it has a placeholder, and `label_values` names
    the threshold: pages show `label_in(month)`. A figure narrowed by `in_band` says to
    which `band`.
    """

    key: str
    label: StrOrPromise
    unit: StrOrPromise
    kind: Kind
    source: Source
    where: RowFilter = match_all
    total: str = ""
    distinct: str = ""
    fixed: bool = False
    decimals: int = 0
    label_values: Mapping[str, ThresholdKey] = field(
        default_factory=dict, compare=False
    )
    band: ChosenBand | None = None

    def label_in(self, month: dt.date) -> str:
        """Return the label for a month, with the thresholds then in force."""
        return self.fill_label(str(self.label), month)

    def fill_label(self, text: str, month: dt.date | None) -> str:
        """Fill a label's placeholders with the thresholds in force at the month's end.

        Without a month, each threshold is written as N.
        """
        for name, key in self.label_values.items():
            placeholder = f"%({name})s"
            if placeholder in text:
                value = Threshold.objects.on(key, last_day(month)) if month else "N"
                text = text.replace(placeholder, f"{value}")
        return text

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """The ways to split the figure; none if bands of it could not be added up."""
        return () if self.distinct else self.source.breakdowns

    def in_band(self, breakdown: Breakdown, key: str) -> "Indicator":
        """Return the figure over the rows of one band alone, which it remembers."""

        def where(month: dt.date) -> Q:
            return self.where(month) & breakdown.matching(month, key)

        return replace(self, where=where, band=(breakdown.key, key))

    def rows(self, month: dt.date) -> ScopedQuerySet[Any]:
        """Return the rows that the figure counts, of the whole installation."""
        return self.source.rows(month).filter(self.where(month))

    def rows_within(self, node: Node, month: dt.date) -> ScopedQuerySet[Any]:
        """Return the rows that the figure counts at a node, by the month's tree.

        The node's path must be of that month, too.
        """
        lookup = self.source.organization
        return self.rows(month).filter(
            path_range(join_lookup(lookup, "versions"), node.path)
            & in_tree_on(last_day(month), lookup)
        )

    def rows_of(self, ids: Iterable[int], month: dt.date) -> ScopedQuerySet[Any]:
        """Return the rows that the figure counts at some organizations themselves."""
        name = join_lookup(self.source.organization, "pk")
        return self.rows(month).filter(**{f"{name}__in": list(ids)})

    def aggregate(self, month: dt.date) -> Any:
        """Return the database expression that computes the figure over its source."""
        if self.total:
            return Sum(self.total, filter=self.where(month), default=Decimal(0))
        if self.distinct:
            return Count(self.distinct, filter=self.where(month), distinct=True)
        return Count("pk", filter=self.where(month))

    def exact(self, value: Any) -> Decimal:
        """Return a number that the database computed, with the figure's decimals.

        SQLite sums hours as floating point: 0.1 and 0.2 must make 0.3.
        """
        return round(Decimal(value), self.decimals)

    @property
    def counts_rows(self) -> bool:
        """Whether the figure is simply the number of its rows."""
        return not (self.total or self.distinct)

    def measure(self, rows: QuerySet[Any]) -> Decimal:
        """Compute the figure over some of its rows, by a query of its own."""
        if self.total:
            total = rows.aggregate(value=Sum(self.total, default=Decimal(0)))["value"]
            return self.exact(total)
        if self.distinct:
            return Decimal(rows.values(self.distinct).distinct().count())
        return Decimal(rows.count())


indicators: Registry[Indicator] = Registry("Indicator")


@dataclass(frozen=True, slots=True)
class Preparation:
    """Derived rows that are updated before the figures of a month are counted.

    `run` is given the month and the organizations whose figures will be counted.
    """

    key: str
    run: Callable[[dt.date, Iterable[int]], None]


preparations: Registry[Preparation] = Registry("Preparation")


def group_by_source(
    chosen: Iterable[Indicator] | None = None,
) -> dict[str, list[Indicator]]:
    """Group figures by their source, so that each table is read once."""
    groups: dict[str, list[Indicator]] = {}
    for indicator in indicators if chosen is None else chosen:
        groups.setdefault(indicator.source.key, []).append(indicator)
    return groups


def values_by_organization(
    group: Iterable[Indicator], month: dt.date, organization_ids: Iterable[int]
) -> dict[int, dict[str, Decimal]]:
    """Compute the figures of one source for each organization that has rows.

    That is one query, and one before it that asks whether there is anything to count.
    """
    chosen, ids = list(group), list(organization_ids)
    source = chosen[0].source
    if not source.has_rows_of(ids):
        return {}
    name = join_lookup(source.organization, "pk")
    rows = (
        source.rows(month)
        .filter(**{f"{name}__in": ids})
        .order_by()
        .values(name)
        .annotate(**{f"figure_{i.key}": i.aggregate(month) for i in chosen})
    )
    return {
        row[name]: {i.key: i.exact(row[f"figure_{i.key}"]) for i in chosen}
        for row in rows
    }


def indicator_label(key: str, month: dt.date) -> str:
    """Return an indicator's label in a month; the key if it is no longer declared."""
    return indicators.get(key).label_in(month) if key in indicators else key
