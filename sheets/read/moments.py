"""Moments: dates with a time of day, which belong to a day in Shanghai.

Exports from the web write midnight in Shanghai as the afternoon before in UTC, or some
seconds short of midnight. Cutting the time off would give the day before.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from sheets.read.value_errors import BadDate, DayInDoubt

SHANGHAI = ZoneInfo("Asia/Shanghai")
ALMOST = dt.timedelta(minutes=2)
TIME = re.compile(
    r"""(?P<day>.*?\d(?:\s*+[日号])?)
    (?: [\sT]++ | (?<=[日号]) )
    (?P<half>上午|下午|am\b|pm\b)? \s*+
    (?P<hour>\d{1,2}) \s*+[:时点]\s*+ (?P<minute>\d{1,2}) \s*+分?
    (?: \s*+:?\s*+ (?P<second>\d{1,2}) (?:\.\d+)? \s*+秒? )?
    \s*+ (?P<half_after>am|pm)?
    \s*+ (?P<zone> Z | (?:GMT|UTC)? \s*+ [+-]\d{1,2}:?\d{2} | GMT | UTC )?
    \s*+ (?:\([^()]*\))? \s*+$""",
    re.VERBOSE | re.IGNORECASE,
)
OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})$")
MONTHS = {
    name: f"{number:02}"
    for number, name in enumerate(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1
    )
}
# As browsers write moments: Thu Jul 01 2010; Thu, 01 Jul 2010.
MONTH_FIRST = re.compile(r"[a-z]{3},?\s+([a-z]{3})\s+(\d{1,2}),?\s+(\d{4})")
DAY_FIRST = re.compile(r"[a-z]{3},?\s+(\d{1,2})\s+([a-z]{3})\s+(\d{4})")


def split_time(text: str) -> tuple[str, re.Match[str] | None]:
    """Split a text in half width into its day and the match of its time of day."""
    match = TIME.fullmatch(text.strip())
    return (_rewrite_english(match["day"]), match) if match else (text, None)


def _rewrite_english(day: str) -> str:
    """Return a day with an English month's name as year, month and day."""
    low = day.strip().lower()
    if match := MONTH_FIRST.fullmatch(low):
        month, date, year = match.groups()
    elif match := DAY_FIRST.fullmatch(low):
        date, month, year = match.groups()
    else:
        return day
    return f"{year}.{MONTHS[month]}.{date}" if month in MONTHS else day


def add_time(text: str, day: dt.date, match: re.Match[str]) -> dt.date:
    """Return the day in Shanghai of a moment; refuse a time that does not exist."""
    hour = int(match["hour"])
    half = (match["half"] or match["half_after"] or "").lower()
    if half in {"下午", "pm"} and hour < 12:
        hour += 12
    elif half in {"上午", "am"} and hour == 12:
        hour = 0
    try:
        time = dt.time(hour, int(match["minute"]), int(match["second"] or 0))
        zone = _read_zone(match["zone"])
    except ValueError as error:
        raise BadDate(text=text) from error
    return day_of_moment(text, dt.datetime.combine(day, time, zone))


def _read_zone(written: str | None) -> dt.tzinfo | None:
    if not written:
        return None
    offset = OFFSET.search(written)
    if offset is None:
        return dt.UTC
    sign, hours, minutes = offset.groups()
    size = dt.timedelta(hours=int(hours), minutes=int(minutes))
    return dt.timezone(-size if sign == "-" else size)


def day_of_moment(text: str, moment: dt.datetime) -> dt.date:
    """Return the day in Shanghai to which a moment belongs.

    Within two minutes of midnight it is rounded to it. A moment without a zone is one
    in Shanghai, unless it would be midnight there if it were one in UTC: then the day
    is ambiguous.
    """
    if moment.tzinfo is not None:
        return _nearest_midnight(moment.astimezone(SHANGHAI))[0]
    day, is_midnight = _nearest_midnight(moment)
    in_utc = moment.replace(tzinfo=dt.UTC).astimezone(SHANGHAI)
    if not is_midnight and _nearest_midnight(in_utc)[1]:
        raise DayInDoubt(text=text)
    return day


def _nearest_midnight(moment: dt.datetime) -> tuple[dt.date, bool]:
    """Return the moment's day, rounded up just before midnight; whether it is one."""
    later = moment.replace(tzinfo=None) + ALMOST
    rounded_up = later.date() > moment.date()
    since = later - dt.datetime.combine(later.date(), dt.time())
    return later.date(), rounded_up or since <= 2 * ALMOST
