"""Compute how a figure grew: month by month, or by year ends over a long history."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from core.months import months_between, shift_month
from core.numbers import format_number, percent_of
from figures.models import Figure
from organizations.month_tree import paths_over

MONTHS, YEARS = 24, 30


@dataclass(frozen=True, slots=True)
class Point:
    """The figure at the end of one month."""

    month: dt.date
    value: Decimal

    @property
    def text(self) -> str:
        """The figure as it is printed."""
        return format_number(self.value)


@dataclass(frozen=True, slots=True)
class Growth:
    """A series of points; the first is the first that is not 0."""

    points: Sequence[Point]

    @property
    def intervals(self) -> int:
        """How many steps lie between the first point and the last."""
        return max(len(self.points) - 1, 0)

    @property
    def percent(self) -> Decimal | None:
        """The growth over the first value; None without a first value."""
        if not self.intervals:
            return None
        first, last = self.points[0].value, self.points[-1].value
        return percent_of(last - first, first)

    @property
    def percent_text(self) -> str:
        """The growth as it is printed, with its sign: +140.8 %."""
        return "" if self.percent is None else f"{self.percent:+} %"


def compute_growth(organization_id: int, month: dt.date, key: str) -> Growth:
    """Return how one summed figure of an organization developed up to a month.

    Year ends are shown where the history is longer than the recent months.
    """
    year_ends = [dt.date(month.year - back, 12, 1) for back in range(YEARS, 0, -1)]
    recent = months_between(shift_month(month, -MONTHS), month)
    months = sorted({*year_ends, *recent})
    values = _total_by_month(paths_over(organization_id, months), key)
    first = next((m for m in months if values.get(m)), None)
    if first is None:
        return Growth([])
    chosen = recent if first >= recent[0] else [*year_ends, month]
    return Growth([Point(m, values.get(m, Decimal(0))) for m in chosen if m >= first])


@dataclass(frozen=True, slots=True)
class PastTotals:
    """What is counted of a place: since when, at year ends, and twelve months ago."""

    since: dt.date | None
    year_ends: Sequence[Point]
    recent: Point | None
    current: Point | None


def read_past_totals(organization_id: int, month: dt.date, key: str) -> PastTotals:
    """Return the totals of earlier years and months, as far as they were counted.

    `recent` is of twelve months ago, or of the first counted month since then.
    """
    year_ends = [dt.date(month.year - back, 12, 1) for back in range(YEARS, 0, -1)]
    months = sorted({*year_ends, *months_between(shift_month(month, -12), month)})
    values = _total_by_month(paths_over(organization_id, months), key)
    points = [Point(m, values[m]) for m in months if m in values]
    first = next((p.month for p in points if p.value), None)
    counted = [p for p in points if first is not None and p.month >= first]
    year_ago = shift_month(month, -12)
    return PastTotals(
        since=first,
        year_ends=[p for p in counted if p.month in year_ends],
        recent=next((p for p in counted if year_ago <= p.month < month), None),
        current=next((p for p in counted if p.month == month), None),
    )


def _total_by_month(paths: Mapping[dt.date, str], key: str) -> dict[dt.date, Decimal]:
    """Sum one figure for each month, at the path the organization had in that month."""
    rows = Figure.objects.own().along(paths).filter(indicator=key).order_by()
    return dict(rows.values_list("month").annotate(total=Sum("value")))
