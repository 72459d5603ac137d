"""Read a cell with two days: 2024年3月至2025年6月, 2024.3.1-至今."""

import re

from core.errors import DomainError
from core.months import today
from sheets.read import Cell, Kind, read_date

# Between two days stands a word, or a stroke that is no separator within a day.
BETWEEN = re.compile("至|到|~|～|—+|–|--+|〜")
STROKE = re.compile("-")
MAX_LENGTH = 60  # what is longer is no period
TILL_NOW = re.compile("(至?今|现在|目前|未返回?|未归|未定|长期|不详)?")
FROM = re.compile("(起|开始|以来|始)$")


def split_period(cell: Cell) -> tuple[Cell, Cell | None]:
    """Return the cells of the first and the last day; only one day has no second.

    A text is split only where what stands first is a day and what follows is another
    one, or says that there is none yet.
    """
    is_long = len(cell.text) > MAX_LENGTH
    if cell.kind is not Kind.TEXT or is_long or _is_day(cell, cell.text.strip()):
        return cell, None
    text = FROM.sub("", cell.text.strip())
    for first, second in _cuts(text):
        if not _is_day(cell, first):
            continue
        if TILL_NOW.fullmatch(second):
            return _write(cell, first), None
        if _is_day(cell, second):
            return _write(cell, first), _write(cell, second)
    return cell, None


def _cuts(text: str) -> list[tuple[str, str]]:
    """Return the ways to cut a text in two, words before strokes."""
    cuts = [(text, "")]
    for pattern in (BETWEEN, STROKE):
        matches = pattern.finditer(text)
        cuts += [
            (text[: found.start()].strip(), text[found.end() :].strip())
            for found in matches
        ]
    return cuts


def _is_day(cell: Cell, text: str) -> bool:
    try:
        return bool(text) and read_date(_write(cell, text)) is not None
    except DomainError:
        return False


def _write(cell: Cell, text: str) -> Cell:
    return cell._replace(value=text, text=text)


def is_ahead(cell: Cell) -> bool:
    """Whether a day that can be read lies later than today."""
    day = read_date(cell)
    return day is not None and day.value > today()
