"""What an .xls file shows beside its words: hidden, struck, commented, coloured.

The parser of `xls_child` gives values only; this reads the records of BIFF8 beside it,
in the same child process, which loads it by its path: it imports nothing of ours.
"""

import struct
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

FREE = 0xFFFFFFFA  # sector numbers from here on are none
DIRECTORY_ENTRY, MINI_STREAM = 128, 4096
BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
FONT, XF, PALETTE, BOUNDSHEET, SST = 0x31, 0xE0, 0x92, 0x85, 0xFC
ROW, COLINFO, NOTE, OBJ, TXO = 0x208, 0x7D, 0x1C, 0x5D, 0x1B6
LABELSST, MULRK = 0xFD, 0xBD
CELLS = {LABELSST, 0x203, 0x204, 0x205, 0x06, 0x27E, 0xD6}  # one cell, with a style
STRUCK, ROW_HIDDEN, COLUMN_HIDDEN, WIDE, RICH, PHONETIC = 0x08, 0x20, 1, 1, 8, 4
AUTOMATIC = 0x7FFF
PLAIN_COLORS = {0, 8, 64, AUTOMATIC}  # black, in all its ways
Record = tuple[int, list[bytes]]  # kind, body and what continues it


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


def extract_workbook(raw: bytes) -> bytes:
    """Return the workbook's stream of a compound file; nothing if there is none."""
    (shift,) = struct.unpack_from("<H", raw, 30)
    size = 1 << shift
    fat = _read_table(raw, size)
    (start,) = struct.unpack_from("<I", raw, 48)
    directory = _join(raw, fat, start, size)
    for at in range(0, len(directory) - DIRECTORY_ENTRY + 1, DIRECTORY_ENTRY):
        entry = directory[at : at + DIRECTORY_ENTRY]
        length = min(entry[64], 64)
        if entry[: max(length - 2, 0)].decode("utf-16-le", "replace") == "Workbook":
            first, total = struct.unpack_from("<II", entry, 116)
            if total < MINI_STREAM:
                return _join_small(raw, fat, directory, size, first)[:total]
            return _join(raw, fat, first, size)[:total]
    return b""


def _join_small(
    raw: bytes, fat: list[int], directory: bytes, size: int, first: int
) -> bytes:
    """Return a short stream: it lies in small sectors inside the root's stream."""
    (shift,), (start,) = (
        struct.unpack_from("<H", raw, 32),
        struct.unpack_from("<I", raw, 60),
    )
    table = _join(raw, fat, start, size)
    small_fat = [*struct.unpack(f"<{len(table) // 4}I", table)]
    root = _join(raw, fat, struct.unpack_from("<I", directory, 116)[0], size)
    return _join(bytes(1 << shift) + root, small_fat, first, 1 << shift)


def _read_table(raw: bytes, size: int) -> list[int]:
    """Return the table that says which sector follows each."""
    sectors = list(struct.unpack_from("<109I", raw, 76))
    (more,) = struct.unpack_from("<I", raw, 68)
    seen = set()
    while more < FREE and more not in seen:
        seen.add(more)
        block = raw[(more + 1) * size : (more + 2) * size]
        *numbers, more = struct.unpack(f"<{size // 4}I", block)
        sectors += numbers
    table: list[int] = []
    for sector in sectors:
        if sector < FREE:
            block = raw[(sector + 1) * size : (sector + 2) * size]
            table += struct.unpack(f"<{len(block) // 4}I", block)
    return table


def _join(raw: bytes, fat: list[int], sector: int, size: int) -> bytes:
    parts: list[bytes] = []
    while sector < len(fat) and len(parts) <= len(fat):
        parts.append(raw[(sector + 1) * size : (sector + 2) * size])
        sector = fat[sector]
    return b"".join(parts)


def iter_records(book: bytes, at: int) -> Iterator[Record]:
    """Yield the records of one part of the workbook, up to its end."""
    current: Record | None = None
    depth = 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        body = book[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == CONTINUE and current:
            current[1].append(body)
            continue
        if current:
            yield current
        current = (kind, [body])
        depth += (kind == BOF) - (kind == EOF)  # charts have parts inside the sheet
        if depth <= 0:
            return


class Shared:
    """What the sheets of a workbook share: fonts, styles, rich texts, colours."""

    def __init__(self) -> None:
        self.fonts: list[tuple[bool, int]] = []  # struck, colour
        self.styles: list[tuple[int, int]] = []  # font, fill or 0
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
    (font,) = struct.unpack_from("<H", body)
    (pattern,) = struct.unpack_from("<I", body, 14)
    (colors,) = struct.unpack_from("<H", body, 18)
    shared.styles.append((font, colors & 0x7F if pattern >> 26 else 0))


READERS = {FONT: _read_font, XF: _read_style, PALETTE: _read_palette}


class Texts:
    """Reads texts over the ends of records: each goes on with a byte of its width."""

    def __init__(self, parts: list[bytes]) -> None:
        self.parts = parts
        self.part = self.at = 0

    def _move_on(self) -> None:
        while self.at >= len(self.parts[self.part]):
            self.part, self.at = self.part + 1, 0

    def take(self, count: int) -> bytes:
        """Return so many bytes."""
        taken = b""
        while len(taken) < count:
            self._move_on()
            piece = self.parts[self.part][self.at : self.at + count - len(taken)]
            taken += piece
            self.at += len(piece)
        return taken

    def characters(self, count: int, flags: int) -> str:
        """Return so many characters, which may change their width in between."""
        text = ""
        while len(text) < count:
            if self.at >= len(self.parts[self.part]):
                self._move_on()
                (flags,) = self.take(1)
            width = 1 + (flags & WIDE)
            left = (len(self.parts[self.part]) - self.at) // width
            raw = self.take(min(left, count - len(text)) * width)
            text += raw.decode("utf-16-le" if flags & WIDE else "latin-1", "replace")
        return text


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
        else:
            self._read_other(kind, parts)

    def _read_cell(self, kind: int, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        self._add_style(row, column, style)
        if kind == LABELSST:
            (text,) = struct.unpack_from("<I", body, 6)
            if words := self.shared.struck.get(text):
                self.struck.append([row, column, words])

    def _add_style(self, row: int, column: int, style: int) -> None:
        if style >= len(self.shared.styles):
            return
        font, fill = self.shared.styles[style]
        struck, color = self.shared.font(font)
        if struck or fill or color not in PLAIN_COLORS:
            self.styles.append([row, column, int(struck), fill, color])

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
            "comments": [[*cell, self.texts[box]] for box, cell in self.notes.items()],
        }
