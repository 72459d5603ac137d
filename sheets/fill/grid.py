"""A sheet of a form as a grid: cells with their texts, merged ones with their size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sheets.fill.markup import SheetMarkup
from sheets.read.cells import Row, Span
from sheets.read.layout import column_letters

MOST_ROWS, MOST_COLUMNS = 200, 60
"""Of a form that people map by hand."""


def name_cell(row: int, column: int) -> str:
    """Return what a cell is called: B7."""
    return f"{column_letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell, or a range of merged ones; rows count from 1, columns from 0."""

    row: int
    column: int
    text: str = ""
    formula: bool = False
    rows: int = 1
    columns: int = 1

    @property
    def name(self) -> str:
        """What the cell is called: B7."""
        return name_cell(self.row, self.column)

    @property
    def takes_value(self) -> bool:
        """Whether it may be filled; a formula stays."""
        return not self.formula


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid, with the cells that begin in it."""

    number: int
    cells: Sequence[GridCell]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its number from 0, its name, its rows; `cut` where more follow."""

    number: int
    name: str
    rows: Sequence[GridRow]
    columns: int = 0
    hidden: bool = False
    cut: bool = False

    @property
    def letters(self) -> list[str]:
        """The names of the columns."""
        return [column_letters(column) for column in range(self.columns)]

    def find_cell(self, row: int, column: int) -> GridCell | None:
        """Return the cell that begins there, if one does."""
        for one in self.rows:
            if one.number == row:
                return next((c for c in one.cells if c.column == column), None)
        return None


def build_grid(
    number: int,
    name: str,
    rows: Iterable[Row],
    spans: Iterable[Span],
    markup: SheetMarkup,
    *,
    hidden: bool,
) -> Grid:
    """Lay a sheet out; what lies beyond the most rows and columns is left away."""
    texts = {
        (row.number, column): cell.text
        for row in rows
        for column, cell in row.cells.items()
    }
    merged = list(spans)
    height, width = _extent(texts, merged, markup)
    last_row, last_column = min(height, MOST_ROWS), min(width, MOST_COLUMNS)
    starts = {(span.first_row, span.first_column): span for span in merged}
    covered = {
        (row, column)
        for span in merged
        for row in range(span.first_row, min(span.last_row, last_row) + 1)
        for column in range(span.first_column, min(span.last_column + 1, last_column))
        if (row, column) != (span.first_row, span.first_column)
    }
    grid = []
    for row in range(1, last_row + 1):
        cells = []
        for column in range(last_column):
            if (row, column) in covered:
                continue
            old, span = markup.find_cell(row, column), starts.get((row, column))
            cells.append(
                GridCell(
                    row,
                    column,
                    texts.get((row, column), ""),
                    bool(old and old.formula),
                    min(span.last_row, last_row) - row + 1 if span else 1,
                    min(span.last_column + 1, last_column) - column if span else 1,
                )
            )
        grid.append(GridRow(row, cells))
    cut = height > MOST_ROWS or width > MOST_COLUMNS
    return Grid(number, name, grid, last_column, hidden, cut)


def _extent(
    texts: Iterable[tuple[int, int]], spans: Sequence[Span], markup: SheetMarkup
) -> tuple[int, int]:
    """Return how many rows and columns have texts or are laid out as cells.

    Columns formatted to the end of a sheet, as programs leave them, are no part of it.
    """
    filled = list(texts)
    rows = [row for row, _column in filled] + [span.last_row for span in spans]
    columns = [column + 1 for _row, column in filled]
    columns += [span.last_column + 1 for span in spans]
    widest = max(columns, default=0)
    laid_out = [
        (row.number, column + 1)
        for row in markup.rows.values()
        for column in row.cells
        if column <= widest + 20
    ]
    rows += [row for row, _column in laid_out]
    columns += [column for _row, column in laid_out]
    return max(rows, default=0), max(columns, default=0)
