"""Days and months in Shanghai time; a month is its first day."""

import calendar
import datetime as dt

from django.utils import timezone

from core.errors import FutureDay


def today() -> dt.date:
    """Return today's date in the office's time zone, wherever the server is."""
    return timezone.localdate()


def refuse_future_day(day: dt.date) -> None:
    """Refuse a future day for something that has already happened."""
    if day > today():
        raise FutureDay(day=day)


def month_of(day: dt.date) -> dt.date:
    """Return the first day of the month in which the day lies."""
    return day.replace(day=1)


def last_day(month: dt.date) -> dt.date:
    """Return the month's last day; stocks are counted at its midnight."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def shift_month(month: dt.date, by: int) -> dt.date:
    """Return the month that lies `by` months later, or earlier if negative."""
    index = month.year * 12 + month.month - 1 + by
    return dt.date(index // 12, index % 12 + 1, 1)


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months earlier, or that month's last day."""
    month = shift_month(month_of(day), -months)
    return month.replace(day=min(day.day, last_day(month).day))


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day so many months later, or that month's last day."""
    return months_before(day, -months)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return the months from the first to the last, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [shift_month(first, step) for step in range(count + 1)]


def years_before(day: dt.date, years: int) -> dt.date:
    """Return the same day so many years earlier; 29 February becomes the 28th."""
    return months_before(day, 12 * years)


def full_years(since: dt.date, day: dt.date) -> int:
    """Return the full years from one day to another; of a 29 February, from 1 March."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))
