"""The cells of a row that stand in columns nobody asked for."""

from collections.abc import Collection
from itertools import chain

from sheets.read.cell_marks import HEADLESS
from sheets.read.cells import Cell, Kind, Row
from sheets.read.folding import OTHER_PERSON
from sheets.read.header import Header, is_serial
from sheets.read.layout import column_letters


class OtherCells:
    """Finds what a row says beside the columns that are read.

    `named` are the columns over which the header rows have any word.
    """

    def __init__(
        self, header: Header, taken: Collection[int], named: Collection[int]
    ) -> None:
        used = {*taken, *chain.from_iterable(header.split.values())}
        self.named = {*named, *header.paths}
        self.first = min(header.columns.values())
        self.headings = {
            column: "/".join(path)
            for column, path in header.paths.items()
            if column not in used
            and not is_serial(path[-1])
            and not OTHER_PERSON.search("".join(path))
        }

    def read(self, row: Row, used: Collection[int]) -> dict[str, Cell]:
        """Return the filled cells by heading, but for those that the row itself used.

        Words to the right of the first column below no heading are found as well: a
        margin is where people scribble.
        """
        return {
            heading: cell
            for column, cell in row.cells.items()
            if column not in used
            and cell.kind is not Kind.BLANK
            and (heading := self._heading_of(column, cell))
        }

    def _heading_of(self, column: int, cell: Cell) -> str:
        if column in self.headings:
            return self.headings[column]
        is_scribbled = column > self.first and cell.kind is Kind.TEXT
        if is_scribbled and column not in self.named:
            return HEADLESS % column_letters(column)
        return ""
