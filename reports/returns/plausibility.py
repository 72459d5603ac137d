"""Compare a number with the place's own recent months, to notice what is odd."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.months import shift_month
from reports.models import PublishedMonth

MONTHS_BACK = 12
TIMES, MORE = 3, 50


@dataclass(frozen=True, slots=True)
class RecentMonths:
    """What a community published in the twelve months before, by month."""

    month: dt.date
    figures: Mapping[dt.date, Mapping[str, str]]

    def last(self, indicator: str) -> Decimal | None:
        """Return the number of the month before; None if none was published."""
        before = self.figures.get(shift_month(self.month, -1), {})
        return Decimal(before[indicator]) if indicator in before else None

    def largest(self, indicator: str) -> Decimal | None:
        """Return the largest number of the twelve months; None if there is none."""
        known = (row[indicator] for row in self.figures.values() if indicator in row)
        return max(map(Decimal, known), default=None)


def recent_months(organization_id: int, month: dt.date) -> RecentMonths:
    """Read what a community published in the twelve months before a month."""
    rows = PublishedMonth.objects.filter(
        organization=organization_id,
        month__lt=month,
        month__gte=shift_month(month, -MONTHS_BACK),
    )
    return RecentMonths(month, dict(rows.values_list("month", "figures")))


def odd_above(computed: Decimal, largest: Decimal | None) -> Decimal:
    """Return the number above which a reported one is odd.

    The yardstick is the larger of what the records say and the largest number of the
    last twelve months. Odd is what exceeds it threefold and by more than fifty: small
    communities may triple two meetings, large ones may have fifty claims more. An odd
    number is asked about once more and marked for the reviewer; it is not refused.
    """
    yardstick = max(computed, largest or Decimal())
    return max(TIMES * yardstick, yardstick + MORE)
