"""Which returns no longer say what the records say, and in what they differ.

A submitted return cannot be accepted like this. Of accepted ones the latest month of
each community is compared: what it published stays, later months follow the records,
so once the next month is accepted nobody has to look at the difference any more.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from figures.counting import count_figures, count_figures_by_place
from organizations.month_tree import get_organizations_at
from reports.models import MonthlyReturn, ReturnFormLine
from reports.querysets import MonthlyReturnQuerySet
from reports.returns.line_values import (
    compute_lines,
    fill_lines,
    published_openings,
    required_indicators,
)
from reports.returns.printing import format_line

CHANGED = "changed"
"""What the list of returns is asked for, to show those that differ."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that reads otherwise than before."""

    label: str
    before: str
    after: str


def list_record_changes(row: MonthlyReturn) -> list[Change]:
    """Return what the records say otherwise since a return was submitted.

    Empty for a return that is not compared. A submitted one with such a change cannot
    be accepted: the community takes it back and submits it anew, or the street returns
    it.
    """
    if not MonthlyReturn.objects.filter(pk=row.pk).compared().exists():
        return []
    present = compute_lines(row, count_figures)
    lines = row.lines.select_related("form_line").order_by("form_line__position")
    return [
        Change(
            line.form_line.label_in(row.month),
            format_line(line.form_line, line.computed),
            format_line(line.form_line, present[line.form_line.indicator]),
        )
        for line in lines
        if line.computed != present[line.form_line.indicator]
    ]


def find_with_record_changes(rows: MonthlyReturnQuerySet) -> set[int]:
    """Return the keys of those returns that differ from the records.

    Counts the returns of a month together, with one query for each source.
    """
    by_month = defaultdict[dt.date, list[MonthlyReturn]](list)
    compared = rows.compared().order_by().select_related("round__form")
    for row in compared.prefetch_related("lines__form_line", "round__form__lines"):
        by_month[row.month].append(row)
    return {
        row.pk
        for month, some in by_month.items()
        for row, present in _count_together(some, month)
        if any(
            line.computed != present[line.form_line.indicator]
            for line in row.lines.all()
        )
    }


def _count_together(
    rows: list[MonthlyReturn], month: dt.date
) -> Iterable[tuple[MonthlyReturn, Mapping[str, Decimal]]]:
    """Yield each return of a month with the present values of its lines."""
    ids = [row.organization_id for row in rows]
    place_of = {place.pk: place for place in get_organizations_at(ids, month)}
    lines_of = {row.pk: _lines_of(row) for row in rows}
    keys = {k for lines in lines_of.values() for k in required_indicators(lines)}
    values = count_figures_by_place(place_of.values(), month, keys)
    openings = published_openings(ids, month)
    for row in rows:
        present = values[place_of[row.organization_id].path]
        opening = openings.get(row.organization_id)
        yield row, fill_lines(lines_of[row.pk], present, opening)


def _lines_of(row: MonthlyReturn) -> list[ReturnFormLine]:
    return list(row.round.form.lines.all())
