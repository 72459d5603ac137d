"""What a file shows of a cell beside its words: crossed out, commented, coloured."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sheets.read.cells import NO_MARKS, Cell, CellMarks, Kind, Row
from sheets.read.colors import Color
from sheets.read.layout import column_letters

HEADLESS = "%s列（无标题）"  # where a heading is missing, the column's letter stands
Comments = Mapping[int, Mapping[int, str]]  # by row, by column


class Mark(StrEnum):
    """What is shown beside the words."""

    STRUCK = "struck"
    COMMENT = "comment"
    COLOR = "color"


class ShownMark(NamedTuple):
    """A mark of a row: the heading of its cell, and the words that it is about.

    A mark without a heading is about the whole row. The words of a colour are its name.
    """

    mark: Mark
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class StyleMarks:
    """What a style shows: its font is crossed out, it has these colours."""

    struck: bool = False
    colors: tuple[Color, ...] = ()

    def mark(self, cell: Cell, struck: str = "") -> Cell:
        """Return the cell with its marks; `struck` are words crossed out inside."""
        words = cell.text if self.struck else struck
        return cell._replace(marks=CellMarks(words, "", self.colors))


PLAIN = StyleMarks()


def attach_comments(rows: Iterable[Row], comments: Comments) -> Iterator[Row]:
    """Add comments to the cells of rows; that of a blank cell goes to the first one."""
    for row in rows:
        for column, text in comments.get(row.number, {}).items():
            target = column if column in row.cells else min(row.cells, default=None)
            if target is not None:
                cell = row.cells[target]
                both = "\n".join(filter(None, (cell.marks.comment, text)))
                marks = cell.marks._replace(comment=both)
                row.cells[target] = cell._replace(marks=marks)
        yield row


def list_comments(row: Row) -> list[str]:
    """Return the comments of a row that is not data."""
    return [cell.marks.comment for cell in row.cells.values() if cell.marks.comment]


def find_marks(row: Row, headings: Mapping[int, str], first: int) -> list[ShownMark]:
    """Return the marks of a row of data; `first` is the column that names somebody."""
    marked = {
        column: cell
        for column in (row.cells if not row.cover else {*row.cells, *row.cover})
        if (cell := row.cell(column)).marks is not NO_MARKS
    }
    if not marked:
        return []
    found = [*_find_colors(row, marked, headings, first)]
    whole = is_struck(row, first)
    for column, cell in sorted(marked.items()):
        heading = headings.get(column) or HEADLESS % column_letters(column)
        if cell.marks.struck and not whole:
            found.append(ShownMark(Mark.STRUCK, heading, cell.marks.struck))
        if cell.marks.comment:
            found.append(ShownMark(Mark.COMMENT, heading, cell.marks.comment))
    return found


def is_struck(row: Row, first: int) -> bool:
    """Whether a row is crossed out: who it is about, or most of what it says."""
    if row.cell(first).struck:
        return True
    filled = [cell for cell in row.cells.values() if cell.kind is not Kind.BLANK]
    return 2 * sum(cell.struck for cell in filled) > len(filled)


def _find_colors(
    row: Row, marked: Mapping[int, Cell], headings: Mapping[int, str], first: int
) -> Iterator[ShownMark]:
    """Yield each colour of a row once: of the row, or of the first cell that has it."""
    columns: dict[Color, list[int]] = {}
    for column, cell in marked.items():
        for color in cell.marks.colors:
            columns.setdefault(color, []).append(column)
    for color, marked_columns in columns.items():
        is_wide = first in marked_columns or 2 * len(marked_columns) > len(row.cells)
        heading = (
            ""
            if is_wide
            else headings.get(min(marked_columns), column_letters(min(marked_columns)))
        )
        yield ShownMark(Mark.COLOR, heading, color.value)
