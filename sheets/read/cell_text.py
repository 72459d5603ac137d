"""The text of a cell, without the guards and placeholders that offices add."""

import re
import unicodedata

from core.names import INVISIBLE
from sheets.read.cells import Cell, Kind
from sheets.read.value_errors import ErrorValue, UncomputedFormula

FORMULA_GUARD = re.compile(r'=\s*"(.*)"', re.DOTALL)
ERRORS = {"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"}
PLACEHOLDERS = {
    *("", "-", "--", "---", "—", "——", "/", "//", "\\", "*", ".", "。", "...", "……"),
    *("无", "暂无", "没有", "空", "空白", "n/a", "(空)", "(空白)", "(无)"),
    *("null", "(null)", "<null>", "none", "nil", "undefined", "nan", "\\n"),
}
UNKNOWN = re.compile(
    "0+(\\.0+)?|不详|不清楚|不明|未知|待查|待补充?|待完善|略|保密|(详?见|参见|同)(党员)?(信息)?(系统|档案|原[表件]|附[表件])"
    "|(不便|不愿|不予|拒绝|未)(透露|提供|告知|公开|填写?)"
)
# Digits in the place of a number that nobody has: it only fills the cell.
MADE_UP = re.compile(r"1\d\d0{8}|1234567890\d?|0{6,}")


def strip_guards(text: str) -> str:
    """Remove the guard that keeps a spreadsheet from turning a text into a number."""
    bare = INVISIBLE.sub("", text).strip()
    if match := FORMULA_GUARD.fullmatch(bare):
        return match[1].strip()
    return bare[1:].strip() if bare.startswith(("'", "‘", "’")) else bare


def extract_text(cell: Cell) -> str:
    """Return the text that was entered; refuse errors and uncomputed formulas."""
    if cell.kind is Kind.ERROR or cell.text.strip().lower() in ERRORS:
        raise ErrorValue(text=cell.text)
    if cell.kind is Kind.UNCOMPUTED:
        raise UncomputedFormula
    return strip_guards(cell.text)


def to_half_width(text: str) -> str:
    """Return the text with full-width characters converted to half width."""
    return unicodedata.normalize("NFKC", text)


def drop_placeholder(text: str) -> str:
    """Return the text, or an empty one for a placeholder: a dash, a slash, 无."""
    return "" if to_half_width(text).strip().lower() in PLACEHOLDERS else text


def says_unknown(text: str) -> bool:
    """Whether a text says that nobody knows, or that it is not said here: 见系统."""
    return UNKNOWN.fullmatch("".join(to_half_width(text).split())) is not None


def is_made_up(text: str) -> bool:
    """Whether digits only fill the cell of a telephone number: 13000000000."""
    return MADE_UP.fullmatch("".join(to_half_width(text).split())) is not None
