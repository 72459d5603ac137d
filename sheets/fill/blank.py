"""Open a form that somebody else laid out, and refuse what cannot be filled."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sheets.fill.active import refuse_active
from sheets.fill.errors import NotAWorkbook, OtherDocument, TooLargeForm
from sheets.fill.grid import Grid, build_grid
from sheets.fill.markup import MOST_CELLS, MOST_ROWS, scan_sheet
from sheets.read.errors import CELLS, ROWS, OtherFormat
from sheets.read.files import open_sheets, translate_parser_errors
from sheets.read.layout import read_layout
from sheets.read.limits import LIMITS, Clock, Limits
from sheets.read.workbook import Workbook

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
MOST_PLACES = 100_000
"""Of all sheets as they are shown: cells that people would have to look at."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A form: its sheets as grids."""

    grids: Sequence[Grid]


def open_blank(path: Path, *, filename: str, limits: Limits = BLANK_LIMITS) -> Blank:
    """Return a form's sheets; refuse what cannot be filled safely.

    All of it happens within one time limit, and within limits of the whole form.
    """
    clock = Clock(limits.seconds)
    limits = replace(limits, clock=clock)
    with translate_parser_errors(), clock.running():
        with path.open("rb") as file:
            head = file.read(len(ZIP))
        if head != ZIP:
            with _name_other_documents():
                open_sheets(path, filename=filename, limits=limits)
            raise NotAWorkbook
        with _name_other_documents():
            book = open_workbook(path, limits)
        return Blank(_read_grids(book, clock))


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
    refuse_active(book)
    return book


def _read_grids(book: Workbook, clock: Clock) -> list[Grid]:
    """Return the sheets as grids; refuse more of anything than a form has."""
    grids, rows, cells, places = list[Grid](), 0, 0, 0
    for number, part in enumerate(book.parts()):
        body = b"".join(book.archive.unpack(part.path))
        spans = read_layout(iter([body]), book.limits).spans
        markup = scan_sheet(body, clock)
        rows += len(markup.rows)
        cells += markup.count
        _require_most(rows, MOST_ROWS, ROWS)
        _require_most(cells, MOST_CELLS, CELLS)
        grids.append(
            build_grid(
                number,
                part.name,
                book.read_part(part.path),
                spans,
                markup,
                hidden=part.hidden,
                clock=clock,
            )
        )
        places += sum(len(row.cells) for row in grids[-1].rows)
        _require_most(places, MOST_PLACES, CELLS)
    return grids


def _require_most(count: int, limit: int, what: object) -> None:
    if count > limit:
        raise TooLargeForm(limit=limit, what=what)
