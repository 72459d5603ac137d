"""Write a list as an .xlsx file, row by row.

The general writer asks each cell for its format, which takes most of its time where
there are millions of cells. A list has one format for each column, so its rows are
composed as XML here (`list_cells`); at no time is more than a piece of it in memory.
"""

import datetime as dt
import unicodedata
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from django.utils import timezone

from sheets.write import list_parts as parts
from sheets.write.list_cells import RowWriter, letters_of, text_of
from sheets.write.list_sheet import ListSheet
from sheets.write.printed_sheet import DAY_WIDTH

PIECE = 500  # rows that are compressed together
LEVEL = 1  # a third larger than the best compression, in a fifth of its time
FACTS_HEIGHT, HEADING_HEIGHT, TITLE_HEIGHT = 20, 36, 32
NARROWEST, WIDEST, SAMPLE = 8, 48, 200
WIDE_LETTERS = {"W", "F"}
HEADING_ROW = 3


def write_list(target: BinaryIO, sheet: ListSheet) -> int:
    """Write the list as an .xlsx file; return the number of rows."""
    made_at = sheet.made_at or timezone.now()
    styles = parts.Styles(sheet.columns)
    book = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL)
    with book:
        for name, text in (
            ("[Content_Types].xml", parts.CONTENT_TYPES),
            ("_rels/.rels", parts.PACKAGE_RELATIONSHIPS),
            ("docProps/core.xml", parts.properties(sheet.title, made_at)),
            ("xl/workbook.xml", parts.workbook(sheet.sheet_name, HEADING_ROW)),
            ("xl/_rels/workbook.xml.rels", parts.WORKBOOK_RELATIONSHIPS),
            ("xl/styles.xml", styles.as_xml()),
        ):
            book.writestr(_entry(name, made_at), text)
        return _write_sheet(book, sheet, styles, made_at)


def _entry(name: str, made_at: dt.datetime) -> zipfile.ZipInfo:
    local = timezone.localtime(made_at)
    entry = zipfile.ZipInfo(name, local.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _write_sheet(
    book: zipfile.ZipFile,
    sheet: ListSheet,
    styles: parts.Styles,
    made_at: dt.datetime,
) -> int:
    writer = RowWriter(styles.by_column)
    rows, count = iter(sheet.rows), 0
    first = [row for _number, row in zip(range(SAMPLE), rows, strict=False)]
    entry = _entry("xl/worksheets/sheet1.xml", made_at)
    with book.open(entry, "w", force_zip64=True) as part:
        part.write(_head(sheet, _widths(sheet, first)).encode())
        piece: list[str] = []
        for row in _chain(first, rows):
            count += 1
            piece.append(writer.write(row, HEADING_ROW + count))
            if len(piece) == PIECE:
                part.write("".join(piece).encode())
                piece.clear()
        part.write("".join(piece).encode())
        part.write(_tail(sheet).encode())
    return count


def _chain(first: list, rows: Iterator) -> Iterator:
    yield from first
    first.clear()
    yield from rows


def _widths(sheet: ListSheet, rows: list) -> list[int]:
    """Return the widths of the columns, as their headings and first rows need."""
    widths = [_width(column.heading) for column in sheet.columns]
    for row in rows:
        for number, value in enumerate(row):
            widths[number] = max(widths[number], _width(value))
    return [min(max(width + 2, NARROWEST), WIDEST) for width in widths]


def _width(value: object) -> int:
    """Return about how many narrow letters a value takes; Chinese ones count double.

    A day takes what the longest day takes, whichever it is.
    """
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return DAY_WIDTH - 2
    return sum(
        1 + (unicodedata.east_asian_width(letter) in WIDE_LETTERS)
        for letter in str(value or "")[:WIDEST]
    )


def _head(sheet: ListSheet, widths: list[int]) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, 1)
    )
    pane = (
        f'<pane ySplit="{HEADING_ROW}" topLeftCell="A{HEADING_ROW + 1}"'
        ' activePane="bottomLeft" state="frozen"/>'
    )
    headings = "".join(
        _line_cell(letters_of(number), HEADING_ROW, column.heading, parts.HEADING)
        for number, column in enumerate(sheet.columns)
    )
    facts = "　　".join(sheet.facts)
    return (
        f'{parts.HEAD}<worksheet xmlns="{parts.MAIN}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>"
        f"{_line(1, TITLE_HEIGHT, _line_cell('A', 1, sheet.title, parts.TITLE))}"
        f"{_line(2, _facts_height(facts, widths), _facts_cell(facts))}"
        f"{_line(HEADING_ROW, HEADING_HEIGHT, headings)}"
    )


def _facts_cell(facts: str) -> str:
    return _line_cell("A", 2, facts, parts.FACTS)


def _facts_height(facts: str, widths: list[int]) -> int:
    letters = sum(
        1 + (unicodedata.east_asian_width(letter) in WIDE_LETTERS) for letter in facts
    )
    return FACTS_HEIGHT * (1 + letters // max(sum(widths), 1))


def _line(number: int, height: int, cells: str) -> str:
    return f'<row r="{number}" ht="{height}" customHeight="1">{cells}</row>'


def _line_cell(letters: str, row: int, text: str, style: int) -> str:
    content = f'<is><t xml:space="preserve">{text_of(text)}</t></is>'
    return f'<c r="{letters}{row}" s="{style}" t="inlineStr">{content}</c>'


def _tail(sheet: ListSheet) -> str:
    """Return the end: lines across the width, A4 landscape, fitted to the width."""
    last = letters_of(len(sheet.columns) - 1)
    merged = (
        f'<mergeCells count="2"><mergeCell ref="A1:{last}1"/>'
        f'<mergeCell ref="A2:{last}2"/></mergeCells>'
        if len(sheet.columns) > 1
        else ""
    )
    return (
        f"</sheetData>{merged}"
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
