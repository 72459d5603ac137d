"""Write rows taken out of sheets as they stood, each with a mark beside it."""

import datetime as dt
import re
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO

from sheets.read import REASON_HEADING, Cell, Excerpt, Kind, Precision, Row
from sheets.write.book import open_book
from sheets.write.writer import PLAIN_TEXT, check_length

if TYPE_CHECKING:
    from xlsxwriter import Workbook

DECIMALS = re.compile(r"-?\d+(?:\.(\d+))?")
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]|^'|'$")
MAX_NAME = 31
WIDTH, MARK_WIDTH = 14, 70
DATE_FORMATS = {
    Precision.YEAR: 'yyyy"年"',
    Precision.MONTH: 'yyyy"年"m"月"',
    Precision.DAY: "yyyy-mm-dd",
}


def write_excerpts(target: BinaryIO, excerpts: Iterable[Excerpt]) -> None:
    """Write each excerpt on a sheet of its own name, so that it is read like before."""
    with open_book(target, PLAIN_TEXT) as book:
        names: set[str] = set()
        for excerpt in excerpts:
            name = _choose_name(excerpt.sheet, names)
            names.add(name.casefold())
            ExcerptWriter(book, book.add_worksheet(name), excerpt).write()


def _choose_name(name: str, taken: set[str]) -> str:
    """Return a name that a sheet may have; the names of text files may be longer."""
    plain = NOT_IN_NAMES.sub("", name)[:MAX_NAME] or "Sheet"
    number = 1
    while plain.casefold() in taken:
        number += 1
        plain = f"{plain[: MAX_NAME - 3]}({number})"
    return plain


class ExcerptWriter:
    """Writes one excerpt: the top in its place, the rows one below the other."""

    def __init__(self, book: "Workbook", sheet: Any, excerpt: Excerpt) -> None:
        self.sheet = sheet
        self.excerpt = excerpt
        self.plain = book.add_format({"text_wrap": True, "valign": "vcenter"})
        self.formats = {"": self.plain}
        self.book = book

    def write(self) -> None:
        """Write everything."""
        excerpt = self.excerpt
        self.sheet.set_column(0, excerpt.column - 1, WIDTH)
        self.sheet.set_column(excerpt.column, excerpt.column, MARK_WIDTH)
        first, last = excerpt.header
        if first == last:
            self.sheet.write_string(last - 1, excerpt.column, REASON_HEADING)
        else:
            area = (first - 1, excerpt.column, last - 1, excerpt.column)
            self.sheet.merge_range(*area, REASON_HEADING, self.plain)
        below = last
        for row in excerpt.rows:
            sheet_row = row.number - 1 if row.number <= last else below
            below += row.number > last
            self._write_row(sheet_row, row)
        self.sheet.freeze_panes(last, 0)

    def _write_row(self, sheet_row: int, row: Row) -> None:
        self._merge(sheet_row, row)
        for column, cell in row.cells.items():
            if column != self.excerpt.column:
                self._write_cell(sheet_row, column, cell)
        if mark := self.excerpt.marks.get(row.number):
            self.sheet.write_string(sheet_row, self.excerpt.column, mark, self.plain)

    def _merge(self, sheet_row: int, row: Row) -> None:
        """Merge the cells that were merged in the header and in headings."""
        from xlsxwriter.exceptions import OverlappingRange  # noqa: PLC0415 -- as the book

        for span in {*row.cover.values()} & self.excerpt.spans:
            if span.first_row != row.number or span.first_column == self.excerpt.column:
                continue
            last_row = sheet_row + span.last_row - span.first_row
            area = (sheet_row, span.first_column, last_row, span.last_column)
            with suppress(OverlappingRange):  # of a file that merges cells twice
                self.sheet.merge_range(*area, "", self.plain)

    def _write_cell(self, row: int, column: int, cell: Cell) -> None:
        """Write days as days, exact numbers as numbers, everything else as text."""
        if cell.kind is Kind.DATE and isinstance(cell.value, dt.date):
            shown = self._format(_date_format(cell))
            self.sheet.write_datetime(row, column, cell.value, shown)
        elif cell.kind is Kind.NUMBER and not cell.is_lossy:
            self.sheet.write_number(
                row, column, cell.value, self._format(_digits(cell))
            )
        else:
            shown = self._format("@")
            self.sheet.write_string(row, column, check_length(cell.text), shown)

    def _format(self, number_format: str) -> Any:
        if number_format not in self.formats:
            properties = {"num_format": number_format, "valign": "vcenter"}
            self.formats[number_format] = self.book.add_format(properties)
        return self.formats[number_format]


def _date_format(cell: Cell) -> str:
    if isinstance(cell.value, dt.datetime) and cell.value.time() != dt.time():
        return "yyyy-mm-dd hh:mm:ss"
    return DATE_FORMATS[cell.precision or Precision.DAY]


def _digits(cell: Cell) -> str:
    """Return the format that shows a number with the decimals that it showed."""
    match = DECIMALS.fullmatch(cell.text)
    if match is None:
        return ""
    return f"0.{'0' * len(match[1])}" if match[1] else "0"
