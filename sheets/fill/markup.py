"""Find out where the cells of a sheet stand in the bytes of its markup."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import NoReturn
from xml.parsers import expat

from sheets.read.errors import CELLS, ROWS, DamagedFile, ForbiddenMarkup, TooLarge
from sheets.read.layout import column_index
from sheets.read.limits import Clock
from sheets.read.xml_stream import Attributes, local_name

MOST_CELLS = 200_000
"""Of a form that people fill in; a list of a city's members is none."""
MOST_ROWS = 70_000
"""With markup of their own: some programs format a sheet down to row 65,536."""
STYLED_COLUMNS = 500
"""So many columns from the left keep their styles; no form is as wide."""
MOST_STYLED = 16_384
"""Columns described altogether: a sheet has no more, and each is described once."""
ENCODING = re.compile(rb"""\A\s*<\?xml[^>]*\bencoding\s*=\s*["']([\w.-]+)["']""")
DIGITS = "0123456789"


@dataclass(slots=True)
class CellMarkup:
    """One cell: where its markup begins and ends, and where its saved result is."""

    row: int
    column: int
    start: int
    attributes: Attributes
    end: int = 0
    formula: bool = False
    result: tuple[int, int] | None = None


@dataclass(slots=True)
class RowMarkup:
    """One row: its markup, and where a cell is added after its last one."""

    number: int
    start: int
    attributes: Attributes
    end: int = 0
    inner_end: int = 0
    empty: bool = False
    cells: dict[int, CellMarkup] = field(default_factory=dict)


@dataclass
class SheetMarkup:
    """The markup of a sheet: its rows, the styles of its columns, its prefix."""

    prefix: str = ""
    start: int = 0
    end: int = 0
    inner_end: int = 0
    empty: bool = False
    count: int = 0  # of its cells
    rows: dict[int, RowMarkup] = field(default_factory=dict)
    column_styles: dict[int, str] = field(default_factory=dict)

    def style_of_column(self, column: int) -> str:
        """Return the style that a cell of the column has unless it says another."""
        return self.column_styles.get(column, "")

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the rows, in their order."""
        return sorted(self.rows)

    def find_cell(self, row: int, column: int) -> CellMarkup | None:
        """Return the markup of a cell, if the file has any."""
        found = self.rows.get(row)
        return found.cells.get(column) if found else None


def refuse_declaration(*_declaration: object) -> NoReturn:
    """Refuse a document type, as everywhere."""
    raise ForbiddenMarkup


def require_utf8(body: bytes) -> None:
    """Refuse markup in another encoding, whose bytes could not be spliced."""
    match = ENCODING.match(body.removeprefix(b"\xef\xbb\xbf")[:200])
    named = match[1].lower() if match else b"utf-8"
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"} or named not in {b"utf-8", b"us-ascii"}:
        raise DamagedFile


def end_of_element(body: bytes, start: int, index: int) -> tuple[int, bool]:
    """Return where an element ends, and whether it is one empty tag.

    `index` is where the parser stands at its end: before the closing tag, or after the
    empty one.
    """
    if body[index - 2 : index] == b"/>" and body.count(b"<", start, index) == 1:
        return index, True
    return body.index(b">", index) + 1, False


class _Scanner:
    """Notes the positions of rows and cells while the parser passes them."""

    def __init__(self, body: bytes, clock: Clock) -> None:
        self.body = body
        self.clock = clock
        self.sheet = SheetMarkup()
        self.row: RowMarkup | None = None
        self.cell: CellMarkup | None = None
        self.value_start = 0
        self.last_row = self.styled = 0
        self.last_column = -1
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = refuse_declaration
        self.parser.EntityDeclHandler = refuse_declaration
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def scan(self) -> SheetMarkup:
        """Return the positions of the whole sheet."""
        self.parser.Parse(self.body, True)
        if not self.sheet.end:
            raise DamagedFile
        return self.sheet

    def start(self, name: str, attributes: Attributes) -> None:
        """Note the beginning of an element."""
        begin = getattr(self, f"_start_{local_name(name)}", None)
        if begin is not None:
            begin(name, attributes)

    def end(self, name: str) -> None:
        """Note the end of an element."""
        finish = getattr(self, f"_end_{local_name(name)}", None)
        if finish is not None:
            finish()

    @property
    def position(self) -> int:
        """Where the parser stands."""
        return self.parser.CurrentByteIndex

    def _start_sheetData(self, name: str, _attributes: Attributes) -> None:  # noqa: N802
        self.sheet.prefix = name[: -len("sheetData")]
        self.sheet.start = self.position

    def _end_sheetData(self) -> None:  # noqa: N802
        sheet = self.sheet
        sheet.inner_end = self.position
        sheet.end, sheet.empty = end_of_element(self.body, sheet.start, self.position)

    def _start_col(self, _name: str, attributes: Attributes) -> None:
        if style := attributes.get("style", ""):
            first, last = int(attributes["min"]) - 1, int(attributes["max"])
            columns = range(max(first, 0), min(last, STYLED_COLUMNS))
            self.styled += len(columns)  # each once, unless ranges overlap
            if self.styled > MOST_STYLED:
                raise DamagedFile
            for column in columns:
                self.sheet.column_styles.setdefault(column, style)

    def _start_row(self, _name: str, attributes: Attributes) -> None:
        number = int(attributes.get("r", self.last_row + 1))
        if number <= self.last_row:
            raise DamagedFile
        if len(self.sheet.rows) >= MOST_ROWS:
            raise TooLarge(limit=MOST_ROWS, what=ROWS)
        self.clock.check()
        self.last_row, self.last_column = number, -1
        self.row = RowMarkup(number, self.position, attributes)
        self.sheet.rows[number] = self.row

    def _end_row(self) -> None:
        if self.row is not None:
            row, self.row = self.row, None
            row.inner_end = self.position
            row.end, row.empty = end_of_element(self.body, row.start, self.position)

    def _start_c(self, _name: str, attributes: Attributes) -> None:
        if self.row is None:
            return
        self.sheet.count += 1
        if self.sheet.count > MOST_CELLS:
            raise TooLarge(limit=MOST_CELLS, what=CELLS)
        letters = attributes.get("r", "").rstrip(DIGITS)
        column = column_index(letters) if letters else self.last_column + 1
        if column <= self.last_column:
            raise DamagedFile
        self.last_column = column
        self.cell = CellMarkup(self.row.number, column, self.position, attributes)
        self.row.cells[column] = self.cell

    def _end_c(self) -> None:
        if self.cell is not None:
            cell, self.cell = self.cell, None
            cell.end, _empty = end_of_element(self.body, cell.start, self.position)

    def _start_f(self, _name: str, _attributes: Attributes) -> None:
        if self.cell is not None:
            self.cell.formula = True

    def _start_v(self, _name: str, _attributes: Attributes) -> None:
        self.value_start = self.position

    def _end_v(self) -> None:
        if self.cell is not None:
            end, _empty = end_of_element(self.body, self.value_start, self.position)
            self.cell.result = (self.value_start, end)


def scan_sheet(body: bytes, clock: Clock) -> SheetMarkup:
    """Return where the rows and cells of a sheet stand in its bytes."""
    require_utf8(body)
    return _Scanner(body, clock).scan()
