"""Number formats: which ones turn a number into a date, and how numbers are shown."""

import datetime as dt
import re
from math import isfinite
from typing import NamedTuple

from sheets.read.cells import EXACT_DIGITS, Cell, Kind, Precision
from sheets.read.errors import DamagedFile

QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
DURATION = re.compile(r"\[(h+|m+|s+)\]")
ZEROS = re.compile(r"0{2,}")
FIXED = re.compile(r"(?:#,##)?0\.(0+)(%?)|0(%)")

# The built-in formats that a workbook refers to by number; 27 to 36 and 50 to 58 are
# those of Chinese editions.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-yy",
    31: "yyyy年m月d日",
    32: "h时mm分",
    33: "h时mm分ss秒",
    34: "上午/下午h时mm分",
    35: "上午/下午h时mm分ss秒",
    36: "yyyy年m月",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    50: "yyyy年m月",
    51: "m月d日",
    52: "yyyy年m月",
    53: "m月d日",
    54: "m月d日",
    55: "上午/下午h时mm分",
    56: "上午/下午h时mm分ss秒",
    57: "yyyy年m月",
    58: "m月d日",
}

LAST_SERIAL = 2_958_466  # the day after 31 December 9999
PHANTOM_DAY = 60  # 29 February 1900, which exists only in spreadsheets
SHIFT_1904 = 1462


class Format(NamedTuple):
    """How a number format shows a number."""

    kind: Kind = Kind.NUMBER
    precision: Precision | None = None
    zeros: int = 0
    decimals: int | None = None
    percent: bool = False


GENERAL = Format()


def parse_format(code: str) -> Format:
    """Parse a format code; ignore text that is quoted, escaped or in brackets."""
    if "general" in code.lower() or "通用格式" in code:
        return GENERAL
    if DURATION.search(code):
        return Format(Kind.TIME)
    bare = QUOTED.sub("", code).split(";")[0].lower().replace("am/pm", "")
    letters = set(bare)
    if letters & {"y", "d"} or "aaa" in bare:
        return Format(Kind.DATE, _find_precision(letters))
    if letters & {"h", "s"}:
        return Format(Kind.TIME)
    if "m" in letters and not letters & set("0#?"):
        return Format(Kind.DATE, Precision.DAY)
    return _parse_number_format(bare)


def _find_precision(letters: set[str]) -> Precision:
    if "d" in letters or "y" not in letters:
        return Precision.DAY
    return Precision.MONTH if "m" in letters else Precision.YEAR


def _parse_number_format(bare: str) -> Format:
    if ZEROS.fullmatch(bare):
        return Format(zeros=len(bare))
    if fixed := FIXED.fullmatch(bare):
        decimals, percent, whole_percent = fixed.groups()
        return Format(
            decimals=len(decimals or ""), percent=bool(percent or whole_percent)
        )
    return GENERAL


def make_number_cell(
    raw: str, shape: Format, *, from_1904: bool, from_formula: bool, hidden: bool
) -> Cell:
    """Return the cell of a stored number: a date if its format says so."""
    if shape is GENERAL and raw.isdecimal() and len(raw) <= EXACT_DIGITS:
        return Cell(int(raw), raw, Kind.NUMBER, from_formula, hidden)
    if shape.kind is not Kind.NUMBER:
        date_cell = _cell_from_serial(float(raw), shape, from_1904=from_1904)
        if date_cell is not None:
            return date_cell._replace(from_formula=from_formula, hidden=hidden)
    value = parse_number(raw)
    text = format_number(value, shape)
    return Cell(value, text, Kind.NUMBER, from_formula, hidden)


def parse_number(raw: str) -> int | float:
    """Return the number, as an integer if it is whole and exact."""
    if raw.isdecimal():
        return int(raw)
    number = float(raw)
    if not isfinite(number):
        raise DamagedFile
    if number.is_integer() and abs(number) < 10**EXACT_DIGITS:
        return int(number)
    return number


def format_number(value: int | float, shape: Format = GENERAL) -> str:
    """Return the number as the office sees it, long ones in scientific notation."""
    if abs(value) >= 10**EXACT_DIGITS:
        return f"{value:.5E}"
    if shape.zeros:
        return f"{value:0{shape.zeros}.0f}"
    if shape.decimals is not None:
        scaled = value * 100 if shape.percent else value
        return f"{scaled:.{shape.decimals}f}{'%' if shape.percent else ''}"
    return str(value) if isinstance(value, int) else f"{value:.15g}"


def _cell_from_serial(serial: float, shape: Format, *, from_1904: bool) -> Cell | None:
    """Return the date cell of a serial number, or None if there is no such day."""
    if from_1904:
        serial += SHIFT_1904
    days, seconds = divmod(round(serial * 86_400), 86_400)
    if shape.kind is Kind.TIME:
        return _make_time_cell(days, seconds)
    if not 1 <= days < LAST_SERIAL or days == PHANTOM_DAY:
        return None
    first = dt.date(1899, 12, 31 if days < PHANTOM_DAY else 30)
    return make_date_cell(first + dt.timedelta(days=days), seconds, shape.precision)


def _make_time_cell(days: int, seconds: int) -> Cell | None:
    if days:
        return None
    time = time_from_seconds(seconds)
    return Cell(time, f"{time:%H:%M}", Kind.TIME)


def time_from_seconds(seconds: int) -> dt.time:
    """Return the time of day that many seconds after midnight."""
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def make_date_cell(day: dt.date, seconds: int, display: Precision | None) -> Cell:
    """Return a date's cell; if the format hides the day, only the month is known."""
    precision = _known_precision(day, display or Precision.DAY)
    text = {
        Precision.YEAR: day.isoformat()[:4],
        Precision.MONTH: day.isoformat()[:7],
        Precision.DAY: day.isoformat(),
    }[precision]
    if not seconds:
        return Cell(day, text, Kind.DATE, precision=precision)
    time = time_from_seconds(seconds)
    moment = dt.datetime.combine(day, time)
    return Cell(moment, f"{text} {time:%H:%M}", Kind.DATE, precision=precision)


def _known_precision(day: dt.date, display: Precision) -> Precision:
    if display is Precision.DAY or day.day != 1:
        return Precision.DAY
    return (
        Precision.YEAR
        if display is Precision.YEAR and day.month == 1
        else (Precision.MONTH)
    )
