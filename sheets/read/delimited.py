"""Text files with separators: .csv and .txt, in the encodings that offices use."""

import codecs
import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import TextIO

from sheets.read.cell_text import strip_guards
from sheets.read.cells import BLANK, Cell, Kind, Row, Sheet
from sheets.read.errors import (
    CELLS,
    CHARACTERS,
    COLUMNS,
    ROW_CHARACTERS,
    ROWS,
    UNKNOWN_FILE,
    OpenQuote,
    OtherFormat,
    TooLarge,
    UnknownEncoding,
)
from sheets.read.limits import Limits, RowCounter
from sheets.read.number_formats import parse_number

CHUNK = 256 * 1024
SAMPLE_RECORDS = 60
SAMPLE_BYTES = 4096
UNPRINTABLE = {"Cc", "Cn", "Co", "Cs"}
MAX_LINE_LENGTH = 1_000_000
MAX_SEPARATORS = 20_000  # in a line, including those inside quotation marks
SEPARATORS = ",\t;|"
TEXT_MARKS = SEPARATORS + "\r\n "
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WITHOUT_MARK = ("utf-16-le", "utf-16-be")  # told by their bytes of zero
BY_TRIAL = ("utf-8", "gb18030")
ENCODINGS = (
    *dict.fromkeys(encoding for _, encoding in MARKS),
    *WITHOUT_MARK,
    *BY_TRIAL,
)
"""Every encoding of a text file that is read."""
SURELY_UTF8 = 6  # this many Chinese characters are UTF-8 by no accident
DECIMAL_OR_EXPONENT = re.compile(r"[+-]?\d+(\.\d*[1-9])?([eE][+-]?\d+)?")
PLAIN_INTEGER = re.compile(r"[+-]?\d+")

# Characters that GB 18030-2000 maps to the private area and GB 18030-2022 to other code
# points; Python's decoder still follows the older standard.
SINCE_2022 = str.maketrans(
    {
        0xE81E: 0x9FB4,
        0xE826: 0x9FB5,
        0xE82B: 0x9FB6,
        0xE82C: 0x9FB7,
        0xE832: 0x9FB8,
        0xE843: 0x9FB9,
        0xE854: 0x9FBA,
        0xE864: 0x9FBB,
    }
)


def open_delimited(path: Path, name: str, limits: Limits) -> list[Sheet]:
    """Return the single sheet of a text file."""
    encoding = detect_encoding(path)
    separator = detect_separator(path, encoding)
    return [Sheet(name, partial(read_records, path, encoding, separator, limits))]


def detect_encoding(path: Path) -> str:
    """Return the encoding, by the byte order mark or the first that decodes."""
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            candidates: tuple[str, ...] = (encoding,)
            break
    else:
        utf16 = guess_utf16(start)
        candidates = (utf16,) if utf16 else BY_TRIAL
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise UnknownEncoding


def guess_utf16(start: bytes) -> str | None:
    """Return which UTF-16 a text without a mark at its beginning is in, if any.

    Separators and line ends have a byte of zero there, before or after them; other
    files with such bytes do not decode to printable characters.
    """
    even = start[: len(start) // 2 * 2]
    for encoding in WITHOUT_MARK if b"\0" in even else ():
        text = even.decode(encoding, "replace")
        body = text[:-1] if len(text) > 1 else text  # its last character may be cut
        if set(body) & set(TEXT_MARKS) and all(map(_is_printable, body)):
            return encoding
    return None


def _is_printable(character: str) -> bool:
    return character in "\t\r\n\x1a\ufeff" or (
        character != "\ufffd" and unicodedata.category(character) not in UNPRINTABLE
    )


def _decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is text in that encoding, with no NUL in it."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    chinese = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                if encoding == "utf-8":
                    _refuse_damaged(error, chinese)
                return False
            if "\0" in text:
                raise OtherFormat(kind=UNKNOWN_FILE)
            if not chunk:
                return True
            chinese += sum(character > "\u2e80" for character in text[:1000])


def _refuse_damaged(error: UnicodeDecodeError, chinese: int) -> None:
    """Refuse a damaged UTF-8 file: read as GB 18030 it would give other words."""
    good = error.object[: error.start].decode("utf-8", "replace")
    chinese += sum(character > "\u2e80" for character in good)
    if chinese >= SURELY_UTF8:
        raise UnknownEncoding from error


def detect_separator(path: Path, encoding: str) -> str:
    """Return the separator that splits most records into equally many fields."""
    best_score = (0, 0)
    chosen = SEPARATORS[0]
    for separator in SEPARATORS:
        widths = Counter(_iter_widths(path, encoding, separator))
        del widths[1]
        width, times = max(
            widths.items(), key=lambda pair: (pair[1], pair[0]), default=(0, 0)
        )
        if (times, width) > best_score:
            best_score, chosen = (times, width), separator
    return chosen


def _iter_widths(path: Path, encoding: str, separator: str) -> Iterator[int]:
    with path.open(encoding=encoding, newline="") as file:
        lines = islice(_iter_lines(file, encoding), SAMPLE_RECORDS)
        sample = csv.reader(lines, delimiter=separator)
        try:
            for record in sample:
                yield len(record)
        except csv.Error:
            return


def read_records(
    path: Path, encoding: str, separator: str, limits: Limits
) -> Iterator[Row]:
    """Read the records as rows; a row's number counts records, not lines."""
    clock = limits.start_clock()
    with path.open(encoding=encoding, newline="") as file:
        records = csv.reader(
            _iter_lines(file, encoding), delimiter=separator, strict=True
        )
        filled = _iter_filled(records, limits)
        while True:
            with clock.running():
                numbered = next(filled, None)
                if numbered is None:
                    return
                row = _make_row(*numbered, limits)
            if row.cells:
                yield row


def _iter_filled(
    records: Iterator[list[str]], limits: Limits
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records with content, with their numbers; count all, however short."""
    rows = RowCounter(limits)
    cell_count = number = 0
    while (record := _read_record(records, number + 1)) is not None:
        number += 1
        cell_count += len(record)
        if cell_count > limits.cells:
            raise TooLarge(limit=limits.cells, what=CELLS)
        if not rows.is_blank(record and "".join(record).strip()):
            yield number, record


def _iter_lines(file: TextIO, encoding: str) -> Iterator[str]:
    """Yield lines with current code points, without the end-of-file mark of DOS."""
    while line := file.readline(MAX_LINE_LENGTH):
        if len(line) > MAX_SEPARATORS < max(map(line.count, SEPARATORS)):
            raise TooLarge(limit=MAX_SEPARATORS, what=COLUMNS)
        if len(line) == MAX_LINE_LENGTH:
            raise TooLarge(limit=MAX_LINE_LENGTH, what=CHARACTERS)
        current = line.translate(SINCE_2022) if encoding == "gb18030" else line
        yield current.rstrip("\x1a") if current.endswith("\x1a") else current


def _read_record(records: Iterator[list[str]], number: int) -> list[str] | None:
    try:
        return next(records, None)
    except csv.Error as error:
        raise OpenQuote(record=number) from error


def _make_row(number: int, record: list[str], limits: Limits) -> Row:
    if sum(map(len, record)) > limits.row_length:
        raise TooLarge(limit=limits.row_length, what=ROW_CHARACTERS)
    cells_by_column = {
        column: _make_cell(field, limits) for column, field in enumerate(record)
    }
    cells = {
        column: cell for column, cell in cells_by_column.items() if cell is not BLANK
    }
    row = Row(number, cells, width=len(record))
    if not row.cells:
        return row
    if number > limits.rows:
        raise TooLarge(limit=limits.rows, what=ROWS)
    if max(row.cells) >= limits.columns:
        raise TooLarge(limit=limits.columns, what=COLUMNS)
    return row


def _make_cell(field: str, limits: Limits) -> Cell:
    if len(field) > limits.text_length:
        raise TooLarge(limit=limits.text_length, what=CHARACTERS)
    text = strip_guards(field)
    if not text or text.isspace():
        return BLANK
    if text == field and _looks_like_number(text):
        return Cell(parse_number(text), text, Kind.NUMBER)
    return Cell(text, text, Kind.TEXT)


def _looks_like_number(text: str) -> bool:
    """Whether a spreadsheet would have written a number like this.

    Whole digits may also be a text (a telephone, a code) and lose nothing as text; a
    fraction may have lost zeros, an exponent has lost digits.
    """
    return (
        DECIMAL_OR_EXPONENT.fullmatch(text) is not None
        and PLAIN_INTEGER.fullmatch(text) is None
        and isfinite(float(text))
    )
