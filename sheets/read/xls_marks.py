"""What an .xls file shows beside its words: hidden, struck, commented, coloured.

The parser of `xls_child` gives values only, and days where months are shown; this reads
the records of BIFF8 beside it, in the same child process, which loads it by its path:
it imports nothing of ours but `xls_records`.
"""

import re
import struct
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sheets.read.xls_records import Texts, extract_workbook, iter_records

FONT, XF, PALETTE, BOUNDSHEET, SST = 0x31, 0xE0, 0x92, 0x85, 0xFC
FORMAT, DATE_MODE = 0x41E, 0x22
ROW, COLINFO, NOTE, OBJ, TXO = 0x208, 0x7D, 0x1C, 0x5D, 0x1B6
LABELSST, MULRK = 0xFD, 0xBD
CELLS = {LABELSST, 0x203, 0x204, 0x205, 0x06, 0x27E, 0xD6}  # one cell, with a style
STRUCK, ROW_HIDDEN, COLUMN_HIDDEN, RICH, PHONETIC = 0x08, 0x20, 1, 8, 4
AUTOMATIC = 0x7FFF
NUMBERS = {0x203, 0x06, 0x27E}  # one number, typed or computed
ASIDE = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')  # words in a format, its language
# Formats without a code: a month, and those of Chinese editions.
NO_CODE = {17, *range(27, 37), *range(50, 59)}
PLAIN_COLORS = {0, 8, 64, AUTOMATIC}  # black, in all its ways


def read_marks(raw: bytes, sheet: int) -> dict[str, Any]:
    """Return the marks of the sheet with that number, as JSON can hold them.

    `rows` and `columns` are hidden ones; `styles` are [row, column, struck, fill,
    font], with numbers of the palette; `struck` are words, `comments` texts by cell.
    """
    book = extract_workbook(raw)
    shared, offsets = _read_globals(book)
    if sheet >= len(offsets):
        return {}
    reader = _SheetReader(shared)
    for kind, parts in iter_records(book, offsets[sheet]):
        reader.read(kind, parts)
    return reader.marks()


class Shared:
    """What the sheets of a workbook share: fonts, styles, rich texts, colours."""

    def __init__(self) -> None:
        self.fonts: list[tuple[bool, int]] = []  # struck, colour
        self.styles: list[tuple[int, int, int]] = []  # font, fill or 0, format
        self.formats: dict[int, str] = {}
        self.from_1904 = False
        self.palette: list[str] = []
        self.struck: dict[int, str] = {}

    def font(self, number: int) -> tuple[bool, int]:
        """Return a font by its number; there is none with the number four."""
        index = number - (number > 4)
        return self.fonts[index] if index < len(self.fonts) else (False, AUTOMATIC)


def _read_globals(book: bytes) -> tuple[Shared, list[int]]:
    """Return what sheets share, and where each of them begins."""
    records = [*iter_records(book, 0)]
    shared = Shared()
    for kind, parts in records:
        if kind in READERS:
            READERS[kind](shared, parts[0])
    texts = next((parts for kind, parts in records if kind == SST), [])
    if any(struck for struck, _color in shared.fonts):
        shared.struck = dict(_find_struck(texts, shared))
    sheets = [parts[0] for kind, parts in records if kind == BOUNDSHEET]
    return shared, [struct.unpack_from("<I", body)[0] for body in sheets]


def _read_font(shared: Shared, body: bytes) -> None:
    _height, options, color = struct.unpack_from("<HHH", body)
    shared.fonts.append((bool(options & STRUCK), color))


def _read_palette(shared: Shared, body: bytes) -> None:
    shared.palette = [body[n : n + 3].hex() for n in range(2, len(body), 4)]


def _read_style(shared: Shared, body: bytes) -> None:
    font, shape = struct.unpack_from("<HH", body)
    (pattern,) = struct.unpack_from("<I", body, 14)
    (colors,) = struct.unpack_from("<H", body, 18)
    shared.styles.append((font, colors & 0x7F if pattern >> 26 else 0, shape))


def _read_format(shared: Shared, body: bytes) -> None:
    number, length, flags = struct.unpack_from("<HHB", body)
    shared.formats[number] = Texts([body[5:]]).characters(length, flags)


def _read_date_mode(shared: Shared, body: bytes) -> None:
    shared.from_1904 = bool(body[0])


def hides_day(code: str) -> bool:
    """Whether a code shows a date without its day."""
    letters = set(ASIDE.sub("", code).split(";")[0].lower())
    return "y" in letters and "d" not in letters


READERS = {
    FONT: _read_font,
    XF: _read_style,
    PALETTE: _read_palette,
    FORMAT: _read_format,
    DATE_MODE: _read_date_mode,
}


def _find_struck(parts: list[bytes], shared: Shared) -> Iterator[tuple[int, str]]:
    """Yield the words that are crossed out of shared texts, by their number."""
    if not parts:
        return
    texts = Texts(parts)
    _total, count = struct.unpack("<II", texts.take(8))
    for number in range(count):
        length, flags = struct.unpack("<HB", texts.take(3))
        runs = struct.unpack("<H", texts.take(2))[0] if flags & RICH else 0
        phonetic = struct.unpack("<I", texts.take(4))[0] if flags & PHONETIC else 0
        text = texts.characters(length, flags)
        rich = struct.unpack(f"<{2 * runs}H", texts.take(4 * runs))
        texts.take(phonetic)
        if words := _struck_words(text, rich, shared):
            yield number, words


def _struck_words(text: str, runs: tuple[int, ...], shared: Shared) -> str:
    """Return the words whose font is crossed out; a text of one font has no runs."""
    starts, fonts = runs[::2], runs[1::2]
    ends = (*starts[1:], len(text)) if starts else ()
    return "".join(
        text[start:end]
        for start, end, font in zip(starts, ends, fonts, strict=True)
        if shared.font(font)[0]
    )


class _SheetReader:
    """Collects the marks of one sheet, record by record."""

    def __init__(self, shared: Shared) -> None:
        self.shared = shared
        self.rows: list[int] = []
        self.columns: list[list[int]] = []
        self.styles: list[list[int]] = []
        self.struck: list[list[Any]] = []
        self.dates: list[list[int]] = []
        self.notes: dict[int, tuple[int, int]] = {}  # cell by the number of its box
        self.texts: dict[int, str] = defaultdict(str)
        self.box = 0

    def read(self, kind: int, parts: list[bytes]) -> None:
        """Go on to the next record."""
        if kind in CELLS:
            self._read_cell(kind, parts[0])
        elif kind == MULRK:
            row, column = struct.unpack_from("<HH", parts[0])
            for at in range(4, len(parts[0]) - 2, 6):
                (style,) = struct.unpack_from("<H", parts[0], at)
                self._add_style(row, column + (at - 4) // 6, style)
                self._add_date(row, column + (at - 4) // 6, style)
        else:
            self._read_other(kind, parts)

    def _read_cell(self, kind: int, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        self._add_style(row, column, style)
        if kind in NUMBERS:
            self._add_date(row, column, style)
        if kind == LABELSST:
            (text,) = struct.unpack_from("<I", body, 6)
            if words := self.shared.struck.get(text):
                self.struck.append([row, column, words])

    def _add_style(self, row: int, column: int, style: int) -> None:
        if style >= len(self.shared.styles):
            return
        font, fill, _shape = self.shared.styles[style]
        struck, color = self.shared.font(font)
        if struck or fill or color not in PLAIN_COLORS:
            self.styles.append([row, column, int(struck), fill, color])

    def _add_date(self, row: int, column: int, style: int) -> None:
        """Note a number that is shown as a month, or in a format without a code."""
        if style >= len(self.shared.styles):
            return
        shape = self.shared.styles[style][2]
        code = self.shared.formats.get(shape)
        if hides_day(code) if code is not None else shape in NO_CODE:
            self.dates.append([row, column, shape])

    def _read_other(self, kind: int, parts: list[bytes]) -> None:
        body = parts[0]
        if kind == ROW and body[12] & ROW_HIDDEN:
            self.rows.append(struct.unpack_from("<H", body)[0])
        elif kind == COLINFO and body[8] & COLUMN_HIDDEN:
            self.columns.append([*struct.unpack_from("<HH", body)])
        elif kind == NOTE:
            row, column, _flags, box = struct.unpack_from("<HHHH", body)
            self.notes[box] = (row, column)
        else:
            self._read_box(kind, parts)

    def _read_box(self, kind: int, parts: list[bytes]) -> None:
        if kind == OBJ and len(parts[0]) >= 8:
            (self.box,) = struct.unpack_from("<H", parts[0], 6)
        elif kind == TXO and len(parts) > 1:
            (length,) = struct.unpack_from("<H", parts[0], 10)
            texts = Texts(parts[1:])
            self.texts[self.box] = texts.characters(length, texts.take(1)[0])

    def marks(self) -> dict[str, Any]:
        """Return what was collected."""
        return {
            "palette": self.shared.palette,
            "rows": self.rows,
            "columns": self.columns,
            "styles": self.styles,
            "struck": self.struck,
            "dates": self.dates,
            "formats": self.shared.formats,
            "from_1904": self.shared.from_1904,
            "comments": [[*cell, self.texts[box]] for box, cell in self.notes.items()],
        }
