"""Write the month's summary as a workbook in the official form.

The form's groups of columns stand on as many sheets as A4 takes at a size that can be
read; states, accounts of the month and definitions have sheets of their own.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import groupby

from django.utils.translation import gettext as _

from core.dates import format_month
from figures.definitions import indicators
from figures.formatting import label_with_unit
from figures.sums import Values
from reports.models import ReturnFormLine
from reports.returns.balance import CLOSING
from reports.returns.printing import (
    DEPTH,
    build_headings,
    column_label,
    group_of,
    join_title,
    list_units,
    order_lines,
)
from reports.workbooks.appendix import build_appendix
from reports.workbooks.summary import Summary
from sheets.write import (
    AS_LONG_AS_NEEDED,
    Heading,
    PrintedChart,
    PrintedColumn,
    PrintedSheet,
    Value,
    write_workbook,
)

PLACE_WIDTH, NUMBER_WIDTH = 16, 9
MOST_NUMBERS = 14
"""So many columns of numbers fit A4 landscape beside the places at more than 9 points:
what is wider is printed smaller, from 12 points at about 135 letters."""
MOST_BARS = 40
"""A chart of more places than these cannot be read."""


def write_summary(summary: Summary, *, compiled_by: str, on: dt.date) -> bytes:
    """Return the bytes of the workbook; texts are text cells, numbers are numbers."""
    buffer = BytesIO()
    sheets = [*_build_themes(summary), *build_appendix(summary)]
    signed = [replace(one, compiled_by=compiled_by, made_on=on) for one in sheets]
    write_workbook(buffer, *signed)
    return buffer.getvalue()


def divide_by_theme(lines: Sequence[ReturnFormLine]) -> Iterator[list[ReturnFormLine]]:
    """Put whole groups of lines together, as many as one sheet takes."""
    sheet: list[ReturnFormLine] = []
    for _group, lines_of_group in groupby(lines, key=group_of):
        group = list(lines_of_group)
        if sheet and len(sheet) + len(group) > MOST_NUMBERS:
            yield sheet
            sheet = []
        sheet += group
    if sheet:
        yield sheet


def _build_themes(summary: Summary) -> Iterator[PrintedSheet]:
    for lines in divide_by_theme(order_lines(summary.lines)):
        yield _build_theme(summary, lines)


def _build_theme(summary: Summary, lines: Sequence[ReturnFormLine]) -> PrintedSheet:
    """Return one row for each community: its names and its numbers of some groups."""
    labels = [column_label(line, summary.month) for line in lines]
    places = [
        PrintedColumn(_("Street"), PLACE_WIDTH),
        PrintedColumn(_("Community"), PLACE_WIDTH),
    ]
    numbers = [PrintedColumn(one, NUMBER_WIDTH, AS_LONG_AS_NEEDED) for one in labels]
    return PrintedSheet(
        f"{join_title(summary.organization.name, summary.title)}"
        f"（{format_month(summary.month)}）",
        [*places, *numbers],
        [
            [one.street, one.name, *_line_values(lines, one.values)]
            for one in summary.rows
        ],
        name="、".join(dict.fromkeys(map(group_of, lines))),
        headings=build_place_headings(places, lines, summary.month),
        frozen_columns=len(places),
        facts=_facts(summary),
        reported_by=summary.organization.full_name,
        unit=list_units(lines),
        total=[_("Total"), "", *_line_values(lines, summary.totals)],
        sums=True,
        seal=True,
        chart=_chart(summary, lines, len(places)),
    )


def _chart(
    summary: Summary, lines: Sequence[ReturnFormLine], start: int
) -> PrintedChart | None:
    """Draw the members of each community, where few enough stand in the sheet."""
    keys = [line.indicator for line in lines]
    if CLOSING not in keys or not 1 < len(summary.rows) <= MOST_BARS:
        return None
    at = keys.index(CLOSING)
    closing = indicators.get(CLOSING)
    title = label_with_unit(closing.label_in(summary.month), closing.unit)
    return PrintedChart(title, labels=start - 1, values=start + at)


def _line_values(lines: Sequence[ReturnFormLine], values: Values) -> list[Value]:
    return [values[line.indicator] / line.divisor for line in lines]


def build_place_headings(
    places: Iterable[PrintedColumn], lines: Sequence[ReturnFormLine], month: dt.date
) -> list[Heading]:
    """Put the form's headings beside those of the places, which have no group."""
    before = [
        Heading(column.heading, 0, at, rows=DEPTH) for at, column in enumerate(places)
    ]
    return [
        *before,
        *(
            replace(cell, column=len(before) + cell.column)
            for cell in build_headings(lines, month)
        ),
    ]


def _facts(summary: Summary) -> list[str]:
    counts = {"accepted": summary.accepted, "all": len(summary.rows)}
    return [
        _("Month: %s") % format_month(summary.month),
        _("Accepted: %(accepted)s of %(all)s") % counts,
    ]
