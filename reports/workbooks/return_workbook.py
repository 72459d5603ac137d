"""Write one return as a workbook: the same numbers, texts and persons as on paper."""

import datetime as dt
from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import format_month
from reports.returns.cells import ReturnCell
from reports.returns.document import ReturnDocument
from reports.returns.printing import list_units
from sheets.write import (
    AS_LONG_AS_NEEDED,
    PrintedColumn,
    PrintedSheet,
    Value,
    write_workbook,
)


def write_return(document: ReturnDocument, *, on: dt.date) -> bytes:
    """Return the bytes of the workbook; texts are text cells, numbers are numbers."""
    buffer = BytesIO()
    write_workbook(buffer, _build_sheet(document, on))
    return buffer.getvalue()


def _build_sheet(document: ReturnDocument, on: dt.date) -> PrintedSheet:
    """Return one row for each line: reported, computed, and why they differ."""
    row, cells = document.row, document.ordered_cells
    return PrintedSheet(
        row.round.form.title,
        [
            PrintedColumn(_("Group"), 16),
            PrintedColumn(_("Item"), 34),
            PrintedColumn(pgettext("column", "This month"), 13, AS_LONG_AS_NEEDED),
            PrintedColumn(_("Unit"), 9),
            PrintedColumn(_("Computed by the system"), 13, AS_LONG_AS_NEEDED),
            PrintedColumn(pgettext("column", "Last month"), 13, AS_LONG_AS_NEEDED),
            PrintedColumn(_("Explanation"), 46),
        ],
        [_line_values(cell) for cell in cells],
        name=format_month(row.month),
        frozen_columns=2,
        facts=[
            _("Month: %s") % format_month(row.month),
            _("State: %s") % document.state,
        ],
        reported_by=row.organization.full_name,
        unit=list_units(cell.line for cell in cells),
        notes=list(_notes(document)),
        filled_by=document.filled_by,
        checked_by=document.checked_by,
        made_on=on,
    )


def _line_values(cell: ReturnCell) -> list[Value]:
    line = cell.line
    return [
        line.heading if line.official else _("Supplement"),
        cell.full_label,
        cell.reported / line.divisor,
        line.unit,
        cell.computed / line.divisor,
        None if cell.last is None else cell.last / line.divisor,
        cell.reason,
    ]


def _notes(document: ReturnDocument) -> Iterable[str]:
    """Write how the members add up, and the account of the month, under the table."""
    if document.adding_up:
        yield document.adding_up
    if document.narrative:
        yield _("Account of the month")
        yield from filter(None, document.narrative.splitlines())
