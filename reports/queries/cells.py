"""The cells of a return: live while it is filled in, frozen afterwards."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from core.months import shift_month
from figures.drilldown import rows_url
from figures.formatting import format_figure
from figures.rows import counted
from reports.balance import ADJUSTMENT, CLOSING, OPENING
from reports.filling import carried, computed, is_fixed, reported
from reports.models import MonthlyReturn, ReturnFormLine, ReturnLine
from reports.printing import plain


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: both numbers, the explanation, and where its rows are listed."""

    line: ReturnFormLine
    computed: Decimal
    reported: Decimal
    reason: str
    url: str
    fixed: bool

    @property
    def text(self) -> str:
        """The reported number as the form prints it."""
        return format_figure(self.line.indicator, self.reported, self.line.divisor)

    @property
    def typed(self) -> str:
        """The reported number as its field takes it."""
        return plain(self.reported, self.line.divisor)

    @property
    def computed_text(self) -> str:
        """The computed number as the form prints it."""
        return format_figure(self.line.indicator, self.computed, self.line.divisor)

    @property
    def unexplained(self) -> bool:
        """Whether it is what no list of rows makes up."""
        return self.line.indicator == ADJUSTMENT and self.reported != 0

    @property
    def may_be_explained(self) -> bool:
        """Whether there is something to say here: fixed numbers follow the records."""
        return not self.fixed or self.unexplained or bool(self.reason)

    @property
    def differs(self) -> bool:
        """Whether another number than the computed one is reported."""
        return self.reported != self.computed


def url_of(organization_id: int, month: dt.date, key: str, *, from_last: bool) -> str:
    """Return the page that lists the rows behind a number; an explanation has none.

    An opening carried forward opens to the rows of last month's closing.
    """
    if key == ADJUSTMENT:
        return ""
    if key == OPENING and from_last:
        key, month = CLOSING, shift_month(month, -1)
    return rows_url(organization_id, month, key)


def cells_of(monthly_return: MonthlyReturn) -> list[Cell]:
    """Return the cells of a return, in the form's order."""
    written = {line.form_line_id: line for line in monthly_return.lines.all()}
    values = computed(monthly_return, counted) if monthly_return.is_open else {}
    before = carried(monthly_return.organization_id, monthly_return.month)
    return [
        _cell(
            line,
            written.get(line.pk),
            values,
            url_of(
                monthly_return.organization_id,
                monthly_return.month,
                line.indicator,
                from_last=before is not None,
            ),
        )
        for line in monthly_return.round.form.lines.all()
    ]


def _cell(
    line: ReturnFormLine,
    written: ReturnLine | None,
    values: Mapping[str, Decimal],
    url: str,
) -> Cell:
    reason = written.reason if written else ""
    if line.indicator in values:
        value = values[line.indicator]
        said = reported(line, written, value)
    else:
        assert written is not None  # noqa: S101 -- submitting writes every line
        value, said = written.computed, written.reported
    return Cell(line, value, said, reason, url, is_fixed(line))


def grouped(cells: Iterable[Cell]) -> list[tuple[str, list[Cell]]]:
    """Put neighbouring cells under their common heading."""
    return [
        (heading, list(group))
        for heading, group in groupby(cells, key=lambda cell: cell.line.heading)
    ]
