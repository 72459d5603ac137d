"""Add up a return's numbers over the year, up to its month.

What happened within the months is added up, from what was published of each month
before and what the return reports. What is counted once however often it occurs is
counted anew over the rows of all the months. A number at month end has no total.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.months import shift_month
from figures.definitions import Indicator, Kind, indicators
from organizations.month_tree import get_organization_at
from reports.returns.balance import ADJUSTMENT
from reports.returns.plausibility import RecentMonths


@dataclass(frozen=True, slots=True)
class YearTotal:
    """A number over the year, and how many of its months are in it.

    `published` counts the months of the year that say anything, this one included;
    `elapsed` those that there are.
    """

    value: Decimal
    months: int
    published: int
    elapsed: int

    @property
    def is_partial(self) -> bool:
        """Whether it has fewer months than the other numbers of the return."""
        return self.months < self.published


def total_of_year(
    organization_id: int, indicator: str, reported: Decimal, recent: RecentMonths
) -> YearTotal | None:
    """Return the year's total of a number; None if it has none."""
    month = recent.month
    year = [shift_month(month, -back) for back in range(1, month.month)]
    before = [recent.figures[one] for one in year if one in recent.figures]
    known = [row[indicator] for row in before if indicator in row]
    value, months = sum(known, reported), len(known) + 1
    if indicator != ADJUSTMENT:
        declared = indicators.get(indicator)
        if declared.kind == Kind.STOCK:
            return None
        if declared.distinct:
            value = recount_distinct(declared, organization_id, [*year, month])
            months = month.month
    return YearTotal(value, months, len(before) + 1, month.month)


def recount_distinct(
    indicator: Indicator, organization_id: int, months: Iterable[dt.date]
) -> Decimal:
    """Count over the rows of several months what is counted once."""
    counted = set[object]()
    for month in months:
        place = get_organization_at(organization_id, month)
        if place is not None:
            rows = indicator.rows_within(place, month).order_by()
            counted.update(rows.values_list(indicator.distinct, flat=True).distinct())
    return Decimal(len(counted))
