"""Add a place's months up to a quarter or a year.

What happened within the months is added up; a number at month end is that of the last
month, the opening that of the first: a community that was not there then has none. What
is counted once however often it occurs is counted anew over the rows of all months.

Between two months a branch may be placed under another community, and a return may be
corrected after it was sent: then a month opens with another number than the last one
closed with. The adjustment of a period has that too, so that its balance adds up.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from django.db.models import Min, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import format_month
from core.months import month_of, months_between, shift_month, today
from figures.definitions import Kind, indicators
from figures.models import Figure
from figures.sums import ZERO
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, get_organization_at
from reports.models import ReturnFormLine
from reports.returns.balance import ADJUSTMENT, CLOSING, OPENING
from reports.returns.year_totals import recount_distinct
from reports.workbooks.summary import Summary, SummaryRow, build_summary

MONTHS_OF_A_QUARTER = 3
Report = Callable[[int, int], None]
"""Told how many of how many months are read."""


class PeriodKind(TextChoices):
    """What a workbook of several months is."""

    MONTH = "month", gettext_lazy("Month")
    QUARTER = "quarter", gettext_lazy("Quarter")
    YEAR = "year", gettext_lazy("Year")
    COMPARISON = "compare", gettext_lazy("Comparison of months")


class HowFormed(TextChoices):
    """How the number of a period comes from those of its months."""

    ADDED_UP = "added", gettext_lazy("added up over the months")
    ADJUSTED = (
        "adjusted",
        gettext_lazy("added up over the months, with what changed between them"),
    )
    RECOUNTED = "recounted", gettext_lazy("counted anew over the months, each once")
    FIRST = "first", gettext_lazy("as it was at the beginning")
    LAST = "last", gettext_lazy("as it is at the end")


@dataclass(frozen=True, slots=True)
class Period:
    """Some months that follow one another; those to come are left away."""

    kind: PeriodKind
    first: dt.date
    last: dt.date

    @property
    def months(self) -> list[dt.date]:
        """The months that have begun."""
        return list(months_between(self.first, min(self.last, month_of(today()))))

    @property
    def label(self) -> str:
        """What it is called: 2026年第二季度."""
        if self.kind == PeriodKind.YEAR:
            return _("Year %(year)s") % {"year": self.first.year}
        if self.kind == PeriodKind.QUARTER:
            number = (self.first.month - 1) // MONTHS_OF_A_QUARTER + 1
            values = {"year": self.first.year, "number": number}
            return _("Quarter %(number)s of %(year)s") % values
        if self.kind == PeriodKind.MONTH:
            return format_month(self.first)
        return f"{format_month(self.first)}—{format_month(self.last)}"


def period_of(kind: PeriodKind, month: dt.date) -> Period:
    """Return the month itself, or the quarter or the year in which it lies."""
    if kind == PeriodKind.MONTH:
        return Period(kind, month, month)
    if kind == PeriodKind.YEAR:
        return Period(kind, month.replace(month=1), month.replace(month=12))
    back = (month.month - 1) % MONTHS_OF_A_QUARTER
    first = shift_month(month, -back)
    return Period(kind, first, shift_month(first, MONTHS_OF_A_QUARTER - 1))


def how_formed(key: str) -> HowFormed:
    """Return how the number of a period comes from those of its months."""
    if key == OPENING:
        return HowFormed.FIRST
    if key == ADJUSTMENT:
        return HowFormed.ADJUSTED
    if key not in indicators:
        return HowFormed.ADDED_UP
    indicator = indicators.get(key)
    if indicator.kind == Kind.STOCK:
        return HowFormed.LAST
    return HowFormed.RECOUNTED if indicator.distinct else HowFormed.ADDED_UP


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One community over a period; a month in which it had no return is missing."""

    pk: int
    street: str
    name: str
    months: Mapping[dt.date, SummaryRow]
    values: Mapping[str, Decimal | None] = field(default_factory=dict)
    regrouped: Decimal = ZERO
    """By how much its months open with more than those before closed with."""


@dataclass(frozen=True, slots=True)
class PeriodSummary:
    """A place over a period: its communities, and the months that were counted."""

    organization: OrganizationAt
    period: Period
    title: str
    lines: Sequence[ReturnFormLine]
    rows: Sequence[PeriodRow]
    counted: Mapping[dt.date, Summary]
    totals: Mapping[str, Decimal | None]

    def total_in(self, month: dt.date, key: str) -> Decimal | None:
        """Return the sum of a month's rows; None if the month was not counted."""
        if month not in self.counted:
            return None
        rows = self.counted[month].rows
        return sum((row.values.get(key, ZERO) for row in rows), ZERO)


def read_period(
    organization: Organization, period: Period, report: Report = lambda _n, _all: None
) -> PeriodSummary | None:
    """Return a place over a period; None if none of its months was counted."""
    counted = _read_months(organization, period, report)
    if not counted:
        return None
    latest = counted[max(counted)]
    rows = _join_rows(counted.values())
    keys = [line.indicator for line in latest.lines]
    months = list(counted)
    return PeriodSummary(
        latest.organization,
        period,
        latest.title,
        latest.lines,
        [_with_values(row, keys, months) for row in rows],
        counted,
        _read_totals(organization, counted, keys),
    )


def _read_months(
    organization: Organization, period: Period, report: Report
) -> dict[dt.date, Summary]:
    began = Figure.objects.below(organization).aggregate(month=Min("month"))["month"]
    months, counted = period.months, dict[dt.date, Summary]()
    for done, month in enumerate(months, start=1):
        place = get_organization_at(organization.pk, month)
        if place is not None and began is not None and began <= month:
            summary = build_summary(place, month)
            if summary is not None:
                counted[month] = summary
        report(done, len(months))
    return counted


def _join_rows(summaries: Iterable[Summary]) -> list[PeriodRow]:
    """Return the communities of all months, in the order of the last one."""
    months: dict[int, dict[dt.date, SummaryRow]] = {}
    latest: dict[int, SummaryRow] = {}
    for summary in summaries:
        for row in summary.rows:
            months.setdefault(row.pk, {})[summary.month] = row
            latest.pop(row.pk, None)
            latest[row.pk] = row
    return [PeriodRow(pk, r.street, r.name, months[pk]) for pk, r in latest.items()]


def _with_values(
    row: PeriodRow, keys: Iterable[str], months: Sequence[dt.date]
) -> PeriodRow:
    counted = replace(row, regrouped=_regrouped(row, months))
    return replace(
        counted, values={key: _value_of(counted, key, months) for key in keys}
    )


def _regrouped(row: PeriodRow, months: Sequence[dt.date]) -> Decimal:
    """Return by how much months open with more than those before closed with."""
    openings = (_value_in(row, OPENING, month) or ZERO for month in months[1:])
    closings = (_value_in(row, CLOSING, month) or ZERO for month in months[:-1])
    return sum(openings, ZERO) - sum(closings, ZERO)


def _value_in(row: PeriodRow, key: str, month: dt.date) -> Decimal | None:
    """Return a community's number of a month; None if it was not there then."""
    return row.months[month].values.get(key) if month in row.months else None


def _value_of(row: PeriodRow, key: str, months: Sequence[dt.date]) -> Decimal | None:
    how = how_formed(key)
    if how == HowFormed.RECOUNTED:
        return recount_distinct(indicators.get(key), row.pk, row.months)
    if how == HowFormed.FIRST:
        return _value_in(row, key, months[0])
    if how == HowFormed.LAST:
        return _value_in(row, key, months[-1])
    total = sum((one.values.get(key, ZERO) for one in row.months.values()), ZERO)
    return total + row.regrouped if how == HowFormed.ADJUSTED else total


def _read_totals(
    organization: Organization, counted: Mapping[dt.date, Summary], keys: Iterable[str]
) -> dict[str, Decimal | None]:
    """Return what may not be added up over the rows, counted for the place itself."""
    return {
        key: recount_distinct(indicators.get(key), organization.pk, counted)
        for key in keys
        if how_formed(key) == HowFormed.RECOUNTED
    }
