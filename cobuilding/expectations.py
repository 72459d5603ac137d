"""What a target is expected to have reached, month by month."""

import datetime as dt
from decimal import Decimal

from cobuilding.models import Target
from core.months import month_of, months_between, shift_month, today

CENT = Decimal("0.01")


def expected_in(target: Target, month: dt.date, day: dt.date | None = None) -> Decimal:
    """Return the value expected on a day; in a running month, the last one's."""
    day = day or today()
    if month < month_of(day) or target.due_on < day:
        return expected_by(target, month)
    return expected_by(target, shift_month(month_of(day), -1))


def expected_by(target: Target, month: dt.date) -> Decimal:
    """Return the value expected by the end of a month, growing evenly to the goal.

    Growth begins with the first whole month after signing, so that nothing is late on
    the day of signing.
    """
    first = first_whole_month(beginning_of(target))
    total = max(len(months_between(first, month_of(target.due_on))), 1)
    gone = min(len(months_between(first, month)), total)
    if month >= month_of(target.due_on):
        gone = total
    expected: Decimal = target.start + (target.goal - target.start) * gone / total
    return expected.quantize(CENT)


def beginning_of(target: Target) -> dt.date:
    """Return the day from which progress is expected.

    That is the latest of three days: the first days of agreement and project, and the
    day of the second signature.
    """
    agreement = target.agreement
    days = (agreement.starts_on, target.project.starts_on, agreement.in_force_on)
    return max(day for day in days if day is not None)


def first_whole_month(day: dt.date) -> dt.date:
    """Return the month of a first day of a month, else the following month."""
    month = month_of(day)
    return month if day == month else shift_month(month, 1)
