"""Which days the office works: its own overrides first, then the official calendar."""

import datetime as dt
from collections.abc import Iterator
from itertools import islice

import chinese_calendar

from organizations.models import WorkdayOverride

SATURDAY = 5
# The longest run of days off is that of the Spring Festival, with the days around it.
LOOK_AHEAD = 31


def first_workday_from(day: dt.date) -> dt.date:
    """Return the day itself if the office works then, else the next working day."""
    return next(_workdays_from(day, LOOK_AHEAD), day)


def workdays_after(day: dt.date, count: int) -> dt.date:
    """Return the day that lies so many working days after a day."""
    tomorrow = day + dt.timedelta(days=1)
    working = _workdays_from(tomorrow, 2 * count + LOOK_AHEAD)
    return next(islice(working, count - 1, None), day)


def _workdays_from(day: dt.date, span: int) -> Iterator[dt.date]:
    """Yield the working days among so many days, the first being the day itself."""
    days = [day + dt.timedelta(days=later) for later in range(span)]
    overrides = dict(
        WorkdayOverride.objects.filter(day__range=(days[0], days[-1])).values_list(
            "day", "works"
        )
    )
    return (one for one in days if overrides.get(one, works_by_calendar(one)))


def works_by_calendar(day: dt.date) -> bool:
    """Whether it is a working day by the official calendar, make-up days included.

    The calendar of a year is published in the autumn before; until then Monday to
    Friday are working days.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY
