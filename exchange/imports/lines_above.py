"""The lines between the rows of a sheet by which the rows below them are judged."""

from collections.abc import Iterable
from dataclasses import dataclass

from sheets.read import (
    GroupHeading,
    IgnoredRow,
    Kind,
    Reason,
    Table,
    TableRow,
    is_form_line,
)

MAX_NAME_LENGTH = 4  # characters of a person's name that stands alone in a row


@dataclass(slots=True)
class LinesAbove:
    """The last note and the last total since the last heading above a row.

    Rows below a total may belong to another group than the rows above it.
    """

    note: str = ""
    total: str = ""
    headings: tuple[GroupHeading, ...] = ()
    seen: int = 0

    def advance(self, table: Table, row: TableRow) -> Iterable[str]:
        """Go on to the next row; return the lines that it has to be judged by."""
        for ignored in table.ignored[self.seen :]:
            self._pass(ignored)
        self.seen = len(table.ignored)
        if lone := _lone_words(row):
            self.note = lone
        if row.above != self.headings:
            self.total, self.headings = "", row.above
        return filter(None, (self.note, self.total if row.above else ""))

    def _pass(self, line: IgnoredRow) -> None:
        if line.reason is Reason.GROUP:
            self.note = ""
        elif line.reason is Reason.NOTE and not is_form_line(line.text):
            self.note = line.text
        elif line.reason is Reason.TOTAL:
            self.total = line.text


def _lone_words(row: TableRow) -> str:
    """Return the words of a row that has one cell, too long for a name."""
    filled = [cell.text for cell in row.cells.values() if cell.kind is not Kind.BLANK]
    is_line = len(filled) == 1 and not row.others
    return filled[0] if is_line and len(filled[0]) > MAX_NAME_LENGTH else ""
