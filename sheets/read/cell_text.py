"""The text of one cell, freed of what offices put around it."""

import re
import unicodedata

from sheets.read.cells import Cell, Kind
from sheets.read.value_errors import ErrorValue, UncomputedFormula

FORMULA_GUARD = re.compile(r'=\s*"(.*)"', re.DOTALL)
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
ERRORS = {"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"}
PLACEHOLDERS = {"", "-", "--", "---", "/", "\\", "—", "——", "无", "暂无", "n/a", "空"}


def strip_guards(text: str) -> str:
    """Take off what keeps a spreadsheet from making a number of a text."""
    bare = INVISIBLE.sub("", text).strip()
    if match := FORMULA_GUARD.fullmatch(bare):
        return match[1].strip()
    return bare[1:].strip() if bare.startswith(("'", "‘", "’")) else bare


def extract_text(cell: Cell) -> str:
    """Return what was entered, or refuse a cell that only shows a formula's failure."""
    if cell.kind is Kind.ERROR or cell.text.strip().lower() in ERRORS:
        raise ErrorValue(text=cell.text)
    if cell.kind is Kind.UNCOMPUTED:
        raise UncomputedFormula
    return strip_guards(cell.text)


def to_half_width(text: str) -> str:
    """Return the text with full-width letters, digits and signs made narrow."""
    return unicodedata.normalize("NFKC", text)


def drop_placeholder(text: str) -> str:
    """Return the text, or nothing where a dash, a slash or 无 says so."""
    return "" if to_half_width(text).strip().lower() in PLACEHOLDERS else text
