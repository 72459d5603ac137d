"""Take some rows out of a sheet, with everything that gives them their sense."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sheets.read.cells import BLANK, Cell, Kind, Row, Sheet, Span
from sheets.read.folding import fold
from sheets.read.header import REASON_HEADING
from sheets.read.table import Table

# What stands for the value in the cell above.
DITTO_MARKS = {"同上", "同上行", "〃", "″", "“", "”", '"'}


def is_ditto(text: str) -> bool:
    """Whether a cell says that its value is that of the cell above."""
    return "".join(text.split()) in DITTO_MARKS


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Rows of a sheet: the lines above, the header, headings of groups, and the rows.

    `marks` are texts by row number; they are to stand beside the rows, in `column`.
    `header` are the first and the last row of the header.
    """

    sheet: str
    rows: tuple[Row, ...]
    spans: frozenset[Span]
    header: tuple[int, int]
    column: int
    marks: Mapping[int, str]


def take_rows(sheet: Sheet, table: Table, marks: Mapping[int, str]) -> Excerpt:
    """Return the marked rows of a sheet's table, filled in as they were read.

    Values of cells merged downwards and of ditto marks are written out, because the
    cells above may not be there.
    """
    above = _find_headings(table, max(marks))
    kept = {*marks}.union(*above.values())
    last = table.header_rows[-1]
    rows = _take_until(sheet, max(marks), last)
    top: list[Row] = []
    below: dict[int, Row] = {}
    for row in rows:
        if row.number <= last:
            top.append(row)
        elif row.number in kept:
            below[row.number] = row
    wanted = list(_with_headings(below, marks, above))
    return Excerpt(
        sheet=sheet.name,
        rows=(*top, *wanted),
        spans=frozenset(
            span
            for row in (*top, *wanted)
            for span in row.cover.values()
            if row.number <= last or span.first_row == span.last_row
        ),
        header=(table.header_rows[0], last),
        column=_choose_column(top, table.header_rows, wanted),
        marks=marks,
    )


def _take_until(sheet: Sheet, end: int, header: int) -> Iterator[Row]:
    """Yield the rows of a sheet up to the last one that is wanted, filled in."""
    for row in _fill_dittos(sheet.rows(), header):
        yield row
        if row.number >= end:
            break


def _with_headings(
    rows: Mapping[int, Row],
    marks: Iterable[int],
    above: Mapping[int, tuple[int, ...]],
) -> Iterator[Row]:
    """Yield the marked rows in order, below the headings that hold for them.

    A heading that stands beside its rows is filled in there and not repeated.
    """
    written: tuple[int, ...] = ()
    for number in sorted(marks):
        own = above.get(number, ())
        if own != written:
            yield from (rows[n] for n in own if n in rows and n not in above)
        if number in rows:
            yield rows[number]
        written = own


def _find_headings(table: Table, until: int) -> Mapping[int, tuple[int, ...]]:
    """Return the rows of the headings above each row, reading the table that far."""
    above: dict[int, tuple[int, ...]] = {}
    for row in table.rows:
        above[row.excel_row] = tuple(dict.fromkeys(h.excel_row for h in row.above))
        if row.excel_row >= until:
            break
    return above


def _fill_dittos(rows: Iterable[Row], header: int) -> Iterator[Row]:
    """Yield rows whose data have the values of merged cells and of ditto marks."""
    above: dict[int, Cell] = {}
    for row in rows:
        if row.number > header:
            columns = {*row.cells, *row.cover}
            filled = {column: row.cell(column) for column in columns}
            row.cells = {
                column: above.get(column, BLANK) if is_ditto(cell.text) else cell
                for column, cell in filled.items()
                if cell.kind is not Kind.BLANK
            }
            above |= row.cells
        yield row


def _choose_column(
    top: Iterable[Row], header_rows: tuple[int, ...], rows: Iterable[Row]
) -> int:
    """Return the column for the marks: that of an earlier time, or the first free."""
    header = [row for row in top if row.number in header_rows]
    for row in header:
        for column, cell in row.cells.items():
            if fold(cell.text) == REASON_HEADING:
                return column
    ends = [span.last_column for row in header for span in row.cover.values()]
    return max([*ends, *(c for row in (*header, *rows) for c in row.cells)]) + 1
