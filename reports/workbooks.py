"""The month's summary as a sheet in the official form, ready to be written."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from django.utils.translation import gettext as _

from figures.sums import Values
from reports.models import ReturnFormLine
from reports.printing import DEPTH, arranged, headed, headings, label_of
from reports.queries import Summary
from sheets.write import (
    AS_LONG_AS_NEEDED,
    Heading,
    PrintedColumn,
    PrintedSheet,
    Value,
    write_workbook,
)


def workbook_of(summary: Summary, *, filled_by: str, on: dt.date) -> bytes:
    """Write the sheet; text stays text, and every number is a number."""
    buffer = BytesIO()
    write_workbook(buffer, replace(_sheet(summary), filled_by=filled_by, made_on=on))
    return buffer.getvalue()


def _sheet(summary: Summary) -> PrintedSheet:
    """Lay out a row for each place: whose it is, the form's numbers, who filed."""
    lines = arranged(summary.lines)
    before = [PrintedColumn(_("Street"), 16), PrintedColumn(_("Community"), 16)]
    numbers = [PrintedColumn(label_of(line), 9, AS_LONG_AS_NEEDED) for line in lines]
    after = [PrintedColumn(_("State"), 12), PrintedColumn(_("Filed by"), 12)]
    return PrintedSheet(
        headed(summary.place.name, summary.title),
        [*before, *numbers, *after],
        [
            [one.street, one.name, *_shown(lines, one.values), one.state, one.filed_by]
            for one in summary.rows
        ],
        name=f"{summary.month:%Y-%m}",
        headings=_headings(before, lines, after),
        frozen_columns=len(before),
        facts=_facts(summary),
        unit="、".join(dict.fromkeys(line.unit for line in lines)),
        total=[_("Total"), "", *_shown(lines, summary.totals), "", ""],
    )


def _shown(lines: Sequence[ReturnFormLine], values: Values) -> list[Value]:
    return [values[line.indicator] / line.divisor for line in lines]


def _headings(
    before: Sequence[PrintedColumn],
    lines: Sequence[ReturnFormLine],
    after: Sequence[PrintedColumn],
) -> list[Heading]:
    """Lay the form's own headings between columns that stand in no group."""
    start, end = len(before), len(before) + len(lines)
    edges = [*enumerate(before), *enumerate(after, start=end)]
    return [
        *(Heading(column.heading, 0, place, rows=DEPTH) for place, column in edges),
        *(replace(cell, column=start + cell.column) for cell in headings(lines)),
    ]


def _facts(summary: Summary) -> list[str]:
    counts = {"accepted": summary.accepted, "all": len(summary.rows)}
    return [
        _("Month: %s") % f"{summary.month:%Y-%m}",
        _("Accepted: %(accepted)s of %(all)s; the others as recorded today") % counts,
    ]
