"""Days on a roster, held against one another as exactly as they were told."""

import datetime as dt

from sheets.read import Precision, ReadDate

OF_AGE = 18


def cut(day: dt.date, precision: Precision) -> dt.date:
    """Return the day as coarsely as another was told."""
    if precision is Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision is Precision.MONTH else day


def within(day: dt.date, told: ReadDate) -> dt.date | None:
    """Return the day itself if it lies within the month or year that was told."""
    return day if cut(day, told.precision) == told.value else None


def is_too_soon(joined: ReadDate, full: ReadDate) -> bool:
    """Whether somebody became a full member within the year of probation (R-32)."""
    if full.value <= joined.value:
        return False
    day = joined.value
    year_on = day.replace(year=day.year + 1, day=min(day.day, 28))
    return full.value < cut(year_on, full.precision)


def is_too_young(born: dt.date | None, joined: ReadDate) -> bool:
    """Whether somebody joined before coming of age, which today's rules forbid."""
    if born is None or joined.value <= born:
        return False
    of_age = born.replace(year=born.year + OF_AGE, day=min(born.day, 28))
    return joined.value < cut(of_age, joined.precision)
