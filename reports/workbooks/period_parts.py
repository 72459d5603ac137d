"""What the sheets of a quarter or a year have in common: title, columns, totals."""

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from core.numbers import format_number
from reports.models import ReturnFormLine
from reports.returns.printing import join_title
from reports.workbooks.periods import PeriodKind, PeriodSummary
from reports.workbooks.summary_workbook import PLACE_WIDTH
from sheets.write import PrintedColumn, Value

LABEL_WIDTH, MONTH_WIDTH = 24, 9
IN_A_QUARTER = (("上月", "上季"), ("本月", "本季"), ("月报", "季报"))
IN_A_YEAR = (("上月", "上年"), ("本月", "本年"), ("月报", "年报"))
"""What the form's words for a month become: the form is data, written in Chinese."""


def in_period(text: str, kind: PeriodKind) -> str:
    """Return a label of the form with its words for a month about the period."""
    words = {PeriodKind.QUARTER: IN_A_QUARTER, PeriodKind.YEAR: IN_A_YEAR}
    for month, period in words.get(kind, ()):
        text = text.replace(month, period)
    return text


def title_of(period: PeriodSummary) -> str:
    """Return the title: place, form and period."""
    form = in_period(period.title, period.period.kind)
    return f"{join_title(period.organization.name, form)}（{period.period.label}）"


def name_month(month: dt.date) -> str:
    """Return the heading of a month's column: 4月."""
    return _("Month %(number)s") % {"number": month.month}


def place_columns() -> list[PrintedColumn]:
    """Return the columns that name a community and its street."""
    return [
        PrintedColumn(_("Street"), PLACE_WIDTH),
        PrintedColumn(_("Community"), PLACE_WIDTH),
    ]


def total_of(period: PeriodSummary, line: ReturnFormLine) -> Value:
    """Return the sum of a column; what is counted once is counted for the place."""
    key = line.indicator
    if key in period.totals:
        value = period.totals[key] or Decimal(0)
    else:
        parts = (row.values.get(key) for row in period.rows)
        value = sum((part for part in parts if part is not None), Decimal(0))
    return value / line.divisor


def state_facts(period: PeriodSummary) -> list[str]:
    """Return which period it is, and how many of its returns are accepted."""
    accepted = sum(summary.accepted for summary in period.counted.values())
    returns = sum(len(summary.rows) for summary in period.counted.values())
    counts = {"accepted": accepted, "all": returns}
    return [
        _("Period: %s") % period.period.label,
        _("Accepted returns: %(accepted)s of %(all)s") % counts,
    ]


def notes_of_regrouping(period: PeriodSummary) -> list[str]:
    """Say which places' months open with other members than those before closed with.

    Opening and closing of the period differ by that beside what happened.
    """
    changes = "、".join(
        f"{row.name} {_signed(row.regrouped)}" for row in period.rows if row.regrouped
    )
    if not changes:
        return []
    words = _(
        "Beside gains and losses, members came or went between two months: branches"
        " were placed elsewhere, or numbers were corrected after they were sent"
        " (%(changes)s). The adjustment of the opening contains them."
    )
    return [words % {"changes": changes}]


def _signed(change: Decimal) -> str:
    return f"+{format_number(change)}" if change > 0 else format_number(change)
