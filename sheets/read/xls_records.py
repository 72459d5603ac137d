"""The records of an .xls file: BIFF8 in a compound file, and their texts.

The child process loads it by its path: it imports nothing of ours.
"""

import struct
from collections.abc import Iterator

FREE = 0xFFFFFFFA  # sector numbers from here on are none
DIRECTORY_ENTRY, MINI_STREAM = 128, 4096
BOF, EOF, CONTINUE = 0x809, 0x0A, 0x3C
WIDE = 1
Record = tuple[int, list[bytes]]  # kind, body and what continues it


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
