"""The sheets behind a summary's numbers: states, accounts of the month, definitions."""

from collections.abc import Iterator

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import format_month
from figures.definitions import indicators
from reports.returns.balance import ADJUSTMENT
from reports.returns.printing import column_label, group_of, join_title, order_lines
from reports.workbooks.summary import Summary
from sheets.write import PrintedColumn, PrintedSheet, Value


def build_appendix(summary: Summary) -> Iterator[PrintedSheet]:
    """Return the sheets; that of accounts only where somebody wrote one."""
    yield _build_states(summary)
    if any(row.narrative for row in summary.rows):
        yield _build_accounts(summary)
    yield _build_definitions(summary)


def _places() -> list[PrintedColumn]:
    return [PrintedColumn(_("Street"), 16), PrintedColumn(_("Community"), 16)]


def _title(summary: Summary, of: str) -> str:
    place = join_title(summary.organization.name, summary.title)
    return f"{place}（{format_month(summary.month)}）{of}"


def _build_states(summary: Summary) -> PrintedSheet:
    """Return who submitted what when, and how far it has come."""
    name = _("States of the returns")
    columns = [
        *_places(),
        PrintedColumn(_("State"), 14),
        PrintedColumn(_("Submitted by"), 14),
        PrintedColumn(_("Submitted on"), 18),
        PrintedColumn(_("Accepted on"), 18),
    ]
    rows: list[list[Value]] = [
        [
            one.street,
            one.name,
            one.state or _("not begun"),
            one.filed_by,
            localdate(one.submitted_at) if one.submitted_at else None,
            localdate(one.accepted_at) if one.accepted_at else None,
        ]
        for one in summary.rows
    ]
    return PrintedSheet(_title(summary, name), columns, rows, name=name)


def _build_accounts(summary: Summary) -> PrintedSheet:
    """Return what communities wrote of the month."""
    name = _("Accounts of the month")
    rows = [
        [one.street, one.name, one.narrative] for one in summary.rows if one.narrative
    ]
    columns = [*_places(), PrintedColumn(_("Account of the month"), 90)]
    return PrintedSheet(_title(summary, name), columns, rows, name=name)


def _build_definitions(summary: Summary) -> PrintedSheet:
    """Return what each number counts, and as of when the numbers stand."""
    name = _("Definitions")
    columns = [
        PrintedColumn(_("Group"), 16),
        PrintedColumn(_("Item"), 26),
        PrintedColumn(_("Unit"), 9),
        PrintedColumn(_("Counted"), 14),
        PrintedColumn(pgettext("column", "Rows counted"), 40),
    ]
    rows: list[list[Value]] = []
    for line in order_lines(summary.lines):
        group, label = group_of(line), column_label(line, summary.month)
        if line.indicator == ADJUSTMENT or line.indicator not in indicators:
            counted, source = "—", _("What gains and losses of the month leave over")
        else:
            one = indicators.get(line.indicator)
            counted, source = str(one.kind.label), str(one.source.label)
        rows.append([group, label, line.unit, counted, source])
    return PrintedSheet(
        _title(summary, name),
        columns,
        rows,
        name=name,
        notes=[
            _(
                "Accepted returns as published, submitted ones as reported, the others"
                " as recorded and explained on the day of this sheet."
            ),
            _("Totals add up the rows above them."),
        ],
    )
