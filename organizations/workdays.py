"""Which days the office works: its own overrides first, then the official calendar."""

import datetime as dt

import chinese_calendar

from organizations.models import WorkdayOverride

SATURDAY = 5
# The longest run of days off is that of the Spring Festival, with the days around it.
LOOK_AHEAD = 31


def first_workday_from(day: dt.date) -> dt.date:
    """Return the day itself if the office works then, else the next working day."""
    days = [day + dt.timedelta(days=later) for later in range(LOOK_AHEAD)]
    overrides = dict(
        WorkdayOverride.objects.filter(day__in=days).values_list("day", "works")
    )
    working = (one for one in days if overrides.get(one, works_by_calendar(one)))
    return next(working, day)


def works_by_calendar(day: dt.date) -> bool:
    """Whether it is a working day by the official calendar, make-up days included.

    The calendar of a year is published in the autumn before; until then Monday to
    Friday are working days.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY
