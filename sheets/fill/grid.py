"""A sheet of a form as a grid: cells with their texts, merged ones with their size."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sheets.fill.errors import OverlappingMerges
from sheets.fill.markup import SheetMarkup
from sheets.read.cells import Row, Span
from sheets.read.layout import column_letters
from sheets.read.limits import Clock

T = TypeVar("T")
Place = tuple[int, int]

MOST_ROWS, MOST_COLUMNS = 200, 60
"""Of a form that people map by hand."""
MOST_TEXT = 500
"""Of a cell: labels are short, and what is longer is read by people alone."""


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
    clock: Clock,
) -> Grid:
    """Lay a sheet out; what lies beyond the most rows and columns is left away."""
    texts = {
        (row.number, column): shorten(cell.text)
        for row in checked(rows, clock)
        for column, cell in row.cells.items()
    }
    merged = list(spans)
    height, width = _extent(texts, merged, markup)
    last_row, last_column = min(height, MOST_ROWS), min(width, MOST_COLUMNS)
    starts = {(span.first_row, span.first_column): span for span in merged}
    covered = cover(checked(merged, clock), last_row, last_column)
    grid = []
    for row in checked(range(1, last_row + 1), clock):
        cells = []
        for column in range(last_column):
            span = starts.get((row, column))
            if span is None and (row, column) in covered:
                continue
            old = markup.find_cell(row, column)
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


def checked(items: Iterable[T], clock: Clock) -> Iterator[T]:
    """Yield items as long as the file has time left."""
    for item in items:
        clock.check()
        yield item


def shorten(text: str) -> str:
    """Return a cell's text as it is shown: no longer than any label or remark."""
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"


def cover(spans: Iterable[Span], last_row: int, last_column: int) -> set[Place]:
    """Return the places under merged cells; refuse those that overlap.

    The first place that two of them share ends it, so that all of them together cost
    no more than the grid has places.
    """
    covered = set[Place]()
    for span in spans:
        if span.first_row > last_row or span.first_column >= last_column:
            continue
        for row in range(span.first_row, min(span.last_row, last_row) + 1):
            ends = min(span.last_column + 1, last_column)
            for column in range(span.first_column, ends):
                if (row, column) in covered:
                    raise OverlappingMerges(cell=name_cell(row, column))
                covered.add((row, column))
    return covered


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
