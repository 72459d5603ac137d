"""Write a quarter or a year as a workbook in the official form.

One row for each community, by themes as in the month's workbook; then the place month
by month, the states of the returns, what communities wrote, and how each number came.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _

from core.dates import format_month
from reports.models import ReturnFormLine
from reports.returns.balance import ADJUSTMENT, CLOSING
from reports.returns.printing import (
    column_label,
    group_of,
    list_units,
    order_lines,
)
from reports.workbooks.period_months import build_months, build_states
from reports.workbooks.period_parts import (
    in_period,
    notes_of_regrouping,
    place_columns,
    state_facts,
    title_of,
    total_of,
)
from reports.workbooks.periods import (
    HowFormed,
    PeriodSummary,
    how_formed,
)
from reports.workbooks.summary_workbook import (
    NUMBER_WIDTH,
    build_place_headings,
    divide_by_theme,
)
from sheets.write import (
    AS_LONG_AS_NEEDED,
    PrintedColumn,
    PrintedSheet,
    Value,
    write_workbook,
)


def write_period(period: PeriodSummary, *, compiled_by: str, on: dt.date) -> bytes:
    """Return the bytes of the workbook; texts are text cells, numbers are numbers."""
    buffer = BytesIO()
    sheets = [
        *_build_themes(period),
        *build_months(period),
        build_states(period),
        *_build_accounts(period),
        _build_definitions(period),
    ]
    signed = [replace(one, compiled_by=compiled_by, made_on=on) for one in sheets]
    write_workbook(buffer, *signed)
    return buffer.getvalue()


def _build_themes(period: PeriodSummary) -> Iterator[PrintedSheet]:
    for lines in divide_by_theme(order_lines(period.lines)):
        yield _build_theme(period, lines)


def _build_theme(
    period: PeriodSummary, lines: Sequence[ReturnFormLine]
) -> PrintedSheet:
    """Return one row for each community: its names and its numbers of some groups."""
    kind, last = period.period.kind, max(period.counted)
    places = place_columns()
    numbers = [
        PrintedColumn(
            in_period(column_label(line, last), kind),
            NUMBER_WIDTH,
            AS_LONG_AS_NEEDED,
            summed=how_formed(line.indicator) != HowFormed.RECOUNTED,
        )
        for line in lines
    ]
    headings = [
        replace(one, text=in_period(one.text, kind))
        for one in build_place_headings(places, lines, last)
    ]
    return PrintedSheet(
        title_of(period),
        [*places, *numbers],
        [
            [row.street, row.name, *(_shown(line, row.values) for line in lines)]
            for row in period.rows
        ],
        name="、".join(dict.fromkeys(map(group_of, lines))),
        headings=headings,
        frozen_columns=len(places),
        facts=state_facts(period),
        reported_by=period.organization.full_name,
        unit=list_units(lines),
        total=[_("Total"), "", *(total_of(period, line) for line in lines)],
        sums=True,
        seal=True,
        notes=_notes(period, lines),
    )


def _shown(line: ReturnFormLine, values: Mapping[str, Decimal | None]) -> Value:
    value = values.get(line.indicator)
    return None if value is None else value / line.divisor


def _notes(period: PeriodSummary, lines: Sequence[ReturnFormLine]) -> list[str]:
    """Say which months are missing, and which totals are no sums of their rows."""
    notes = []
    first, last = min(period.counted), max(period.counted)
    if (first, last) != (period.period.first, period.period.last):
        words = _("Counted from %(first)s to %(last)s.")
        notes.append(words % {"first": format_month(first), "last": format_month(last)})
    once = [line for line in lines if line.indicator in period.totals]
    if once:
        labels = "、".join(column_label(line, last) for line in once)
        words = _("Counted once in the whole place, so no sum of the rows: %(labels)s.")
        notes.append(words % {"labels": labels})
    keys = {line.indicator for line in lines}
    at_ends = [k for k in keys if how_formed(k) in {HowFormed.FIRST, HowFormed.LAST}]
    if any(row.values[key] is None for row in period.rows for key in at_ends):
        notes.append(
            _("Blank: the community was not there at the beginning, or at the end.")
        )
    if keys & {CLOSING, ADJUSTMENT}:
        notes += notes_of_regrouping(period)
    return notes


def _build_accounts(period: PeriodSummary) -> Iterator[PrintedSheet]:
    """Return what communities wrote of the months, where somebody did."""
    name = _("Accounts of the months")
    rows: list[list[Value]] = [
        [row.street, row.name, format_month(month), one.narrative]
        for row in period.rows
        for month, one in row.months.items()
        if one.narrative
    ]
    if rows:
        columns = [
            *place_columns(),
            PrintedColumn(_("Month"), 14),
            PrintedColumn(_("Account of the month"), 80),
        ]
        yield PrintedSheet(f"{title_of(period)}{name}", columns, rows, name=name)


def _build_definitions(period: PeriodSummary) -> PrintedSheet:
    """Return how each number of the period comes from those of its months."""
    name, last = _("Definitions"), max(period.counted)
    kind = period.period.kind
    columns = [
        PrintedColumn(_("Group"), 18),
        PrintedColumn(_("Item"), 30),
        PrintedColumn(_("Unit"), 9),
        PrintedColumn(_("How the number of the period is formed"), 50),
    ]
    rows: list[list[Value]] = [
        [
            in_period(group_of(line), kind),
            in_period(column_label(line, last), kind),
            line.unit,
            str(how_formed(line.indicator).label),
        ]
        for line in order_lines(period.lines)
    ]
    return PrintedSheet(
        f"{title_of(period)}{name}",
        columns,
        rows,
        name=name,
        notes=[
            _(
                "Accepted returns as published, submitted ones as reported, the others"
                " as recorded and explained on the day of this sheet."
            )
        ],
    )
