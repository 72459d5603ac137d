"""The rows of an import that were not taken, as a sheet to work through."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from exchange.models import ImportBatch, ImportRow
from sheets.write import PrintedColumn, PrintedSheet


def build_refused_rows_sheet(
    batch: ImportBatch, rows: Iterable[ImportRow]
) -> PrintedSheet:
    """Return where each row stands in the office's file, whose it is, and why not."""
    return PrintedSheet(
        title=_("Rows that were not taken"),
        columns=[
            PrintedColumn(_("Sheet"), 16),
            PrintedColumn(_("Row"), 8),
            PrintedColumn(_("Who or what"), 24),
            PrintedColumn(_("Reason"), 80),
        ],
        rows=[
            (row.sheet, row.excel_row, mask_name(row.label), row.message)
            for row in rows
        ],
        name=_("Rows that were not taken"),
        facts=[batch.file.original_name],
    )


def mask_name(label: str) -> str:
    """Leave of a name its first character: the row's number says who it is."""
    name, blank, rest = label.partition(" ")
    return f"{name[:1]}{'*' * len(name[1:])}{blank}{rest}"
