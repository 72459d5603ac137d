"""Names of people in cells."""

from core.errors import DomainError
from core.names import BadName, clean_person_name
from sheets.read.cell_text import extract_text
from sheets.read.cells import Cell, Kind
from sheets.read.value_errors import RefusedByRule


def read_name(cell: Cell) -> str | None:
    """Return the person's name as pages store it, too; None for a blank cell."""
    text = extract_text(cell)
    if not text:
        return None
    if cell.kind is not Kind.TEXT:
        raise _refusal(BadName(text=text, character=text[0]))
    try:
        return clean_person_name(text)
    except DomainError as refusal:
        raise _refusal(refusal) from refusal


def _refusal(rule: DomainError) -> RefusedByRule:
    return RefusedByRule(reason=str(rule), **rule.params)
