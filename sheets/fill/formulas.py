"""Refuse formulas that fetch, send, or call what is not known to compute only.

A program may add functions of its own, and each of its versions has more; so the
functions that a form may use are listed (`sheets/fill/functions.py`), and a formula
with any other is refused by its name.
"""

import re

from sheets.fill.errors import (
    LINK_OF_VALUES,
    LINKED_FILE,
    NO_COMPUTING_FUNCTION,
    refuse_content,
)
from sheets.fill.functions import COMPUTING

QUOTED = re.compile(r""""[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)""")
QUOTE_IN_BRACKETS = re.compile(rf"""{QUOTED.pattern}|\[[^\[\]"']*+(["'])""")
"""Programs differ in whether a quote in the name of a column begins a text."""
BRACKETS = re.compile(r"""\[[^\[\]"']*+["']""")
"""Programs differ in whether a quote in the name of a column begins a text."""
BRACKETS = re.compile(r"\[[^\[\]]*+\]")
IN_NAME = r"""[^\s()+\-*/^&=<>,;:{}%!"'@#]"""
CALLED = re.compile(rf"(?<!{IN_NAME})({IN_NAME}++)(\s*+)\(|(\)\s*+\()")
CELL = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}", re.IGNORECASE)
PREFIX = re.compile(r"\A(?:_xlfn\.|_xlws\.){1,3}", re.IGNORECASE)
"""Before functions that came after the format; other prefixes call something else."""
FUNCTION_AS_VALUE = re.compile(r"_xleta\.[\w.]*+", re.IGNORECASE)
COMPUTED_LINK = re.compile(r'HYPERLINK\s*+\((?!\s*+(?:"#"|""\s*+[,)]))', re.IGNORECASE)
OTHER_BOOK = re.compile(r"\[[^\[\]]*+\](?=[\w!])|\|")
IN_QUOTED_NAME = re.compile(r"[\[\\/|]")
MOST_OF_NAME = 40
COLUMN = "¤"
NESTING = 3
"""Brackets in brackets: `表[[#This Row],[人数]]`."""


def refuse_formula(formula: str, where: str) -> None:
    """Refuse a formula that fetches, sends, or reaches into another file."""
    readings = [QUOTED.sub(lambda found: _empty_quotes(found[0], where), formula)]
    if any(found[1] for found in QUOTE_IN_BRACKETS.finditer(formula)):
        readings.append(formula)
    for reading in readings:
        _refuse_unknown(_without_columns(reading), where)
        if COMPUTED_LINK.search(reading):
            refuse_content(LINK_OF_VALUES, where)
        if OTHER_BOOK.search(reading):
            refuse_content(LINKED_FILE, where)


def _refuse_unknown(formula: str, where: str) -> None:
    """Refuse whatever is called and is not among the functions that compute."""
    value = FUNCTION_AS_VALUE.search(formula)
    name = value[0] if value else _unknown_in(formula)
    if name:
        what = NO_COMPUTING_FUNCTION % {"name": name[:MOST_OF_NAME]}
        refuse_content(what, where)


def _unknown_in(formula: str) -> str:
    """Return the name of the first function that is not known to compute only."""
    for found in CALLED.finditer(formula):
        name, blank, result = found.groups()
        if result and not result[1:-1]:
            return result  # what another function returned is called
        if not name or (blank and CELL.fullmatch(name)):
            continue  # an area in brackets beside another: where both meet
        if PREFIX.sub("", name, count=1).upper() not in COMPUTING:
            return name
    return ""


def _without_columns(formula: str) -> str:
    """Return a formula without the names of columns, which may have brackets."""
    for _level in range(NESTING):
        formula = BRACKETS.sub(COLUMN, formula)
    return formula


def _empty_quotes(quoted: str, where: str) -> str:
    """Return a text or a sheet's name without what is in it; `"#"` leads inside."""
    if quoted.startswith("'"):
        if IN_QUOTED_NAME.search(quoted):
            refuse_content(LINKED_FILE, where)
        return "''"
    return '"#"' if quoted.startswith('"#') else '""'
