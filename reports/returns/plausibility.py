"""Compare a number with the place's own recent months, to notice what is odd."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from core.months import last_day, shift_month, today
from figures.definitions import Kind, indicators
from reports.models import MonthlyReturn, PublishedMonth
from reports.returns.balance import ADJUSTMENT

MONTHS_BACK = 12
TIMES, MORE = 3, 50
ENOUGH_MONTHS = 3
STEADY, FEW = 5, 10


class Missing(TextChoices):
    """Why there is no number of the month before: none of these is a zero."""

    NO_RECORDS = "no_records", pgettext_lazy("number", "no records")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("number", "not accepted")
    NOT_ASKED = "not_asked", pgettext_lazy("number", "not applicable")


class Odd(Enum):
    """In which way a number is odd against the place's own history."""

    FAR_ABOVE = auto()
    NONE_AT_ALL = auto()
    FAR_FROM_LAST = auto()


@dataclass(frozen=True, slots=True)
class RecentMonths:
    """What a community published in the twelve months before, by month.

    `filed` says whether it has a return of the month before, accepted or not.
    """

    month: dt.date
    figures: Mapping[dt.date, Mapping[str, Decimal]]
    filed: bool = False

    def last(self, indicator: str) -> Decimal | None:
        """Return the number of the month before; None if none was published."""
        return self.figures.get(shift_month(self.month, -1), {}).get(indicator)

    def why_no_last(self, indicator: str) -> Missing | None:
        """Return why the month before has no number; None if it has one."""
        before = self.figures.get(shift_month(self.month, -1))
        if before is None:
            return Missing.NOT_ACCEPTED if self.filed else Missing.NO_RECORDS
        return None if indicator in before else Missing.NOT_ASKED

    def known(self, indicator: str) -> list[Decimal]:
        """Return the published numbers of the twelve months."""
        rows = self.figures.values()
        return [row[indicator] for row in rows if indicator in row]

    def largest(self, indicator: str) -> Decimal | None:
        """Return the largest number of the twelve months; None if there is none."""
        return max(self.known(indicator), default=None)


def recent_months(organization_id: int, month: dt.date) -> RecentMonths:
    """Read what a community published in the twelve months before a month."""
    return recent_months_of([organization_id], month)[organization_id]


def recent_months_of(ids: list[int], month: dt.date) -> dict[int, RecentMonths]:
    """Read what communities published in the twelve months before, by community."""
    rows = PublishedMonth.objects.filter(
        organization__in=ids,
        month__lt=month,
        month__gte=shift_month(month, -MONTHS_BACK),
    )
    figures: dict[int, dict[dt.date, Mapping[str, Decimal]]] = {pk: {} for pk in ids}
    for pk, when, values in rows.read_figures():
        figures[pk][when] = values
    before = MonthlyReturn.objects.filter(
        organization__in=ids, month=shift_month(month, -1)
    )
    filed = set(before.values_list("organization_id", flat=True))
    return {pk: RecentMonths(month, figures[pk], pk in filed) for pk in ids}


def odd_above(computed: Decimal, largest: Decimal | None) -> Decimal:
    """Return the number above which a reported one is odd.

    The yardstick is the larger of what the records say and the largest number of the
    last twelve months. Odd is what exceeds it threefold and by more than fifty: small
    communities may triple two meetings, large ones may have fifty claims more. An odd
    number is asked about once more and marked for the reviewer; it is not refused.
    """
    yardstick = max(computed, largest or Decimal())
    return max(TIMES * yardstick, yardstick + MORE)


def find_oddity(
    indicator: str, reported: Decimal, computed: Decimal, recent: RecentMonths
) -> Odd | None:
    """Return in which way a reported number is odd; None if it is as one expects.

    Nothing at all is odd where each of at least three known months had something, once
    the month is over. A number at month end is odd where it is more than a fifth, and
    more than ten, away from the month before. Marks are looked at; nothing is refused.
    """
    if reported > odd_above(computed, recent.largest(indicator)):
        return Odd.FAR_ABOVE
    if indicator == ADJUSTMENT:
        return None
    known, last = recent.known(indicator), recent.last(indicator)
    is_over = today() > last_day(recent.month)
    if not reported and is_over and len(known) >= ENOUGH_MONTHS and all(known):
        return Odd.NONE_AT_ALL
    is_stock = indicators.get(indicator).kind == Kind.STOCK
    if is_stock and last is not None:
        away = abs(reported - last)
        if away > max(last / STEADY, Decimal(FEW)):
            return Odd.FAR_FROM_LAST
    return None
