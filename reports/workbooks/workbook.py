"""Write the month's summary as a workbook in the official form."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from django.utils.translation import gettext as _

from core.dates import format_month
from figures.sums import Values
from reports.models import ReturnFormLine
from reports.returns.printing import (
    DEPTH,
    build_headings,
    column_label,
    join_title,
    list_units,
    order_lines,
)
from reports.workbooks.summary import Summary
from sheets.write import (
    AS_LONG_AS_NEEDED,
    Heading,
    PrintedColumn,
    PrintedSheet,
    Value,
    write_workbook,
)


def write_summary(summary: Summary, *, compiled_by: str, on: dt.date) -> bytes:
    """Return the bytes of the workbook; texts are text cells, numbers are numbers."""
    buffer = BytesIO()
    sheet = replace(_build_sheet(summary), compiled_by=compiled_by, made_on=on)
    write_workbook(buffer, sheet)
    return buffer.getvalue()


def _build_sheet(summary: Summary) -> PrintedSheet:
    """Return one row for each community: names, the form's numbers, who submitted."""
    lines = order_lines(summary.lines)
    labels = [column_label(line, summary.month) for line in lines]
    before = [PrintedColumn(_("Street"), 16), PrintedColumn(_("Community"), 16)]
    numbers = [PrintedColumn(label, 9, AS_LONG_AS_NEEDED) for label in labels]
    after = [PrintedColumn(_("State"), 12), PrintedColumn(_("Submitted by"), 12)]
    return PrintedSheet(
        join_title(summary.organization.name, summary.title),
        [*before, *numbers, *after],
        [
            [
                one.street,
                one.name,
                *_line_values(lines, one.values),
                one.state,
                one.filed_by,
            ]
            for one in summary.rows
        ],
        name=format_month(summary.month),
        headings=_headings(before, lines, after, summary.month),
        frozen_columns=len(before),
        facts=_facts(summary),
        unit=list_units(lines),
        total=[_("Total"), "", *_line_values(lines, summary.totals), "", ""],
    )


def _line_values(lines: Sequence[ReturnFormLine], values: Values) -> list[Value]:
    return [values[line.indicator] / line.divisor for line in lines]


def _headings(
    before: Sequence[PrintedColumn],
    lines: Sequence[ReturnFormLine],
    after: Sequence[PrintedColumn],
    month: dt.date,
) -> list[Heading]:
    """Put the form's headings between the columns that have no group."""
    start, end = len(before), len(before) + len(lines)
    ungrouped = [*enumerate(before), *enumerate(after, start=end)]
    return [
        *(Heading(column.heading, 0, at, rows=DEPTH) for at, column in ungrouped),
        *(
            replace(cell, column=start + cell.column)
            for cell in build_headings(lines, month)
        ),
    ]


def _facts(summary: Summary) -> list[str]:
    counts = {"accepted": summary.accepted, "all": len(summary.rows)}
    return [
        _("Month: %s") % format_month(summary.month),
        _(
            "Accepted: %(accepted)s of %(all)s; submitted ones as reported, the others"
            " as recorded and explained today"
        )
        % counts,
    ]
