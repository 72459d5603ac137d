"""Build a workbook of the refused rows of an import."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from exchange.models import ImportBatch, ImportRow
from sheets.write import PrintedColumn, PrintedSheet


def build_refused_rows_sheet(
    batch: ImportBatch, rows: Iterable[ImportRow]
) -> PrintedSheet:
    """Return a sheet of the refused rows, with row number, person and reason."""
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
    """Mask a name but for its first character; the row number identifies it."""
    name, blank, rest = label.partition(" ")
    return f"{name[:1]}{'*' * len(name[1:])}{blank}{rest}"
