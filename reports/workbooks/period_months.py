"""The sheets of a quarter or a year that stand by month: numbers, and states."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from reports.models import ReturnFormLine
from reports.returns.printing import column_label, group_of, list_units, order_lines
from reports.workbooks.period_parts import (
    LABEL_WIDTH,
    MONTH_WIDTH,
    in_period,
    name_month,
    notes_of_regrouping,
    place_columns,
    state_facts,
    title_of,
    total_of,
)
from reports.workbooks.periods import HowFormed, PeriodSummary, how_formed
from reports.workbooks.summary_workbook import NUMBER_WIDTH, PLACE_WIDTH
from sheets.write import (
    AS_LONG_AS_NEEDED,
    Formula,
    Heading,
    PrintedColumn,
    PrintedSheet,
    Value,
)


def build_months(period: PeriodSummary) -> Iterator[PrintedSheet]:
    """Return the place month by month, one row for each line of the form."""
    months, last = period.period.months, max(period.counted)
    kind = period.period.kind
    first_number = 2
    columns = [
        PrintedColumn(_("Group"), PLACE_WIDTH),
        PrintedColumn(_("Item"), LABEL_WIDTH),
        *(
            PrintedColumn(
                name_month(one),
                MONTH_WIDTH,
                AS_LONG_AS_NEEDED,
            )
            for one in months
        ),
        PrintedColumn(_("Period"), NUMBER_WIDTH + 2, AS_LONG_AS_NEEDED),
    ]
    rows: list[list[Value]] = []
    for line in order_lines(period.lines):
        numbers: list[Value] = [_month_total(period, line, one) for one in months]
        label = in_period(column_label(line, last), kind)
        group = in_period(group_of(line), kind)
        end = _period_cell(period, line, first_number, months)
        rows.append([group, label, *numbers, end])
    yield PrintedSheet(
        title_of(period),
        columns,
        rows,
        name=_("Month by month"),
        headings=[Heading(c.heading, 0, at) for at, c in enumerate(columns)],
        frozen_columns=first_number,
        facts=state_facts(period),
        reported_by=period.organization.full_name,
        unit=list_units(period.lines),
        notes=[
            _("Months without numbers were not counted; 0 was counted as nothing."),
            *notes_of_regrouping(period),
        ],
    )


def _month_total(period: PeriodSummary, line: ReturnFormLine, month: dt.date) -> Value:
    value = period.total_in(month, line.indicator)
    return None if value is None else value / line.divisor


def _period_cell(
    period: PeriodSummary,
    line: ReturnFormLine,
    first_number: int,
    months: Sequence[dt.date],
) -> Value:
    """Return the number of the period, as a formula over its months where it is one."""
    how = how_formed(line.indicator)
    if how == HowFormed.RECOUNTED:
        return total_of(period, line)
    counted = [at for at, one in enumerate(months) if one in period.counted]
    numbers = [_month_total(period, line, months[at]) for at in counted]
    known = [one for one in numbers if isinstance(one, Decimal)]
    if how in {HowFormed.ADDED_UP, HowFormed.ADJUSTED}:
        total = sum(known, Decimal(0))
        if how == HowFormed.ADJUSTED and total != total_of(period, line):
            return total_of(period, line)
        return Formula.sum_of(first_number, first_number + len(months) - 1, total)
    at = counted[0] if how == HowFormed.FIRST else counted[-1]
    value = known[0] if how == HowFormed.FIRST else known[-1]
    return Formula.copy_of(first_number + at, value)


def build_states(period: PeriodSummary) -> PrintedSheet:
    """Return how far the return of each community and month has come."""
    name, months = _("States of the returns"), period.period.months
    columns = [
        *place_columns(),
        *(PrintedColumn(name_month(one), MONTH_WIDTH + 2) for one in months),
    ]
    rows: list[list[Value]] = [
        [
            row.street,
            row.name,
            *(
                (row.months[one].state or _("not begun")) if one in row.months else "—"
                for one in months
            ),
        ]
        for row in period.rows
    ]
    return PrintedSheet(f"{title_of(period)}{name}", columns, rows, name=name)
