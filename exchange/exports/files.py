"""Write a list into a file of one kind."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.utils import timezone

from exchange.actions.exports import TakenList
from exchange.content_types import clean_filename
from exchange.enums import ExportKind
from exchange.exports.opened_list import OpenedList
from sheets.write import CSV, WORKBOOK, ListSheet, write_csv, write_list

PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileKind:
    """How a kind of file is written, and its content type."""

    write: Callable[[BinaryIO, ListSheet], int]
    content_type: str


FILE_KINDS = {
    ExportKind.XLSX: FileKind(write_list, WORKBOOK),
    ExportKind.CSV: FileKind(write_csv, CSV),
}


def name_file(opened: OpenedList, kind: str) -> str:
    """Return the file's name: the list's title and the day."""
    title = opened.title.replace("/", "-")
    return clean_filename(f"{title}{timezone.localdate():%Y%m%d}.{kind}")


def write_file(
    target: BinaryIO, opened: OpenedList, sheet: ListSheet, kind: str
) -> TakenList:
    """Write the sheet; return what was written, with its count and its hash."""
    count = FILE_KINDS[ExportKind(kind)].write(target, sheet)
    target.seek(0)
    digest = hashlib.sha256()
    while piece := target.read(PIECE):
        digest.update(piece)
    target.seek(0)
    return TakenList(
        opened.model,
        opened.title,
        opened.criteria,
        [column.heading for column in sheet.columns],
        kind,
        count,
        digest.hexdigest(),
    )
