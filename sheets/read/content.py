"""The text of one cell, freed of what offices put around it."""

import re
import unicodedata

from sheets.read.cells import Cell, Kind
from sheets.read.refusals import ErrorValue, UncomputedFormula

FORMULA_GUARD = re.compile(r'=\s*"(.*)"', re.DOTALL)
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
ERRORS = {"#n/a", "#ref!", "#value!", "#div/0!", "#name?", "#null!", "#num!"}
NOTHING = {"", "-", "--", "---", "/", "\\", "—", "——", "无", "暂无", "n/a", "空"}


def unguarded(text: str) -> str:
    """Take off what keeps a spreadsheet from making a number of a text."""
    bare = INVISIBLE.sub("", text).strip()
    if found := FORMULA_GUARD.fullmatch(bare):
        return found[1].strip()
    return bare[1:].strip() if bare.startswith(("'", "‘", "’")) else bare


def content(cell: Cell) -> str:
    """Return what was entered, or refuse a cell that only shows a formula's failure."""
    if cell.kind is Kind.ERROR or cell.text.strip().lower() in ERRORS:
        raise ErrorValue(text=cell.text)
    if cell.kind is Kind.UNCOMPUTED:
        raise UncomputedFormula
    return unguarded(cell.text)


def half_width(text: str) -> str:
    """Return the text with full-width letters, digits and signs made narrow."""
    return unicodedata.normalize("NFKC", text)


def or_nothing(text: str) -> str:
    """Return the text, or nothing where a dash, a slash or 无 says so."""
    return "" if half_width(text).strip().lower() in NOTHING else text
