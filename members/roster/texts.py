"""Read the free texts of a row: address, landline, remark."""

from collections.abc import Mapping

from core.errors import DomainError
from core.identity import names_identity_number
from members.models import Member
from members.roster.errors import TooLong
from members.roster.parsed_rows import ParsedRow
from sheets.read import BLANK, Cell, is_ditto, read_text, says_unknown

FREE_TEXTS = ("address", "landline", "remark")
MAX_LENGTHS = {
    column.name: column.max_length or 0
    for column in Member._meta.concrete_fields
    if column.name in FREE_TEXTS
}


def read_texts(parsed: ParsedRow, cells: Mapping[str, Cell]) -> None:
    """Keep the free texts of a row; flag those left blank, refuse long ones."""
    for name in FREE_TEXTS:
        try:
            text = read_text(cells.get(name, BLANK)) or ""
        except DomainError:
            parsed.flag("text_unread")
            continue
        if flag := _find_reason_to_drop(text):
            parsed.flag(flag)
        elif len(text) > (limit := MAX_LENGTHS[name]):
            parsed.refuse(name, TooLong(length=len(text), limit=limit))
        elif text:
            parsed.set_value(name, text)


def _find_reason_to_drop(text: str) -> str:
    """Return the flag of a text that is not kept: a filler, or a number of a person."""
    if text and (is_ditto(text) or says_unknown(text)):
        return "text_unread"
    return "number_in_text" if names_identity_number(text) else ""
