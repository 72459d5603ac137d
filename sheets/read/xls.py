"""Old workbooks (.xls), read in a child process because the parser may crash."""

import datetime as dt
import json
import struct
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any, Self

from sheets.read import xls_child
from sheets.read.cell_marks import PLAIN, Comments, StyleMarks, attach_comments
from sheets.read.cells import Cell, Kind, Precision, Row, Sheet, Span
from sheets.read.colors import PALETTE, color_of_palette
from sheets.read.comments import strip_author
from sheets.read.errors import (
    CELLS,
    COLUMNS,
    OFFICE_FILE,
    ROW_CHARACTERS,
    ROWS,
    SHEETS,
    DamagedFile,
    EncryptedFile,
    OtherFormat,
    TooLarge,
    TooSlow,
)
from sheets.read.limits import Limits
from sheets.read.merged_cells import apply_merges
from sheets.read.number_formats import (
    BUILT_IN,
    Format,
    format_number,
    make_date_cell,
    make_number_cell,
    parse_format,
    parse_number,
)

CHUNK = 1024 * 1024
NO_SHEET = -1
ESCAPED = 6  # most bytes of one character in the child's output
# The layout of a compound file, in bytes.
HEADER, DIRECTORY_ENTRY = 512, 128
SECTOR_SHIFT, FIRST_DIRECTORY_SECTOR, ENTRY_TYPE = 30, 48, 66
ROOT = 5  # the type of the directory's first entry, whatever its name
MAX_NAME_LENGTH = 64  # bytes of a stream's name: 32 characters of UTF-16


def open_xls(path: Path, limits: Limits) -> list[Sheet]:
    """Return the sheets of an old workbook."""
    _refuse_others(path)
    with _run_child(path, NO_SHEET, limits) as output:
        sheets = json.loads(output.readline())
    if len(sheets) > limits.sheets:
        raise TooLarge(limit=limits.sheets, what=SHEETS)
    return [
        Sheet(
            name=sheet["name"],
            rows=partial(read_xls_rows, path, sheet["index"], limits),
            hidden=sheet["hidden"],
        )
        for sheet in sheets
    ]


def _refuse_others(path: Path) -> None:
    """Refuse encrypted workbooks and other Office files by their stream names.

    What has a workbook goes to the parser, however the rest of its directory is named:
    Excel for Mac names the root differently. A file without its directory has lost the
    names and is damaged.
    """
    names = _find_stream_names(path)
    if "EncryptedPackage" in names:
        raise EncryptedFile
    if names:
        return
    raise OtherFormat(kind=OFFICE_FILE) if _has_directory(path) else DamagedFile


def _has_directory(path: Path) -> bool:
    """Whether the file's directory is there, by the type of its first entry."""
    with path.open("rb") as file:
        header = file.read(HEADER)
        if len(header) < HEADER:
            return False
        (shift,) = struct.unpack_from("<H", header, SECTOR_SHIFT)
        (sector,) = struct.unpack_from("<I", header, FIRST_DIRECTORY_SECTOR)
        if shift not in {9, 12}:
            return False
        file.seek((sector + 1) << shift)
        entry = file.read(DIRECTORY_ENTRY)
    return len(entry) == DIRECTORY_ENTRY and entry[ENTRY_TYPE] == ROOT


def _find_stream_names(path: Path) -> set[str]:
    """Return which of the three stream names the file's directory has."""
    encoded_names = {
        name: name.encode("utf-16-le") + b"\0\0"
        for name in ("EncryptedPackage", "Workbook", "Book")
    }
    present = set()
    buffer = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            buffer = buffer[-MAX_NAME_LENGTH:] + chunk
            present |= {name for name, raw in encoded_names.items() if raw in buffer}
    return present


@contextmanager
def _run_child(path: Path, index: int, limits: Limits) -> Iterator[IO[bytes]]:
    """Run the child process and yield its output, in a temporary file."""
    command = [sys.executable, "-I", xls_child.__file__, str(path.absolute())]
    path.stat()  # distinguishes a missing file from one that cannot be parsed
    clock = limits.start_clock()
    command += [str(index), str(limits.child_bytes), str(int(clock.left) + 1)]
    with tempfile.TemporaryFile() as output:
        try:
            with clock.running():
                process = subprocess.run(  # noqa: S603 -- our own script, no shell
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.DEVNULL,
                    timeout=clock.left,
                    check=False,
                )
        except subprocess.TimeoutExpired as error:
            raise TooSlow from error
        if process.returncode == xls_child.PASSWORD:
            raise EncryptedFile
        if process.returncode:
            raise DamagedFile
        output.seek(0)
        yield output


def read_xls_rows(path: Path, index: int, limits: Limits) -> Iterator[Row]:
    """Read the rows of one sheet."""
    with _run_child(path, index, limits) as output:
        output.readline()
        spans = [
            Span(top + 1, left, bottom + 1, right)
            for (top, left), (bottom, right) in json.loads(output.readline())
        ]
        marks = OldMarks.of(json.loads(output.readline()))
        rows: Iterator[Row] = map(marks.mark_row, _parse_rows(output, limits))
        if marks.comments:
            rows = attach_comments(rows, marks.comments)
        yield from apply_merges(rows, spans)


@dataclass(frozen=True, slots=True)
class OldMarks:
    """What a sheet shows beside its words, by rows from 1 and columns from 0."""

    rows: frozenset[int]
    columns: frozenset[int]
    cells: Mapping[int, Mapping[int, tuple[StyleMarks, str]]]
    comments: Comments
    dates: Mapping[int, Mapping[int, Format]]
    from_1904: bool

    @classmethod
    def of(cls, found: Mapping[str, Any]) -> Self:
        """Return what the child found."""
        palette = found.get("palette") or PALETTE
        cells: dict[int, dict[int, tuple[StyleMarks, str]]] = defaultdict(dict)
        for row, column, struck, *numbers in found.get("styles", ()):
            colors = (color_of_palette(number, palette) for number in numbers)
            style = StyleMarks(bool(struck), tuple(dict.fromkeys(filter(None, colors))))
            cells[row + 1][column] = (style, "")
        for row, column, words in found.get("struck", ()):
            style, _none = cells[row + 1].get(column, (PLAIN, ""))
            cells[row + 1][column] = (style, words)
        comments: dict[int, dict[int, str]] = defaultdict(dict)
        for row, column, text in found.get("comments", ()):
            if words := strip_author(text):
                comments[row + 1][column] = words
        return cls(
            frozenset(row + 1 for row in found.get("rows", ())),
            frozenset(
                column
                for first, last in found.get("columns", ())
                for column in range(first, last + 1)
            ),
            cells,
            comments,
            _read_formats(found),
            bool(found.get("from_1904")),
        )

    def mark_row(self, row: Row) -> Row:
        """Return the row with the marks of its cells."""
        row.hidden = row.number in self.rows
        for column, (style, struck) in self.cells.get(row.number, {}).items():
            if (cell := row.cells.get(column)) and (style != PLAIN or struck):
                row.cells[column] = style.mark(cell, struck)
        for column, shape in self.dates.get(row.number, {}).items():
            if cell := row.cells.get(column):
                row.cells[column] = _show_date(cell, shape, from_1904=self.from_1904)
        hidden = row.cells if row.hidden else self.columns & row.cells.keys()
        for column in [*hidden]:
            row.cells[column] = row.cells[column]._replace(hidden=True)
        return row


def _read_formats(found: Mapping[str, Any]) -> Mapping[int, Mapping[int, Format]]:
    """Return the formats of the dates that the parser does not know, or not enough."""
    codes = {int(number): code for number, code in found.get("formats", {}).items()}
    formats: dict[int, dict[int, Format]] = defaultdict(dict)
    for row, column, number in found.get("dates", ()):
        code = codes.get(number) or BUILT_IN.get(number, "")
        formats[row + 1][column] = parse_format(code)
    return formats


def _show_date(cell: Cell, shape: Format, *, from_1904: bool) -> Cell:
    """Return a cell as its format shows it: a date, without a day that is hidden."""
    day = cell.value
    if cell.kind is Kind.NUMBER:
        return make_number_cell(
            str(day), shape, from_1904=from_1904, from_formula=False, hidden=False
        )
    if isinstance(day, dt.datetime) or not isinstance(day, dt.date):
        return cell
    shown = make_date_cell(day, 0, shape.precision)
    return cell._replace(text=shown.text, precision=shown.precision)


def _parse_rows(lines: IO[bytes], limits: Limits) -> Iterator[Row]:
    cell_count = 0
    clock = limits.start_clock()
    for line in lines:
        with clock.running():
            if len(line) > limits.row_length * ESCAPED:
                raise TooLarge(limit=limits.row_length, what=ROW_CHARACTERS)
            number, cells = json.loads(line)
            cell_count += len(cells)
            if cell_count > limits.cells:
                raise TooLarge(limit=limits.cells, what=CELLS)
            row = _make_row(number, cells, limits)
        if row.cells:
            yield row


def _make_row(number: int, packed: list[list[Any]], limits: Limits) -> Row:
    cells = {column: _make_cell(kind, value) for column, kind, value in packed}
    row = Row(number, {c: cell for c, cell in cells.items() if cell.text.strip()})
    if row.cells and number > limits.rows:
        raise TooLarge(limit=limits.rows, what=ROWS)
    if row.cells and max(row.cells) >= limits.columns:
        raise TooLarge(limit=limits.columns, what=COLUMNS)
    return row


def _make_cell(kind: str, value: Any) -> Cell:
    if kind == "n":
        number = parse_number(value)
        return Cell(number, format_number(number), Kind.NUMBER)
    if kind == "b":
        return Cell(value, "TRUE" if value else "FALSE", Kind.BOOLEAN)
    if kind == "d":
        return _make_moment_cell(dt.datetime.fromisoformat(value))
    if kind == "t":
        time = dt.time.fromisoformat(value)
        return Cell(time, f"{time:%H:%M}", Kind.TIME)
    return Cell(value, value, Kind.TEXT)


def _make_moment_cell(moment: dt.datetime) -> Cell:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return make_date_cell(moment.date(), seconds, Precision.DAY)
