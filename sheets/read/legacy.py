"""Old workbooks of the type .xls, read by a child process that may die of them."""

import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Any

from sheets.read import legacy_child
from sheets.read.cells import Cell, Kind, Precision, Row, Sheet, Span
from sheets.read.errors import (
    CELLS,
    OFFICE_FILE,
    ROW_CHARACTERS,
    SHEETS,
    DamagedFile,
    EncryptedFile,
    OtherFormat,
    TooLarge,
    TooSlow,
)
from sheets.read.formats import date_cell, number_of, text_of
from sheets.read.limits import Limits
from sheets.read.merging import merged

CHUNK = 1024 * 1024
NO_SHEET = -1
ESCAPED = 6  # bytes that a character takes at most in the child's output
ROOT = "Root Entry"
LONGEST_NAME = 64  # bytes of a stream's name: 32 characters of UTF-16


def legacy_sheets(path: Path, limits: Limits) -> list[Sheet]:
    """Return the sheets of an old workbook."""
    _refuse_others(path)
    with _child(path, NO_SHEET, limits) as output:
        listed = json.loads(output.readline())
    if len(listed) > limits.sheets:
        raise TooLarge(limit=limits.sheets, what=SHEETS)
    return [
        Sheet(
            name=sheet["name"],
            rows=partial(read_legacy_rows, path, sheet["index"], limits),
            hidden=sheet["hidden"],
        )
        for sheet in listed
    ]


def _refuse_others(path: Path) -> None:
    """Tell an encrypted workbook and a letter by the streams that they are made of.

    A file that has lost its root has lost their names too, and is only damaged.
    """
    names = _stream_names(path)
    if ROOT not in names:
        raise DamagedFile
    if "EncryptedPackage" in names:
        raise EncryptedFile
    if not names & {"Workbook", "Book"}:
        raise OtherFormat(kind=OFFICE_FILE)


def _stream_names(path: Path) -> set[str]:
    """Return which of the telling names stand in the file's directory."""
    telling = {
        name: name.encode("utf-16-le") + b"\0\0"
        for name in (ROOT, "EncryptedPackage", "Workbook", "Book")
    }
    found = set()
    held = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            held = held[-LONGEST_NAME:] + chunk
            found |= {name for name, raw in telling.items() if raw in held}
    return found


@contextmanager
def _child(path: Path, index: int, limits: Limits) -> Iterator[IO[bytes]]:
    """Run the child to its end and give its output, which leaves no file behind."""
    command = [sys.executable, "-I", legacy_child.__file__, str(path.absolute())]
    command += [str(index), str(limits.child_bytes), str(int(limits.seconds) + 1)]
    with tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 -- our own script, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TooSlow from error
        if done.returncode == legacy_child.PASSWORD:
            raise EncryptedFile
        if done.returncode:
            raise DamagedFile
        output.seek(0)
        yield output


def read_legacy_rows(path: Path, index: int, limits: Limits) -> Iterator[Row]:
    """Read the rows of one sheet."""
    with _child(path, index, limits) as output:
        output.readline()
        spans = [
            Span(top + 1, left, bottom + 1, right)
            for (top, left), (bottom, right) in json.loads(output.readline())
        ]
        yield from merged(_rows(output, limits), spans)


def _rows(lines: IO[bytes], limits: Limits) -> Iterator[Row]:
    seen = 0
    for line in lines:
        if len(line) > limits.row_length * ESCAPED:
            raise TooLarge(limit=limits.row_length, what=ROW_CHARACTERS)
        number, cells = json.loads(line)
        seen += len(cells)
        if seen > limits.cells:
            raise TooLarge(limit=limits.cells, what=CELLS)
        made = {column: _cell(kind, value) for column, kind, value in cells}
        yield Row(number, {c: cell for c, cell in made.items() if cell.text.strip()})


def _cell(kind: str, value: Any) -> Cell:
    if kind == "n":
        number = number_of(value)
        return Cell(number, text_of(number), Kind.NUMBER)
    if kind == "b":
        return Cell(value, "TRUE" if value else "FALSE", Kind.BOOLEAN)
    if kind == "d":
        return _date(dt.datetime.fromisoformat(value))
    if kind == "t":
        time = dt.time.fromisoformat(value)
        return Cell(time, f"{time:%H:%M}", Kind.TIME)
    return Cell(value, value, Kind.TEXT)


def _date(moment: dt.datetime) -> Cell:
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return date_cell(moment.date(), seconds, Precision.DAY)
