"""Open a file by its content, whatever its name."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from sheets.read.cells import Row, Sheet
from sheets.read.delimited import guess_utf16, open_delimited
from sheets.read.errors import (
    PDF,
    PICTURE,
    WORD_DOCUMENT,
    ZIP_ARCHIVE,
    DamagedFile,
    EmptyFile,
    MissingFile,
    OtherFormat,
    UnreadableFile,
    WebPage,
    XmlTable,
)
from sheets.read.limits import LIMITS, Clock, Limits, refuse_bytes
from sheets.read.workbook import Workbook
from sheets.read.xls import open_xls

HEAD = 4096
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BARE_BIFF = (b"\x09\x08\x08\x00", b"\x09\x08\x10\x00", b"\x09\x04\x06\x00")
OTHERS = (
    (b"%PDF", PDF),
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"RIFF", PICTURE),
    (b"Rar!", ZIP_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ZIP_ARCHIVE),
    (b"\x1f\x8b", ZIP_ARCHIVE),
    (b"{\\rtf", WORD_DOCUMENT),
)
PAGE = re.compile(
    r"\s*+(<!--.*?-->\s*+)*<(!doctype html|html|head|meta|body|table|div)",
    re.IGNORECASE,
)
MAIL_PAGE = re.compile(r"mime-version:|from: <saved by", re.IGNORECASE)


def open_sheets(path: Path, *, filename: str, limits: Limits = LIMITS) -> list[Sheet]:
    """Return the sheets of a file, or refuse the file and say why.

    The file name only names the sheet of a text file. Every error of a parser, here or
    later while the rows are read, becomes an `UnreadableFile`.
    """
    limits = replace(limits, clock=Clock(limits.seconds))
    with translate_parser_errors():
        size = path.stat().st_size
        if size == 0:
            raise EmptyFile
        if size > limits.file_bytes:
            refuse_bytes(limits.file_bytes)
        opened = _choose_opener(path, filename)(limits)
    return [replace(sheet, rows=partial(_iter_rows, sheet.rows)) for sheet in opened]


@contextmanager
def translate_parser_errors() -> Iterator[None]:
    """Turn every exception of a parser into an `UnreadableFile`."""
    try:
        yield
    except UnreadableFile:
        raise
    except (FileNotFoundError, PermissionError) as error:
        raise MissingFile from error
    except Exception as error:
        raise DamagedFile from error


def _iter_rows(read: Callable[[], Iterator[Row]]) -> Iterator[Row]:
    with translate_parser_errors():
        rows = read()
    while True:
        with translate_parser_errors():
            row = next(rows, None)
        if row is None:
            return
        yield row


def _choose_opener(path: Path, filename: str) -> Callable[[Limits], list[Sheet]]:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith(ZIP):
        return lambda limits: Workbook(path, limits).sheets()
    if head.startswith(COMPOUND):
        return partial(open_xls, path)
    _refuse_others(head)
    return partial(open_delimited, path, Path(filename).stem)


def _refuse_others(head: bytes) -> None:
    for start, kind in OTHERS:
        if head.startswith(start):
            raise OtherFormat(kind=kind)
    if head.startswith(BARE_BIFF):
        raise UnreadableFile
    _refuse_markup(_decode_head(head))


def _refuse_markup(text: str) -> None:
    if not text.strip():
        raise EmptyFile
    if PAGE.match(text) or MAIL_PAGE.match(text):
        raise WebPage
    if text.lstrip().startswith("<?xml"):
        raise WebPage if "<html" in text.lower() else XmlTable


def _decode_head(head: bytes) -> str:
    """Return the beginning as text, enough to recognize markup."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace").lstrip("\ufeff")
    return head.decode(guess_utf16(head) or "utf-8-sig", "replace")
