"""How days, months and times are written where people read them.

The formats of each language are in `config/formats`: 2026年10月5日 and 2026年10月 in
Chinese, 2026-10-05 and 2026-10 in English. Templates use the same ones:
`|date`, `|date:"YEAR_MONTH_FORMAT"` and `|date:"DATETIME_FORMAT"`. Inputs, addresses,
file names and the audit log's values keep the ISO form.
"""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy

MONTH = len("2026-10")


def format_day(day: dt.date) -> str:
    """Return a day as people read it."""
    return date_format(day)


def format_month(month: dt.date) -> str:
    """Return the month of a day as people read it."""
    return date_format(month, "YEAR_MONTH_FORMAT")


def format_time(moment: dt.datetime) -> str:
    """Return a time in the office's time zone, with its day, as people read it."""
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


format_day_lazy = lazy(format_day, str)
format_month_lazy = lazy(format_month, str)


def format_iso_date(text: str) -> str:
    """Return a day or month in ISO form as people read it, any other text as it is."""
    try:
        day = dt.date.fromisoformat(f"{text}-01" if len(text) == MONTH else text)
    except ValueError:
        return text
    return format_month(day) if len(text) == MONTH else format_day(day)


def format_dates(params: Mapping[str, object]) -> dict[str, object]:
    """Return the parameters of a message with days and times as people read them."""
    return {name: _format_date(value) for name, value in params.items()}


def _format_date(value: object) -> object:
    if isinstance(value, dt.datetime):
        return format_time(value)
    return format_day(value) if isinstance(value, dt.date) else value


def format_period(start: dt.datetime, end: dt.datetime) -> str:
    """Return a period in the reader's words: day, weekday, from and to in Shanghai.

    The last day is named only where it is another one.
    """
    start, end = timezone.localtime(start), timezone.localtime(end)
    day = f"{date_format(start)} {date_format(start, 'D')} {start:%H:%M}"
    if end.date() == start.date():
        return f"{day}–{end:%H:%M}"
    return f"{day}–{date_format(end, 'MONTH_DAY_FORMAT')} {end:%H:%M}"
