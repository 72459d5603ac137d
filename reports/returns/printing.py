"""Print the numbers and headings of a form, on pages, paper and the workbook."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import MINUS, format_number
from figures.formatting import format_figure, format_with_unit, label_with_unit
from reports.models import ReturnFormLine
from reports.returns.balance import (
    ADJUSTMENT,
    BALANCE,
    CLOSING,
    GAINS,
    LOSSES,
    OPENING,
)
from reports.returns.line_values import decimals_of
from reports.returns.plausibility import Odd, RecentMonths
from reports.returns.year_totals import YearTotal
from sheets.write import Heading

DEPTH = 3


def join_title(organization: str, title: str) -> str:
    """Put a place before a form's title, without repeating the words they share.

    长安街道 and 街道月报表 make 长安街道月报表.
    """
    shared = (n for n in range(len(title), 0, -1) if organization.endswith(title[:n]))
    return organization + title[next(shared, 0) :]


def describe_balance(cells: Mapping[str, tuple[str, Decimal]]) -> str:
    """Return the balance of the members as one equation; "" where a part is missing.

    Takes label and number of each line of a form, by indicator.
    """
    if not {*BALANCE, ADJUSTMENT} <= cells.keys():
        return ""
    adjustment = cells[ADJUSTMENT][1]
    sign = MINUS if adjustment < 0 else "+"
    parts = {
        "opening": _label_and_number(cells, OPENING),
        "gains": _sum_with_parts(cells, GAINS),
        "losses": _sum_with_parts(cells, LOSSES),
        "closing": _label_and_number(cells, CLOSING),
        "adjustment": f" {sign} {cells[ADJUSTMENT][0]} {format_number(abs(adjustment))}"
        if adjustment
        else "",
    }
    line = _(
        "%(opening)s + gains %(gains)s − losses %(losses)s%(adjustment)s = %(closing)s"
    )
    return line % parts


def _label_and_number(cells: Mapping[str, tuple[str, Decimal]], key: str) -> str:
    label, value = cells[key]
    return f"{label} {format_number(value)}"


def _sum_with_parts(
    cells: Mapping[str, tuple[str, Decimal]], keys: Iterable[str]
) -> str:
    """Return the sum of some lines, followed by those of them that are not 0."""
    total = sum((cells[key][1] for key in keys), Decimal())
    parts = "、".join(_label_and_number(cells, key) for key in keys if cells[key][1])
    return f"{format_number(total)}（{parts}）" if parts else format_number(total)


def format_plain(value: Decimal, divisor: int = 1) -> str:
    """Format a number as an input field takes it: bare digits."""
    return f"{(value / divisor).normalize():f}"


def describe_allowed_numbers(line: ReturnFormLine) -> str:
    """Return in words which numbers can be typed in a line, in its unit."""
    decimals = decimals_of(line)
    most = format_number(Decimal(line.most), divisor=line.divisor)
    if not decimals:
        return _("a whole number from 0 to %(most)s") % {"most": most}
    words = ngettext(
        "a number from 0 to %(most)s, with at most %(count)d decimal",
        "a number from 0 to %(most)s, with at most %(count)d decimals",
        decimals,
    )
    return words % {"most": most, "count": decimals}


def describe_largest(line: ReturnFormLine, largest: Decimal | None) -> str:
    """Return the largest number of the last twelve months, in words."""
    if largest is None:
        return _("nothing published yet")
    return _("at most %(number)s") % {"number": format_line(line, largest)}


def format_change(line: ReturnFormLine, change: Decimal) -> str:
    """Return by how much a number changed, with its sign; no change is 0."""
    text = format_figure(line.indicator, change, line.divisor)
    return f"+{text}" if change > 0 else text


def describe_year(line: ReturnFormLine, total: YearTotal) -> str:
    """Return a year's total, and how many months it has if one is missing."""
    text = format_figure(line.indicator, total.value, line.divisor)
    if not total.is_partial:
        return text
    words = ngettext(
        "%(total)s (%(count)d month)", "%(total)s (%(count)d months)", total.months
    )
    return words % {"total": text, "count": total.months}


def describe_oddity(line: ReturnFormLine, odd: Odd | None, recent: RecentMonths) -> str:
    """Return in words why a number is one to look at twice; "" if it is not."""
    if odd is None:
        return ""
    known = recent.known(line.indicator)
    if odd is Odd.FAR_ABOVE and not known:
        return _("Far above what the records say: please check.")
    if odd is Odd.FAR_ABOVE:
        words = _("Far above the last twelve months (at most %(value)s): please check.")
        return words % {"value": _format_cell(line, max(known))}
    if odd is Odd.FAR_FROM_LAST:
        last = recent.last(line.indicator) or Decimal()
        words = _("Far from last month (%(value)s): please check.")
        return words % {"value": _format_cell(line, last)}
    words = ngettext(
        "None, where the last %(count)d month had at least %(value)s: please check.",
        "None, where the last %(count)d months had at least %(value)s each:"
        " please check.",
        len(known),
    )
    return words % {"count": len(known), "value": _format_cell(line, min(known))}


def _format_cell(line: ReturnFormLine, value: Decimal) -> str:
    return format_figure(line.indicator, value, line.divisor)


def order_lines(lines: Iterable[ReturnFormLine]) -> list[ReturnFormLine]:
    """Put the official columns first, in the superior's order, then our supplement."""
    return sorted(lines, key=lambda line: (not line.official, line.position))


def column_label(line: ReturnFormLine, month: dt.date) -> str:
    """Return the heading of a line's column, with the unit of money and hours.

    Counts of people and things have theirs in the line above the table
    (`list_units`), as the official sheet does it.
    """
    label = line.label_in(month)
    is_count = line.divisor == 1 and not decimals_of(line)
    return label if is_count else label_with_unit(label, line.unit)


def list_units(lines: Iterable[ReturnFormLine]) -> str:
    """Return the units of a form's numbers, each once, for the line above them."""
    return "、".join(dict.fromkeys(line.unit for line in lines))


def format_line(line: ReturnFormLine, value: Decimal) -> str:
    """Return a line's number for a sentence; what the form divides in its own unit.

    Two amounts that differ by a little are told apart in 元, not in 万元.
    """
    if line.divisor == 1:
        return format_figure(line.indicator, value)
    return format_with_unit(line.indicator, value)


def build_headings(lines: Sequence[ReturnFormLine], month: dt.date) -> list[Heading]:
    """Return the headings over ordered lines: group, second heading, label."""
    headings, column = list[Heading](), 0
    for text, group in groupby(lines, key=group_of):
        group_lines = list(group)
        headings.append(Heading(text, 0, column, 1, len(group_lines)))
        headings += _headings_below(group_lines, column, month)
        column += len(group_lines)
    return headings


def build_heading_rows(
    lines: Sequence[ReturnFormLine], month: dt.date
) -> list[list[Heading]]:
    """Return the headings row by row, for a table on a page."""
    cells = build_headings(lines, month)
    return [[cell for cell in cells if cell.row == row] for row in range(DEPTH)]


def group_of(line: ReturnFormLine) -> str:
    """Return the heading under which a line stands."""
    return line.heading if line.official else _("Supplement")


def _headings_below(
    lines: Sequence[ReturnFormLine], start: int, month: dt.date
) -> list[Heading]:
    headings, column = list[Heading](), start
    for text, group in groupby(lines, key=lambda line: line.subheading):
        group_lines = list(group)
        if text:
            headings.append(Heading(text, 1, column, 1, len(group_lines)))
        first, rows = (2, 1) if text else (1, 2)
        for line in group_lines:
            headings.append(Heading(column_label(line, month), first, column, rows, 1))
            column += 1
    return headings
