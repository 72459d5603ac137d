"""Read the column of phones: a mobile number, a landline, or both in one cell."""

import re

from core.errors import DomainError
from exchange.doubts import DoubtSource
from members.roster.columns import LABELS
from members.roster.parsed_rows import ParsedRow
from sheets.read import (
    Cell,
    is_ditto,
    is_made_up,
    read_landline,
    read_phone,
    says_unknown,
    split_mobiles,
)

FIGURE = re.compile(r"\d")
FILLERS = (is_ditto, is_made_up, says_unknown)


def read_phones(parsed: ParsedRow, cell: Cell) -> None:
    """Set the mobile number and the landline of a cell; flag what is neither.

    Words in place of a number may say why there is none, so they are looked at. Of two
    mobile numbers the first is recorded, since a person has one, and it is said.

    A landline that has a column of its own replaces this one.
    """
    if any(fills(cell.text) for fills in FILLERS):
        parsed.flag("phone_filler")
    elif mobile := _read_first(cell):
        parsed.set_value("phone", mobile)
        parsed.flag("phone_of_several")
    else:
        _read_one(parsed, cell)


def _read_one(parsed: ParsedRow, cell: Cell) -> None:
    landline = None
    try:
        if landline := read_landline(cell):
            parsed.set_value("landline", landline)
            parsed.flag("landline_from_phone")
        mobile = read_phone(cell)
    except DomainError:
        if landline is None:
            _leave_blank(parsed, cell)
        return
    if mobile:
        parsed.set_value("phone", mobile)


def _read_first(cell: Cell) -> str | None:
    """Return the first of several mobile numbers, if each of them is one."""
    try:
        numbers = [read_phone(part) for part in split_mobiles(cell)]
    except DomainError:
        return None
    return next(iter(numbers), None)


def _leave_blank(parsed: ParsedRow, cell: Cell) -> None:
    parsed.flag("phone_invalid")
    if not FIGURE.search(cell.text):
        parsed.doubt(DoubtSource.COLUMN, str(LABELS["phone"]), cell.text.strip())
