"""Dates as offices write them; ambiguous ones are refused."""

import datetime as dt
import re
from typing import NamedTuple

from sheets.read.cell_text import drop_placeholder, extract_text, to_half_width
from sheets.read.cells import Cell, Kind, Precision
from sheets.read.moments import add_time, day_of_moment, split_time
from sheets.read.value_errors import (
    BadDate,
    BareYear,
    DateAsNumber,
    LongNumber,
    NoSuchDay,
    ShortYear,
    SixDigits,
    YearAsSerial,
    YearNotFirst,
)

FIRST_YEAR, LAST_YEAR = 1900, 2100
MAX_LENGTH = 80
SEPARATORS = re.compile(r"\s*[.。、·,/\\\-–—_年月]\s*|(?<=\d)\s+(?=\d)")
PARTS = re.compile(r"(\d{4})(?:\.(\d{1,2})(?:\.(\d{1,2}))?)?")
SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})?")
LONG_NUMBER = re.compile(r"-?\d{9,}(\.\d*)?")  # as computers count time
SHORT_YEAR = re.compile(r"'?\d{2}\.\d{1,2}(\.\d{1,2})?|\d{6}")
# The third part is a second month, or a month without its unit, but not a day.
NO_DAY = re.compile(
    r"\d+\s*[.年/]\s*\d+\s*[-–—]\s*\d+|\d+\D+\d+\D+\d+\s*月|\d{4}\D+\d{1,2}\s*[年日号]"
)
NO_DATE = re.compile(r"0000[-./]00[-./]00([T ]00:00(:00)?)?")  # blank in a database
YEAR_LAST = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}")
NUMERALS = {numeral: str(digit) for digit, numeral in enumerate("〇一二三四五六七八九")}
NUMERALS |= {"零": "0", "○": "0", "Ｏ": "0"}
IN_NUMERALS = re.compile(
    "([〇○零一二三四五六七八九]{4})年(?:([元一二三四五六七八九十]{1,3})月"
    "(?:([一二三四五六七八九十廿卅]{1,3})[日号])?)?"
)
TENS = {"十": 10, "廿": 20, "卅": 30}
# A year typed into a cell in date format becomes a day of 1905.
YEARS_AS_SERIAL = (dt.date(1905, 3, 14), dt.date(1905, 9, 30))


class ReadDate(NamedTuple):
    """A date, and how much of it is known; missing parts are set to the first."""

    value: dt.date
    precision: Precision


def read_date(cell: Cell) -> ReadDate | None:
    """Return the date in the cell, or refuse it; None for a blank cell."""
    if cell.kind is Kind.DATE:
        return _read_stored(cell)
    text = drop_placeholder(extract_text(cell))
    if not text or NO_DATE.fullmatch(text.strip()):
        return None
    if cell.kind is Kind.NUMBER:
        return _read_number(cell, text)
    if cell.kind is not Kind.TEXT:
        raise BadDate(text=text)
    return _read_written(text)


def read_date_or_year(cell: Cell) -> ReadDate | None:
    """Return the date in the cell, or a year alone, to compare it with a known day."""
    try:
        return read_date(cell)
    except BareYear as refusal:
        year = dt.date(int(str(refusal.params["year"])), 1, 1)
        return ReadDate(year, Precision.YEAR)


def _read_stored(cell: Cell) -> ReadDate:
    """Read a date cell; refuse it if only a year was typed into it."""
    if not isinstance(cell.value, dt.date):
        raise BadDate(text=cell.text)
    if cell.precision is Precision.YEAR:
        raise BareYear(text=cell.text, year=cell.value.year)
    day = cell.value
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NoSuchDay(text=cell.text)
    if isinstance(day, dt.datetime):
        day = day_of_moment(cell.text, day)
    first, last = YEARS_AS_SERIAL
    if first <= day <= last:
        raise YearAsSerial(text=cell.text)
    return ReadDate(day, cell.precision or Precision.DAY)


def _read_number(cell: Cell, text: str) -> ReadDate:
    """Read 19780701 and 1978.07 typed as numbers; 1978.1 may have been 1978.10."""
    value = cell.value
    if LONG_NUMBER.fullmatch(text):
        raise LongNumber(text=text)
    if isinstance(value, float):
        year, month = divmod(round(value * 100), 100)
        exact = abs(value * 100 - round(value * 100)) < 1e-6
        if exact and month != 10 and 1 <= year // 1000 <= 2:
            # One decimal is a month of one digit: 1978.7 is not 1978.70.
            month = month // 10 if month % 10 == 0 else month
            return _make_date(text, year, month, None)
        raise DateAsNumber(text=text)
    digits = str(value)
    if SOLID.fullmatch(digits) or re.fullmatch(r"(19|20)\d{2}", digits):
        return _read_written(digits)
    raise DateAsNumber(text=text)


def _read_written(text: str) -> ReadDate:
    """Read a date in Chinese numerals, or in digits with or without separators."""
    if len(text) > MAX_LENGTH:
        raise BadDate(text=text)
    plain, time = split_time(to_half_width(text))
    date = _read_day(text, plain.strip().replace("月份", "月"))
    if time is None:
        return date
    if date.precision is not Precision.DAY:
        raise BadDate(text=text)
    return ReadDate(add_time(text, date.value, time), Precision.DAY)


def _read_day(text: str, plain: str) -> ReadDate:
    if LONG_NUMBER.fullmatch(plain):
        raise LongNumber(text=text)
    if match := IN_NUMERALS.fullmatch("".join(plain.split())):
        return _read_numerals(text, *match.groups())
    parts = SEPARATORS.sub(".", plain)
    parts = re.sub(r"\s*[日号]$", "", parts).removesuffix(".")
    if (match := PARTS.fullmatch(parts)) and not NO_DAY.fullmatch(plain):
        year, month, day = match.groups()
        return _make_date(text, int(year), _to_int(month), _to_int(day))
    if (match := SOLID.fullmatch(parts)) and not _may_begin_with_short_year(parts):
        year, month, day = match.groups()
        return _make_date(text, int(year), int(month), _to_int(day))
    raise _refusal(text, parts)


def _refusal(text: str, parts: str) -> BadDate:
    """Return the refusal that says why the text is no date."""
    if YEAR_LAST.fullmatch(parts):
        return YearNotFirst(text=text)
    if SOLID.fullmatch(parts) and FIRST_YEAR <= int(parts[:4]) <= LAST_YEAR:
        return SixDigits(text=text)
    return ShortYear(text=text) if SHORT_YEAR.fullmatch(parts) else BadDate(text=text)


def _to_int(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _may_begin_with_short_year(digits: str) -> bool:
    """Whether six digits could also be year, month and day of two digits each."""
    if len(digits) != 6:
        return False
    month, day = int(digits[2:4]), int(digits[4:])
    as_short = 1 <= month <= 12 and 1 <= day <= 31
    return as_short or not FIRST_YEAR <= int(digits[:4]) <= LAST_YEAR


def _make_date(text: str, year: int, month: int | None, day: int | None) -> ReadDate:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadDate(text=text)
    if month is None:
        raise BareYear(text=text, year=year)
    try:
        value = dt.date(year, month, 1 if day is None else day)
    except ValueError as error:
        raise NoSuchDay(text=text) from error
    return ReadDate(value, Precision.MONTH if day is None else Precision.DAY)


def _read_numerals(
    text: str, year: str, month: str | None, day: str | None
) -> ReadDate:
    digits = int("".join(NUMERALS[numeral] for numeral in year))
    return _make_date(
        text,
        digits,
        None if month is None else _read_small_numeral(month.replace("元", "一")),
        None if day is None else _read_small_numeral(day),
    )


def _read_small_numeral(numeral: str) -> int:
    """Read a number below forty: 七, 十二, 二十三, 廿三."""
    total = 0
    for character in numeral:
        if character in TENS:
            total = max(total, 1) * 10 if character == "十" else TENS[character]
        else:
            total += int(NUMERALS[character])
    return total
