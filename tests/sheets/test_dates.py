"""Unambiguous dates are read, all others are refused."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets.read.cells import BLANK, Cell, Kind, Precision
from sheets.read.dates import ReadDate, read_date
from sheets.read.number_formats import make_date_cell
from sheets.read.value_errors import (
    BadDate,
    BareYear,
    DateAsNumber,
    DayInDoubt,
    LongNumber,
    NoSuchDay,
    ShortYear,
    SixDigits,
    UncomputedFormula,
    YearAsSerial,
    YearNotFirst,
)

DAYS = st.dates(dt.date(1901, 1, 1), dt.date(2099, 12, 31))
NUMERALS = "〇一二三四五六七八九"


def text(value):
    return Cell(value, value, Kind.TEXT)


def number(value, text=None):
    return Cell(value, text or str(value), Kind.NUMBER)


@given(DAYS)
def test_a_day_is_read_in_every_common_spelling(day):
    year, month, date = day.year, day.month, day.day
    spellings = [
        f"{year}.{month:02}.{date:02}",
        f"{year}.{month}.{date}",
        f"{year}/{month}/{date}",
        f"{year}-{month:02}-{date:02}",
        f"{year}年{month}月{date}日",
        f"{year} 年 {month} 月 {date} 号",
        f"{year}．{month}．{date}",
        f"{year}。{month}。{date}",
        f"{year} {month} {date}",
        f"{year}{month:02}{date:02}",
        f"{year}-{month:02}-{date:02} 00:00:00",
        f"{year}-{month:02}-{date:02}T08:30:00",
        f"'{year}.{month:02}.{date:02}",
    ]

    assert {read_date(text(spelling)) for spelling in spellings} == {
        ReadDate(day, Precision.DAY)
    }


@given(DAYS)
def test_a_day_is_read_in_chinese_numerals(day):
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    month, date = (_numeral(part) for part in (day.month, day.day))

    assert read_date(text(f"{year}年{month}月{date}日")) == ReadDate(day, Precision.DAY)


def _numeral(number):
    tens, ones = divmod(number, 10)
    ten = "" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十"
    return ten + (NUMERALS[ones] if ones else "")


@pytest.mark.parametrize(
    "typed",
    [
        "1978-07",
        "1978.7",
        "1978.07.",
        "1978年7月",
        "1978年07月",
        "1978 年 07 月",
        "１９７８．０７",
        "1978/07",
        "197807",
        "一九七八年七月",
    ],
)
def test_a_month_is_read_as_its_first_day_with_its_precision(typed):
    assert read_date(text(typed)) == ReadDate(dt.date(1978, 7, 1), Precision.MONTH)


@pytest.mark.parametrize(
    "cell",
    [
        *map(text, ["1978", "1978年", "一九七八年", "1978."]),
        number(1978),
        make_date_cell(dt.date(1978, 1, 1), 0, Precision.YEAR),
    ],
)
def test_a_year_alone_is_not_a_date(cell):
    with pytest.raises(BareYear):
        read_date(cell)


@pytest.mark.parametrize("digits", range(9, 20))
@pytest.mark.parametrize("typed", [text, lambda value: number(int(value), value)])
def test_a_time_stamp_or_a_telephone_is_refused_as_a_long_number(digits, typed):
    with pytest.raises(LongNumber):
        read_date(typed("1277913600000000000"[:digits]))


MIDNIGHT = dt.time()
SHANGHAI = ZoneInfo("Asia/Shanghai")
ZONES = [dt.timezone(dt.timedelta(hours=hours)) for hours in (-5, 0, 8, 9)]


def write_moment(moment):
    """Write a moment with its zone as programs do."""
    sign = f"{moment:%z}"
    colon = f"{sign[:3]}:{sign[3:]}"
    spellings = [
        f"{moment:%Y-%m-%d %H:%M:%S} {colon}",
        f"{moment:%Y-%m-%dT%H:%M:%S}{colon}",
        f"{moment:%Y-%m-%dT%H:%M:%S.000}{sign}",
        f"{moment:%Y/%m/%d %H:%M} GMT{sign}",
        f"{moment:%a %b %d %Y %H:%M:%S} GMT{sign} (中国标准时间)",
        f"{moment:%a %b %d %Y %H:%M:%S} GMT{sign} (China Standard Time)",
    ]
    if sign == "+0000":
        spellings += [
            f"{moment:%Y-%m-%dT%H:%M:%S.000Z}",
            f"{moment:%a, %d %b %Y %H:%M:%S} GMT",
            f"{moment:%Y-%m-%d %H:%M:%S} UTC",
        ]
    return spellings


@given(DAYS, st.sampled_from(ZONES), st.integers(-119, 119))
def test_midnight_in_shanghai_is_its_day_in_every_zone_and_spelling(day, zone, off):
    midnight = dt.datetime.combine(day, MIDNIGHT, SHANGHAI).astimezone(zone)
    # Spellings without seconds cut some off, which must not go below the two minutes.
    moment = midnight + dt.timedelta(seconds=max(off, -60))

    assert {read_date(text(typed)) for typed in write_moment(moment)} == {
        ReadDate(day, Precision.DAY)
    }


@given(st.integers(-2_100_000_000, 4_000_000_000))
def test_any_moment_with_a_zone_is_its_day_in_shanghai(seconds):
    utc = dt.datetime.fromtimestamp(seconds, dt.UTC)
    expected = (utc + dt.timedelta(seconds=120)).astimezone(SHANGHAI).date()

    assert read_date(text(f"{utc:%Y-%m-%dT%H:%M:%SZ}")) == ReadDate(
        expected, Precision.DAY
    )


@pytest.mark.parametrize(
    "typed",
    [
        "2010-06-30 23:59:17",
        "2010-06-30T23:59:17",
        "2010.6.30 23:58",
        "2010年6月30日23时59分17秒",
        "2010年6月30日 下午11:59",
        "2010/6/30 11:59 PM",
        "2010-07-01 00:01:59",
        "2010-07-01 8:30",
        "2010-07-01 上午12:00",
        "2010-07-01 12:00 PM",
        "2010-06-30T16:00:00.000Z",
        "2010-06-30T15:59:17Z",
        "2010-07-01T00:00:00+08:00",
        "Thu Jul 01 2010 00:00:00 GMT+0800 (中国标准时间)",
    ],
)
def test_a_moment_is_a_day_in_shanghai(typed):
    assert read_date(text(typed)) == ReadDate(dt.date(2010, 7, 1), Precision.DAY)


def test_a_cell_some_seconds_short_of_midnight_is_the_next_day():
    cell = make_date_cell(dt.date(2010, 6, 30), 86_400 - 43, Precision.DAY)

    assert read_date(cell) == ReadDate(dt.date(2010, 7, 1), Precision.DAY)


@pytest.mark.parametrize("day", [dt.date(2010, 6, 30), dt.date(1988, 6, 30)])
def test_a_time_that_may_be_midnight_in_another_zone_is_refused(day):
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), MIDNIGHT, SHANGHAI)
    utc = midnight.astimezone(dt.UTC)

    with pytest.raises(DayInDoubt):
        read_date(text(f"{utc:%Y-%m-%d %H:%M:%S}"))
    with pytest.raises(DayInDoubt):
        read_date(make_date_cell(day, utc.hour * 3600, Precision.DAY))


@pytest.mark.parametrize(
    "typed",
    [
        *["2010-06-30 25:00", "2010-06-30 12:60", "2010-06 16:00", "2010-06-30 +08:00"],
        *["2010-06-30T16:00:00+99:00", "Thu Foo 01 2010 00:00:00 GMT", "16:00"],
    ],
)
def test_a_time_that_cannot_be_read_refuses_the_date(typed):
    with pytest.raises(BadDate):
        read_date(text(typed))


def test_a_month_cell_of_the_sheet_keeps_its_precision():
    cell = make_date_cell(dt.date(1978, 7, 1), 0, Precision.MONTH)

    assert read_date(cell) == ReadDate(dt.date(1978, 7, 1), Precision.MONTH)


@pytest.mark.parametrize("typed", ["", "/", "—", "－", "无", "  "])
def test_a_dash_is_not_a_date(typed):
    assert read_date(text(typed)) is None
    assert read_date(BLANK) is None


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("1978.13.01", NoSuchDay),
        ("1978.02.30", NoSuchDay),
        ("1978.00", NoSuchDay),
        ("1978.07.00", NoSuchDay),
        ("2023-02-29", NoSuchDay),
        ("78.7.1", ShortYear),
        ("85年7月", ShortYear),
        ("780701", ShortYear),
        ("201112", SixDigits),
        ("201007", SixDigits),
        ("01/02/1978", YearNotFirst),
        ("7-1-1978", YearNotFirst),
        ("1078.7.1", BadDate),
        ("2978.7.1", BadDate),
        ("1978.7.1-1980.7.1", BadDate),
        ("1978.7.1前", BadDate),
        ("约1978年", BadDate),
        ("1978.071", BadDate),
        ("1978年7月初", BadDate),
        ("1978.7-8", BadDate),
        ("1978年7-8月", BadDate),
        ("1978年7月、8月", BadDate),
        ("1978年7日", BadDate),
        ("1978.7年", BadDate),
        ("农历1978年七月", BadDate),
        ("三月", BadDate),
        ("abc", BadDate),
    ],
)
def test_an_ambiguous_date_is_refused(typed, refusal):
    with pytest.raises(BadDate) as refused:
        read_date(text(typed))

    assert refused.type is refusal


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (19780701, ReadDate(dt.date(1978, 7, 1), Precision.DAY)),
        (197807, ReadDate(dt.date(1978, 7, 1), Precision.MONTH)),
        (1978.07, ReadDate(dt.date(1978, 7, 1), Precision.MONTH)),
        (1978.7, ReadDate(dt.date(1978, 7, 1), Precision.MONTH)),
        (1978.11, ReadDate(dt.date(1978, 11, 1), Precision.MONTH)),
        (1978.12, ReadDate(dt.date(1978, 12, 1), Precision.MONTH)),
    ],
)
def test_digits_typed_as_a_number_are_read_if_unambiguous(value, read):
    assert read_date(number(value)) == read


@pytest.mark.parametrize("value", [1978.1, 28307, 28307.5, 780701.5, -1, 0, 1978.123])
def test_other_numbers_are_not_dates(value):
    with pytest.raises(DateAsNumber):
        read_date(number(value))


def test_a_number_shown_with_a_zero_is_refused_too():
    with pytest.raises(DateAsNumber):
        read_date(number(1978.1, "1978.10"))


def test_a_year_typed_into_a_date_cell_is_not_a_day_of_1905():
    with pytest.raises(YearAsSerial):
        read_date(make_date_cell(dt.date(1905, 5, 25), 0, Precision.DAY))


def test_a_date_with_a_time_gives_its_day():
    cell = make_date_cell(dt.date(2025, 6, 30), 8 * 3600, Precision.DAY)

    assert read_date(cell) == ReadDate(dt.date(2025, 6, 30), Precision.DAY)


def test_a_boolean_and_an_uncomputed_formula_are_not_dates():
    with pytest.raises(BadDate):
        read_date(Cell(True, "TRUE", Kind.BOOLEAN))
    with pytest.raises(UncomputedFormula):
        read_date(Cell(None, "", Kind.UNCOMPUTED))
