"""A log as a workbook, with what was asked for on top."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.log_rows import (
    LogReader,
    describe_action,
    describe_origin,
    describe_place,
    describe_subject,
)
from accounts.models.audit import Entry
from core.dates import format_time
from sheets.write import PrintedColumn, PrintedSheet, write_workbook


def build_log_workbook(
    title: str, entries: Iterable[Entry], facts: Sequence[str], reader: LogReader
) -> bytes:
    """Return the workbook of some entries, in the columns of the page."""
    sheet = PrintedSheet(
        title=title,
        name=title,
        facts=facts,
        columns=[
            PrintedColumn(_("When"), 20),
            PrintedColumn(_("Who"), 12),
            PrintedColumn(_("Action taken"), 28),
            PrintedColumn(_("About"), 28),
            PrintedColumn(_("Organization"), 24),
            PrintedColumn(_("Reason"), 36),
            PrintedColumn(_("Where from"), 20),
        ],
        rows=([*_cells(entry, reader)] for entry in entries),
        filled_by=str(reader.user),
        made_on=timezone.localdate(),
    )
    target = BytesIO()
    write_workbook(target, sheet)
    return target.getvalue()


def _cells(entry: Entry, reader: LogReader) -> Iterable[str]:
    return (
        format_time(entry.at),
        entry.actor_name,
        describe_action(entry),
        describe_subject(entry, reader),
        describe_place(entry),
        entry.reason,
        describe_origin(entry),
    )
