"""Workbooks as offices and attackers make them, written for each test."""

import io
import struct
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = (
    f'<Relationship Id="%s" Type="{OFFICE}/%s" Target="%s" '
    'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
)


def relations(*triples: tuple[str, str, str]) -> str:
    inside = "".join(RELATION % triple for triple in triples)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def sheet_xml(
    rows: str, *, before: str = "", after: str = "", doctype: str = ""
) -> str:
    return (
        f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{MAIN}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def raw_book(
    path: Path,
    sheet: str | bytes,
    *,
    styles: str = "",
    strings: str = "",
    properties: str = "",
    more: dict[str, bytes] | None = None,
) -> Path:
    """Write a workbook part by part, so that any part can be wrong."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}'
        '<sheets><sheet name="名册" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "styles", "styles.xml"),
            ("r3", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet,
        "xl/styles.xml": styles or f'<styleSheet xmlns="{MAIN}"/>',
        "xl/sharedStrings.xml": strings or f'<sst xmlns="{MAIN}"/>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in (parts | (more or {})).items():
            archive.writestr(name, body)
    return path


def styles_xml(*codes: str) -> str:
    """Styles 1, 2, … with these number formats; style 0 is general."""
    formats = "".join(
        f'<numFmt numFmtId="{164 + place}" formatCode="{escape(code)}"/>'
        for place, code in enumerate(codes)
    ).replace('"yyyy"', "yyyy")
    used = "".join(f'<xf numFmtId="{164 + place}"/>' for place in range(len(codes)))
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
    )


def book(path: Path, *sheets: tuple[str, list[list[Any]]], **options: Any) -> Path:
    """Write plain rows with XlsxWriter; None leaves a cell out."""
    with xlsxwriter.Workbook(path, options) as workbook:
        for name, rows in sheets:
            worksheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        worksheet.write(number, column, value)
    return path


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def biff_string(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def old_book(
    rows: list[list[str | float]],
    *,
    merges: tuple[tuple[int, int, int, int], ...] = (),
    protected: bool = False,
    far: tuple[int, int] | None = None,
    shared: bytes = b"",
    marks: bytes = b"",
    styles: dict[tuple[int, int], int] | None = None,
    small: bool = False,
) -> bytes:
    """Return an .xls (BIFF8 in a compound file) with one sheet.

    `far` is one more cell, as far down and to the right as one likes. `shared` and
    `marks` are more records of the workbook and of the sheet, `styles` those of cells.
    A `small` one lies in small sectors, as those of a few rows do.
    """
    start = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    start += record(0x42, struct.pack("<H", 1200))
    if protected:
        start += record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    start += shared
    name = "名册"
    title = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    offset = len(start) + 4 + 6 + len(title) + 4
    start += record(0x85, struct.pack("<IBB", offset, 0, 0) + title) + record(0x0A, b"")
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            style = (styles or {}).get((number, column), 0)
            sheet += old_cell(number, column, value, style)
    sheet += marks
    if far:
        sheet += old_cell(*far, "远")
    ranges = b"".join(struct.pack("<HHHH", *merge) for merge in merges)
    sheet += record(0xE5, struct.pack("<H", len(merges)) + ranges)
    book = start + sheet + record(0x0A, b"")
    return small_compound("Workbook", book) if small else compound({"Workbook": book})


def old_cell(row: int, column: int, value: str | float, style: int = 0) -> bytes:
    place = struct.pack("<HHH", row, column, style)
    if isinstance(value, str):
        return record(0x204, place + biff_string(value))
    return record(0x203, place + struct.pack("<d", value))


def old_font(*, struck: bool = False, color: int = 0x7FFF) -> bytes:
    body = struct.pack("<HHHHH", 200, 8 if struck else 0, color, 400, 0) + bytes(4)
    return record(0x31, body + struct.pack("<BB", 2, 1) + "宋体".encode("utf-16-le"))


def old_format(number: int, code: str) -> bytes:
    """Return the code of a number format, by its number."""
    body = struct.pack("<HHB", number, len(code), 1) + code.encode("utf-16-le")
    return record(0x41E, body)


def old_rk(row: int, column: int, number: int, style: int) -> bytes:
    """Return a cell with a whole number, as LibreOffice writes it."""
    place = struct.pack("<HHH", row, column, style)
    return record(0x27E, place + struct.pack("<I", number << 2 | 2))


def old_rks(row: int, column: int, numbers: list[int], style: int) -> bytes:
    """Return several cells side by side with whole numbers, in one record."""
    body = struct.pack("<HH", row, column)
    body += b"".join(struct.pack("<HI", style, n << 2 | 2) for n in numbers)
    return record(0xBD, body + struct.pack("<H", column + len(numbers) - 1))


def old_style(font: int, *, fill: int = 0, shape: int = 0) -> bytes:
    pattern = (1 << 26) if fill else 0
    body = (
        struct.pack("<HH", font, shape) + bytes(10) + struct.pack("<IH", pattern, fill)
    )
    return record(0xE0, body)


def old_note(row: int, column: int, text: str) -> bytes:
    """Return a comment: its box, the words in it, and the note that points there."""
    box = record(0x5D, struct.pack("<HHHHH", 0x15, 18, 0x19, 1, 0) + bytes(16))
    words = record(0x1B6, struct.pack("<HH6xHH4x", 0, 0, len(text), 8))
    words += record(0x3C, b"\1" + text.encode("utf-16-le")) + record(0x3C, bytes(8))
    note = struct.pack("<HHHH", row, column, 0, 1) + struct.pack("<HB", 1, 0) + b"x\0"
    return box + words + record(0x1C, note)


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file with these streams, each of at least eight sectors."""
    data = io.BytesIO()
    entries: list[tuple[str, int, int, int]] = []
    sectors: list[int] = []
    for name, body in streams.items():
        padded = body.ljust(4096, b"\0")
        padded += bytes(-len(padded) % 512)
        entries.append((name, 2, len(sectors) + 2, len(padded)))
        last = len(sectors) + len(padded) // 512
        sectors += [place + 3 for place in range(len(sectors), last - 1)] + [-2]
        data.write(padded)
    table = struct.pack("<128i", *([-3, -2, *sectors] + [-1] * 126)[:128])
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIiIIiIiI", 0, 1, 1, 0, 4096, -2, 0, -2, 0)
    header += struct.pack("<109i", 0, *[-1] * 108)
    root = [("Root Entry", 5, -2, 0), *entries]
    directory = b"".join(_entry(place, *entry) for place, entry in enumerate(root))
    return header + table + directory.ljust(512, b"\0") + data.getvalue()


def small_compound(name: str, body: bytes) -> bytes:
    """Return a compound file with one short stream, in small sectors of 64 bytes."""
    count = -(-len(body) // 64)
    chain = [*range(1, count), -2]
    root = body.ljust(-(-len(body) // 512) * 512, b"\0")
    last = 3 + len(root) // 512 - 1  # sectors: table, directory, small table, root
    sectors = [-3, -2, -2, *range(4, last + 1), -2]
    table = struct.pack("<128i", *(sectors + [-1] * 128)[:128])
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIiIIiIiI", 0, 1, 1, 0, 4096, 2, 1, -2, 0)
    header += struct.pack("<109i", 0, *[-1] * 108)
    directory = _entry(0, "Root Entry", 5, 3, count * 64)
    directory += _entry(1, name, 2, 0, len(body))
    small = struct.pack("<128i", *(chain + [-1] * 128)[:128])
    return header + table + directory.ljust(512, b"\0") + small + root


def _entry(place: int, name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    child, right = (1 if place == 0 else -1), (-1)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBBiii", len(raw), kind, 1, -1, right, child)
        + bytes(36)
        + struct.pack("<iQ", start, size)
    )
