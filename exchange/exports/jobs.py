"""Long lists, written by a worker for the person who asked for them."""

import tempfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from django.core.files.base import File
from django.utils import translation
from django.utils.translation import ngettext

from core.db.locks import one_snapshot
from exchange.actions.exports import TakenList, keep_written_list, roles_held
from exchange.enums import ExportKind
from exchange.errors import NoLongerPermitted, TooManyRows
from exchange.exports.files import name_file, write_file
from exchange.exports.opened_list import OpenedList, open_list
from exchange.job_kinds import JobResult, Progress, may_sign_in
from exchange.models import Job, ListExport
from sheets.write import HEADING_ROW, MAX_ROWS, Value

PROGRESS_EVERY = 1000  # rows


def write_list_file(job: Job, progress: Progress) -> JobResult:
    """Write a list into a file; what is counted on top of it is what is in it."""
    export = _export(job)
    with (
        translation.override(export.language),
        tempfile.TemporaryFile() as target,
    ):
        opened, taken = _write(target, export, progress)
        file = File(target, name_file(opened, export.kind))
        attachment = keep_written_list(file, taken, by=export.owner)
        message = ngettext(
            "“%(title)s”: %(rows)s row, SHA-256 %(sha256)s",
            "“%(title)s”: %(rows)s rows, SHA-256 %(sha256)s",
            taken.rows,
        ) % {"title": taken.title, "rows": taken.rows, "sha256": taken.sha256}
    return JobResult(message, attachment, taken.rows)


def may_have_list(job: Job) -> bool:
    """Whether the job's owner still may open the list, and still has all their roles.

    Asked when the file is written and for each download.
    """
    export = _export(job)
    still_held = {*export.held} <= {*roles_held(export.owner)}
    return (
        may_sign_in(job)
        and still_held
        and open_list(export.address, export.owner) is not None
    )


def _export(job: Job) -> ListExport:
    return ListExport.objects.select_related("owner").get(pk=job.subject)


def _write(
    target: BinaryIO, export: ListExport, progress: Progress
) -> tuple[OpenedList, TakenList]:
    """Count the rows and write them, both from one snapshot."""
    with one_snapshot():
        opened = open_list(export.address, export.owner)
        if opened is None:
            raise NoLongerPermitted
        count = opened.count()
        most = MAX_ROWS - HEADING_ROW
        if export.kind == ExportKind.XLSX and count > most:
            raise TooManyRows(count=count, most=most)
        rows = _report_progress(opened.rows(), count, progress)
        sheet = opened.sheet(rows, count)
        return opened, write_file(target, opened, sheet, export.kind)


def _report_progress(
    rows: Iterator[Sequence[Value]], count: int, progress: Progress
) -> Iterator[Sequence[Value]]:
    """Pass the rows on, and tell how many of them are written."""
    for number, row in enumerate(rows):
        if number % PROGRESS_EVERY == 0:
            progress(number * 100 // max(count, 1))
        yield row
