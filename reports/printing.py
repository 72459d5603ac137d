"""How numbers and headings of a form are printed, on pages, paper and the sheet."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import format_number
from reports.balance import ADJUSTMENT, BALANCE, CLOSING, GAINS, LOSSES, OPENING
from reports.models import ReturnFormLine
from sheets.write import Heading

DEPTH = 3


def headed(place: str, title: str) -> str:
    """Put a place before a form's title; a word that joins the two stands once."""
    shared = (n for n in range(len(title), 0, -1) if place.endswith(title[:n]))
    return place + title[next(shared, 0) :]


def adding_up(cells: Mapping[str, tuple[str, Decimal]]) -> str:
    """Say how what was, came and went make what is; nothing where a part is missing.

    Takes label and number of each line of a form, by indicator.
    """
    if not {*BALANCE, ADJUSTMENT} <= cells.keys():
        return ""
    adjustment = cells[ADJUSTMENT][1]
    sign = "−" if adjustment < 0 else "+"
    said = {
        "opening": _part(cells, OPENING),
        "gains": _together(cells, GAINS),
        "losses": _together(cells, LOSSES),
        "closing": _part(cells, CLOSING),
        "adjustment": f" {sign} {cells[ADJUSTMENT][0]} {format_number(abs(adjustment))}"
        if adjustment
        else "",
    }
    line = _(
        "%(opening)s + gains %(gains)s − losses %(losses)s%(adjustment)s = %(closing)s"
    )
    return line % said


def _part(cells: Mapping[str, tuple[str, Decimal]], key: str) -> str:
    label, value = cells[key]
    return f"{label} {format_number(value)}"


def _together(cells: Mapping[str, tuple[str, Decimal]], keys: Iterable[str]) -> str:
    """Return the sum of some lines, and which of them it comes from."""
    total = sum((cells[key][1] for key in keys), Decimal())
    parts = "、".join(_part(cells, key) for key in keys if cells[key][1])
    return f"{format_number(total)}（{parts}）" if parts else format_number(total)


def plain(value: Decimal, divisor: int = 1) -> str:
    """Write a number as a field takes it back: bare digits."""
    return f"{(value / divisor).normalize():f}"


def shape_of(decimals: int) -> str:
    """Say which numbers a figure with so many decimals can be."""
    if not decimals:
        return _("a whole number, 0 or more")
    words = ngettext(
        "0 or more, with at most %(count)d decimal",
        "0 or more, with at most %(count)d decimals",
        decimals,
    )
    return words % {"count": decimals}


def arranged(lines: Iterable[ReturnFormLine]) -> list[ReturnFormLine]:
    """Put the official columns first, in the superior's order, then what we add."""
    return sorted(lines, key=lambda line: (not line.official, line.position))


def label_of(line: ReturnFormLine) -> str:
    """Return a column's words; an unusual unit is said there."""
    return line.label if line.divisor == 1 else f"{line.label}（{line.unit}）"


def headings(lines: Sequence[ReturnFormLine]) -> list[Heading]:
    """Lay headings over arranged lines: group, second heading, label."""
    found, column = list[Heading](), 0
    for text, group in groupby(lines, key=_group_of):
        inside = list(group)
        found.append(Heading(text, 0, column, 1, len(inside)))
        found += _below(inside, column)
        column += len(inside)
    return found


def heading_rows(lines: Sequence[ReturnFormLine]) -> list[list[Heading]]:
    """Return the headings row by row, as a table of a page wants them."""
    cells = headings(lines)
    return [[cell for cell in cells if cell.row == row] for row in range(DEPTH)]


def _group_of(line: ReturnFormLine) -> str:
    return line.heading if line.official else _("Supplement")


def _below(lines: Sequence[ReturnFormLine], start: int) -> list[Heading]:
    found, column = list[Heading](), start
    for text, group in groupby(lines, key=lambda line: line.subheading):
        inside = list(group)
        if text:
            found.append(Heading(text, 1, column, 1, len(inside)))
        first, rows = (2, 1) if text else (1, 2)
        for line in inside:
            found.append(Heading(label_of(line), first, column, rows, 1))
            column += 1
    return found
