"""Write a comparison as a workbook: places by months, with the difference.

Each number of one theme of the form has a sheet: one row for each community, one
column for each month, and by how much the last differs from the first.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _

from core.dates import format_month
from reports.models import ReturnFormLine
from reports.returns.balance import ADJUSTMENT
from reports.returns.printing import column_label, order_lines
from reports.workbooks.periods import PeriodRow, PeriodSummary
from reports.workbooks.summary_workbook import MOST_BARS, NUMBER_WIDTH, PLACE_WIDTH
from reports.workbooks.themes import name_themes
from sheets.write import (
    AS_LONG_AS_NEEDED,
    Formula,
    PrintedChart,
    PrintedColumn,
    PrintedSheet,
    Value,
    write_workbook,
)

FIRST_NUMBER = 2
MONTH_WIDTH = 10


def write_comparison(
    period: PeriodSummary, *, group: str, compiled_by: str, on: dt.date
) -> bytes:
    """Return the bytes of the workbook with the numbers of one theme of the form."""
    buffer = BytesIO()
    sheets = [_build_sheet(period, line) for line in lines_of(period, group)]
    signed = [replace(one, compiled_by=compiled_by, made_on=on) for one in sheets]
    write_workbook(buffer, *_name_apart(signed))
    return buffer.getvalue()


def lines_of(period: PeriodSummary, group: str) -> list[ReturnFormLine]:
    """Return the lines of a theme; of all themes where none is named."""
    lines = [one for one in order_lines(period.lines) if one.indicator != ADJUSTMENT]
    themes = name_themes(period.lines)
    return [one for one in lines if group in {"", themes[one.indicator]}] or lines


def _name_apart(sheets: Sequence[PrintedSheet]) -> Iterator[PrintedSheet]:
    """Return the sheets, with a number after a name that stands twice."""
    seen: dict[str, int] = {}
    for sheet in sheets:
        seen[sheet.name] = seen.get(sheet.name, 0) + 1
        number = seen[sheet.name]
        yield sheet if number == 1 else replace(sheet, name=f"{sheet.name} {number}")


def _build_sheet(period: PeriodSummary, line: ReturnFormLine) -> PrintedSheet:
    months = list(period.counted)
    label = column_label(line, months[-1])
    columns = [
        PrintedColumn(_("Street"), PLACE_WIDTH),
        PrintedColumn(_("Community"), PLACE_WIDTH),
        *(
            PrintedColumn(format_month(one), MONTH_WIDTH, AS_LONG_AS_NEEDED)
            for one in months
        ),
        PrintedColumn(_("Difference"), NUMBER_WIDTH + 2, "+#,##0.##;-#,##0.##;0"),
    ]
    name = f"{line.subheading}{line.label_in(months[-1])}" or label
    return PrintedSheet(
        _("%(place)s: %(group)s, %(label)s compared")
        % {
            "place": period.organization.name,
            "group": name_themes(period.lines)[line.indicator],
            "label": label,
        },
        columns,
        [_build_row(row, line, months) for row in period.rows],
        name=name,
        frozen_columns=FIRST_NUMBER,
        facts=[_("Period: %s") % period.period.label],
        reported_by=period.organization.full_name,
        unit=line.unit,
        total=_build_total(period, line, months),
        sums=True,
        seal=True,
        chart=_chart(period, label, len(months)),
        notes=[
            _(
                "The difference is that of the last month from the first. Blank is a"
                " month in which the community was not there."
            )
        ],
    )


def _chart(period: PeriodSummary, label: str, count: int) -> PrintedChart | None:
    """Draw the differences, where there are few enough places."""
    if count < FIRST_NUMBER or not 1 < len(period.rows) <= MOST_BARS:
        return None
    title = _("%(label)s: difference") % {"label": label}
    at = FIRST_NUMBER + count
    return PrintedChart(title, labels=1, values=at, from_zero=False)


def _build_row(
    row: PeriodRow, line: ReturnFormLine, months: Sequence[dt.date]
) -> list[Value]:
    numbers = [
        row.months[one].values[line.indicator] / line.divisor
        if one in row.months and line.indicator in row.months[one].values
        else None
        for one in months
    ]
    return [row.street, row.name, *numbers, _difference(numbers)]


def _difference(numbers: Sequence[Decimal | None]) -> Value:
    """Return the difference as a formula; blank where an end is missing."""
    first, last = numbers[0], numbers[-1]
    if first is None or last is None:
        return None
    return Formula.difference_of(
        FIRST_NUMBER + len(numbers) - 1, FIRST_NUMBER, last - first
    )


def _build_total(
    period: PeriodSummary, line: ReturnFormLine, months: Sequence[dt.date]
) -> list[Value]:
    totals = [
        (period.total_in(one, line.indicator) or Decimal(0)) / line.divisor
        for one in months
    ]
    return [_("Total"), "", *totals, _difference(totals)]
