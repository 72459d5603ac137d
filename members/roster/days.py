"""Compare days on a roster at the precision in which they are given."""

import datetime as dt

from sheets.read import Precision, ReadDate

ADULT_AGE = 18


def truncate(day: dt.date, precision: Precision) -> dt.date:
    """Return the first day of the day's year or month, at the given precision."""
    if precision is Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision is Precision.MONTH else day


def day_if_within(day: dt.date, read_date: ReadDate) -> dt.date | None:
    """Return the day if it lies within the month or year that was read."""
    return day if truncate(day, read_date.precision) == read_date.value else None


def is_too_soon(joined: ReadDate, full: ReadDate) -> bool:
    """Whether somebody became a full member within the year of probation (R-32)."""
    if full.value <= joined.value:
        return False
    day = joined.value
    year_on = day.replace(year=day.year + 1, day=min(day.day, 28))
    return full.value < truncate(year_on, full.precision)


def is_too_young(born: dt.date | None, joined: ReadDate) -> bool:
    """Whether somebody joined before coming of age, which today's rules forbid."""
    if born is None or joined.value <= born:
        return False
    of_age = born.replace(year=born.year + ADULT_AGE, day=min(born.day, 28))
    return joined.value < truncate(of_age, joined.precision)
