"""Open a form that somebody else laid out, and refuse what cannot be filled."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sheets.fill.errors import (
    MacroWorkbook,
    NotAWorkbook,
    OtherDocument,
    SignedWorkbook,
)
from sheets.fill.grid import Grid, build_grid
from sheets.fill.markup import scan_sheet
from sheets.read.archive import Archive
from sheets.read.errors import OtherFormat
from sheets.read.files import open_sheets, translate_parser_errors
from sheets.read.layout import read_layout
from sheets.read.limits import LIMITS, Clock, Limits
from sheets.read.workbook import SheetPart, Workbook

MEGABYTE = 1024 * 1024
BLANK_LIMITS = replace(
    LIMITS,
    file_bytes=10 * MEGABYTE,
    unpacked_bytes=40 * MEGABYTE,
    sheets=40,
    rows=20_000,
    cells=200_000,
    seconds=20.0,
)
"""A form is a page or some; a list of a city's people is none."""
ZIP = b"PK\x03\x04"
MACROS = ("vbaproject.bin", "macrosheets/", "activex/")
SIGNATURES = "_xmlsignatures/"


@dataclass(frozen=True, slots=True)
class Blank:
    """A form: its sheets as grids."""

    grids: Sequence[Grid]


def open_blank(path: Path, *, filename: str, limits: Limits = BLANK_LIMITS) -> Blank:
    """Return a form's sheets; refuse what is no workbook, has macros or is signed."""
    limits = replace(limits, clock=Clock(limits.seconds))
    with translate_parser_errors():
        with path.open("rb") as file:
            head = file.read(len(ZIP))
        if head != ZIP:
            with _name_other_documents():
                open_sheets(path, filename=filename, limits=limits)
            raise NotAWorkbook
        with _name_other_documents():
            book = open_workbook(path, limits)
        return Blank(
            [_read_grid(book, *numbered) for numbered in enumerate(book.parts())]
        )


@contextmanager
def _name_other_documents() -> Iterator[None]:
    """Refuse what is no table with the type that a form has: .xlsx alone."""
    try:
        yield
    except OtherFormat as refusal:
        raise OtherDocument(**refusal.params) from refusal


def open_workbook(path: Path, limits: Limits) -> Workbook:
    """Open a workbook that may be filled."""
    book = Workbook(path, limits)
    _refuse_active(book.archive)
    return book


def _refuse_active(archive: Archive) -> None:
    if any(mark in name for name in archive.infos for mark in MACROS):
        raise MacroWorkbook
    types = b"".join(archive.unpack("[Content_Types].xml"))
    if b"macroEnabled" in types:
        raise MacroWorkbook
    if any(name.startswith(SIGNATURES) for name in archive.infos):
        raise SignedWorkbook


def _read_grid(book: Workbook, number: int, part: SheetPart) -> Grid:
    body = b"".join(book.archive.unpack(part.path))
    layout = read_layout(iter([body]), book.limits)
    return build_grid(
        number,
        part.name,
        book.read_part(part.path),
        layout.spans,
        scan_sheet(body),
        hidden=part.hidden,
    )
