"""Choose, for one row, between columns that may fill the same field."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sheets.read.cell_text import drop_placeholder
from sheets.read.cells import BLANK, Cell, Row
from sheets.read.header import Header
from sheets.read.vocabulary import ColumnSpec


class RowCells(NamedTuple):
    """The cells of a row by field, and the columns and headings they were taken from.

    `headings` has the open fields only; a blank cell has all that it could stand under.
    """

    cells: dict[str, Cell]
    headings: dict[str, str]
    used: set[int]


class RowColumns:
    """The columns of a header: some fill one field in all rows, others one by value."""

    def __init__(self, header: Header, specs: Sequence[ColumnSpec]) -> None:
        self.header = header
        self.open = [spec for spec in specs if spec.field in header.candidates]
        fields = {spec.field for spec in self.open}
        self.fixed = [name for name in header.columns if name not in fields]
        self.taken = {header.columns[name] for name in self.fixed}

    def read(self, row: Row) -> RowCells:
        """Return the row's cells; what they are depends on no other row."""
        columns: dict[str, int] = {}
        used = set(self.taken)
        for candidates in (self._find_fitting, self._find_filled):
            for spec in self.open:
                if spec.field in columns:
                    continue
                column = candidates(spec, row, used)
                if column is not None:
                    columns[spec.field] = column
                    used.add(column)
        cells = {name: self.header.cell(row, name) for name in self.fixed}
        for spec in self.open:
            column = columns.get(spec.field)
            cells[spec.field] = BLANK if column is None else row.cell(column)
        return RowCells(cells, self._headings(columns, used), used)

    def _find_fitting(self, spec: ColumnSpec, row: Row, used: set[int]) -> int | None:
        """Return the first column whose value fits, in the order of the words."""
        for column in self.header.candidates[spec.field]:
            text = "" if column in used else drop_placeholder(row.cell(column).text)
            if text and spec.fits is not None and spec.fits(text):
                return column
        return None

    def _find_filled(self, spec: ColumnSpec, row: Row, used: set[int]) -> int | None:
        """Return the first filled column that cannot mean anything else."""
        for column in self.header.firm.get(spec.field, ()):
            if column not in used and drop_placeholder(row.cell(column).text):
                return column
        return None

    def _headings(self, columns: Mapping[str, int], used: set[int]) -> dict[str, str]:
        headings: dict[str, str] = {}
        for spec in self.open:
            if spec.field in columns:
                matched = [columns[spec.field]]
            else:
                firm = self.header.firm.get(spec.field, ())
                matched = [column for column in firm if column not in used]
            headings[spec.field] = "/".join(
                "/".join(self.header.paths[column]) for column in matched
            )
        return headings
