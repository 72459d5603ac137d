"""What is unusual about a member's dates: a sheet flags it, a form asks about it.

None of it is impossible, but most of it is a typing error. Pages and sheets read this
one list, so that both notice the same. What is impossible is refused by constraints and
actions.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.months import today
from core.partial_dates import PartialDate, partial_date
from core.text import StrOrPromise
from members.enums import PRECISION_OF, Precision, Standing

ADULT_AGE = 18
PROBATION = dt.timedelta(days=365)
TOLERANCE = dt.timedelta(days=31)  # meetings are held a little early
LATEST_FULL = 3  # years after joining: a year, one extension, and a late meeting
# No probation from the constitution of 1969 to the one of August 1977.
NO_PROBATION = (dt.date(1969, 4, 1), dt.date(1977, 8, 31))


def known_date(name: str, values: Mapping[str, Any]) -> Any:
    """Return a value, a date only as exactly as it is known."""
    value = values.get(name)
    if name not in PRECISION_OF:
        return value
    return partial_date(value, values.get(PRECISION_OF[name], Precision.DAY))


@dataclass(frozen=True, slots=True)
class MemberDates:
    """The dates of a member that are compared, each as exactly as it is known.

    `since` is the first day on which the member belonged or checked in anywhere.
    """

    born: dt.date | None = None
    joined: PartialDate | None = None
    full: PartialDate | None = None
    standing: str = ""
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class UnusualDate:
    """Something unusual: its key among the flags of sheets, its words, its test."""

    key: str
    words: StrOrPromise
    applies: Callable[[MemberDates], bool]


def truncate(day: dt.date, precision: str) -> dt.date:
    """Return the first day of the day's year or month, at the given precision."""
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def is_too_young(dates: MemberDates) -> bool:
    """Whether somebody joined before coming of age, which today's rules forbid."""
    born, joined = dates.born, dates.joined
    if born is None or joined is None or joined.value <= born:
        return False
    of_age = _years_after(born, ADULT_AGE)
    return joined.value < truncate(of_age, joined.precision)


def is_full_on_joining(dates: MemberDates) -> bool:
    """Whether somebody became a full member on the day of joining."""
    joined, full = dates.joined, dates.full
    if joined is None or full is None or joined.value != full.value:
        return False
    exact = joined.precision == full.precision == Precision.DAY
    first, last = NO_PROBATION
    return exact and not first <= full.value <= last


def is_full_too_soon(dates: MemberDates) -> bool:
    """Whether somebody became a full member within the year of probation (R-32)."""
    joined, full = dates.joined, dates.full
    if joined is None or full is None or not NO_PROBATION[1] < joined.value:
        return False
    if full.value <= joined.value:
        return False
    return full.value < truncate(_years_after(joined.value, 1), full.precision)


def is_full_far_from_a_year(dates: MemberDates) -> bool:
    """Whether the time between joining and full membership is no probation (R-32)."""
    joined, full = dates.joined, dates.full
    if joined is None or full is None or joined.value <= NO_PROBATION[1]:
        return False
    soonest = truncate(_years_after(joined.value, 1) - TOLERANCE, full.precision)
    return full.value < soonest or is_full_late(dates)


def is_full_late(dates: MemberDates) -> bool:
    """Whether somebody became a full member years after the longest probation."""
    joined, full = dates.joined, dates.full
    if joined is None or full is None or joined.value <= NO_PROBATION[1]:
        return False
    latest = _years_after(joined.value, LATEST_FULL)
    return truncate(full.value, joined.precision) > latest


def is_full_in_probation(dates: MemberDates) -> bool:
    """Whether somebody who joined less than a year ago is a full member by no date."""
    is_full = dates.standing == Standing.FULL and dates.full is None
    return is_full and joined_lately(dates.joined.value if dates.joined else None)


def is_probation_over(dates: MemberDates) -> bool:
    """Whether somebody is probationary whose year of probation is long over (R-32)."""
    joined = dates.joined
    if joined is None or dates.standing != Standing.PROBATIONARY:
        return False
    latest = today() - PROBATION - TOLERANCE
    return joined.value < truncate(latest, joined.precision)


def is_here_before_joining(dates: MemberDates) -> bool:
    """Whether somebody belonged here before joining the Party."""
    joined, since = dates.joined, dates.since
    if joined is None or since is None:
        return False
    return truncate(since, joined.precision) < joined.value


def joined_lately(joined: dt.date | None) -> bool:
    """Whether the year of probation after joining the Party is not over (R-32)."""
    return joined is not None and joined > today() - PROBATION


def _years_after(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


UNUSUAL_DATES = (
    UnusualDate(
        "joined_young", _("joined the Party before the age of 18"), is_too_young
    ),
    UnusualDate(
        "full_same_day",
        _("full member on the day of joining, though not in 1969 to 1977"),
        is_full_on_joining,
    ),
    UnusualDate(
        "full_too_soon",
        _("full member less than a year after joining"),
        is_full_too_soon,
    ),
    UnusualDate(
        "full_late",
        _("full member more than three years after joining"),
        is_full_late,
    ),
    UnusualDate(
        "full_in_probation",
        _("joined less than a year ago, and is a full member without a date"),
        is_full_in_probation,
    ),
    UnusualDate(
        "probation_over",
        _("joined more than a year ago, and is probationary still"),
        is_probation_over,
    ),
    UnusualDate(
        "here_before_joining",
        _("belonged here before joining the Party"),
        is_here_before_joining,
    ),
)
COMPARED_FIELDS = frozenset({"join_date", "full_member_date", "standing", "id_number"})
"""The fields whose values are compared."""


def find_unusual_dates(dates: MemberDates) -> list[UnusualDate]:
    """Return what is unusual about a member's dates."""
    return [one for one in UNUSUAL_DATES if one.applies(dates)]
