"""Determine a file's type by its bytes, and call it by no other name."""

import re
import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from sheets.read import guess_utf16
from sheets.write import WORKBOOK

UNKNOWN = "application/octet-stream"
TEXT = "text/plain"
OLD_OFFICE = "application/vnd.ms-excel"
LETTER = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STARTS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"%PDF", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
OFFICE = (("xl/workbook.xml", WORKBOOK), ("word/document.xml", LETTER))
DOCUMENT_TYPES = frozenset(
    {
        *(name for _start, name in STARTS[1:]),
        *(name for _entry, name in OFFICE),
    }
)
"""What a document's file may be: PDF, pictures, and office files of the newer kind."""
ENDINGS = {
    OLD_OFFICE: (".xls",),
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    WORKBOOK: (".xlsx",),
    LETTER: (".docx",),
    TEXT: (".txt", ".csv"),
    UNKNOWN: (".bin", ".csv", ".txt"),
}
"""How a file of a type may be called; no program runs any of these."""
MAX_ENTRIES = 2000
MAX_NAME = 200
MAX_TYPES = 1024 * 1024
COMPOUND, ZIP, BARE_BIFF = STARTS[0][0], b"PK", b"\x09"
WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff")
SCRIPT = re.compile(
    rb"<\s*(?:script|html|hta:|!doctype|body|iframe|svg|\?php|%)|^\s*@echo|^#!",
    re.IGNORECASE | re.MULTILINE,
)
"""What makes a program run a file that only begins like a document or a picture."""
MACROS = ("vbaproject", "macrosheets/", "activex/")
FORBIDDEN = re.compile(r'[<>:"|?*]')
ENDING = re.compile(r"\.[a-z][a-z0-9]{0,9}$", re.IGNORECASE)


def cannot_be_table(head: bytes) -> bool:
    """Whether a file that begins like this cannot be a table of any kind."""
    if head.startswith((COMPOUND, ZIP, BARE_BIFF, *WIDE_TEXT)):
        return False
    if any(head.startswith(start) for start, _name in STARTS):
        return True
    return b"\0" in head and guess_utf16(head) is None


def content_type_of(file: BinaryIO) -> str:
    """Return the type of a file; of an unknown one, that of any stream of bytes."""
    file.seek(0)
    head = file.read(4096)
    for start, name in STARTS:
        if head.startswith(start):
            return UNKNOWN if SCRIPT.search(head) else name
    if head.startswith(b"PK\x03\x04"):
        return _office_type(file)
    return TEXT if _is_text(head) else UNKNOWN


def _office_type(file: BinaryIO) -> str:
    """Return the type of an office file; one with macros is of none."""
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.namelist()
            if len(entries) > MAX_ENTRIES or _has_macros(archive, entries):
                return UNKNOWN
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
    ):
        return UNKNOWN
    return next((kind for entry, kind in OFFICE if entry in entries), UNKNOWN)


def _has_macros(archive: zipfile.ZipFile, entries: list[str]) -> bool:
    if any(mark in entry.lower() for entry in entries for mark in MACROS):
        return True
    if "[Content_Types].xml" not in entries:
        return False
    with archive.open("[Content_Types].xml") as types:
        return b"macroenabled" in types.read(MAX_TYPES).lower()


def _is_text(head: bytes) -> bool:
    """Whether the beginning is text without a tag of a web page in it."""
    return b"\0" not in head and b"<" not in head[:512]


def clean_filename(name: str) -> str:
    """Return a file's own name: no folders, no control characters, not too long."""
    last = PureWindowsPath(PurePosixPath(name).name).name
    printable = "".join(character for character in last if character.isprintable())
    return FORBIDDEN.sub("", printable).rstrip(". ")[-MAX_NAME:] or "-"


def name_as_content(name: str, content_type: str) -> str:
    """Return a file's own name with an ending of what is in the file.

    The name of a file of no known type stays readable before its new ending.
    """
    plain = clean_filename(name)
    allowed = ENDINGS.get(content_type, ENDINGS[UNKNOWN])
    if not plain.lower().endswith(allowed):
        stem = plain if content_type == UNKNOWN else ENDING.sub("", plain)
        stem = stem.rstrip(". ") or "-"
        is_right = stem.lower().endswith(allowed)
        plain = stem if is_right else f"{stem}{allowed[0]}"
    ending = PurePosixPath(plain).suffix
    return f"{plain.removesuffix(ending)[-(MAX_NAME - len(ending)) :]}{ending}"
