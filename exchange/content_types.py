"""Determine a file's type by its bytes, whatever its name."""

import zipfile
from typing import BinaryIO

from sheets.write import WORKBOOK

UNKNOWN = "application/octet-stream"
STARTS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/vnd.ms-excel"),
    (b"%PDF", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
OFFICE = (
    ("xl/workbook.xml", WORKBOOK),
    (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
)
DOCUMENT_TYPES = frozenset(
    {
        *(name for _start, name in STARTS[1:]),
        *(name for _entry, name in OFFICE),
    }
)
"""What a document's file may be: PDF, pictures, and office files of the newer kind."""
MAX_ENTRIES = 2000
COMPOUND, ZIP, BARE_BIFF = STARTS[0][0], b"PK", b"\x09"
WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")


def cannot_be_table(head: bytes) -> bool:
    """Whether a file that begins like this cannot be a table of any kind."""
    if head.startswith((COMPOUND, ZIP, BARE_BIFF, *WIDE_TEXT)):
        return False
    return b"\0" in head or any(head.startswith(start) for start, _name in STARTS)


def content_type_of(file: BinaryIO) -> str:
    """Return the type of a file; of an unknown one, that of any stream of bytes."""
    file.seek(0)
    head = file.read(4096)
    for start, name in STARTS:
        if head.startswith(start):
            return name
    if head.startswith(b"PK\x03\x04"):
        return _office_type(file)
    return "text/plain" if _is_text(head) else UNKNOWN


def _office_type(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return UNKNOWN
    if len(entries) > MAX_ENTRIES:
        return UNKNOWN
    return next((kind for entry, kind in OFFICE if entry in entries), UNKNOWN)


def _is_text(head: bytes) -> bool:
    """Whether the beginning is text without a tag of a web page in it."""
    return b"\0" not in head and b"<" not in head[:512]
