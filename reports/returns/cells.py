"""Build the cells of a return: computed live while it is open, frozen afterwards."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from core.months import shift_month
from core.text import without_stop
from figures.counting import count_figures
from figures.drilldown import rows_url
from figures.formatting import format_figure
from organizations.models import Organization
from reports.models import MonthlyReturn, ReturnComment, ReturnFormLine, ReturnLine
from reports.returns.adjustment import explain_adjustment
from reports.returns.balance import ADJUSTMENT, CLOSING, OPENING
from reports.returns.comments import comments_by_line
from reports.returns.line_values import (
    compute_lines,
    is_fixed,
    reported_value,
)
from reports.returns.plausibility import (
    Missing,
    RecentMonths,
    find_oddity,
    odd_above,
    recent_months,
)
from reports.returns.printing import (
    describe_oddity,
    describe_year,
    format_change,
    format_plain,
)
from reports.returns.year_totals import YearTotal, total_of_year


@dataclass(frozen=True, slots=True)
class ReturnCell:
    """One cell: label, both numbers, the explanation, and the page of its rows.

    `last` and `largest` are what the place published for the month before, and at most
    in the twelve months before; None if nothing was published, and `no_last` says why.
    `comments` are what the street asks about the number, the first one first.
    `year` is the total of the year so far, where there is one; `oddity` says in words
    why the number is one to look at twice.
    """

    line: ReturnFormLine
    label: str
    computed: Decimal
    reported: Decimal
    reason: str
    url: str
    fixed: bool
    last: Decimal | None = None
    largest: Decimal | None = None
    no_last: Missing | None = None
    year: YearTotal | None = None
    oddity: str = ""
    comments: Sequence[ReturnComment] = ()

    @property
    def full_label(self) -> str:
        """The label after its second heading, if the form has one over it."""
        second = self.line.subheading
        return f"{second} · {self.label}" if second else self.label

    @property
    def text(self) -> str:
        """The reported number as the form prints it."""
        return format_figure(self.line.indicator, self.reported, self.line.divisor)

    @property
    def typed(self) -> str:
        """The reported number as its input field takes it."""
        return format_plain(self.reported, self.line.divisor)

    @property
    def computed_text(self) -> str:
        """The computed number as the form prints it."""
        return format_figure(self.line.indicator, self.computed, self.line.divisor)

    @property
    def unexplained(self) -> bool:
        """Whether this is an adjustment, which gains and losses do not explain."""
        return self.line.indicator == ADJUSTMENT and self.reported != 0

    @property
    def may_be_explained(self) -> bool:
        """Whether an explanation makes sense: fixed numbers follow the records."""
        return not self.fixed or self.unexplained or bool(self.reason)

    @property
    def explanation(self) -> str:
        """The explanation as it is printed, with the computed number if it differs."""
        if not self.differs:
            return self.reason
        words = _("%(reason)s. Computed: %(value)s.")
        reason = without_stop(self.reason)
        return words % {"reason": reason, "value": self.computed_text}

    @property
    def differs(self) -> bool:
        """Whether another number than the computed one is reported."""
        return self.reported != self.computed

    @property
    def last_text(self) -> str:
        """The number of the month before, as the form prints it, or why it has none."""
        if self.no_last is not None:
            return str(self.no_last.label)
        return self._format(self.last)

    @property
    def change_text(self) -> str:
        """The change since the month before, with its sign; "" if there is none."""
        if self.last is None:
            return ""
        return format_change(self.line, self.reported - self.last)

    @property
    def year_text(self) -> str:
        """The total of the year so far, and of how many months if one is missing."""
        return describe_year(self.line, self.year) if self.year else ""

    @property
    def largest_text(self) -> str:
        """The largest number of the twelve months before, as the form prints it."""
        return self._format(self.largest)

    def _format(self, value: Decimal | None) -> str:
        if value is None:
            return ""
        return format_figure(self.line.indicator, value, self.line.divisor)

    @property
    def is_odd(self) -> bool:
        """Whether the reported number is one to look at twice."""
        return bool(self.oddity)

    def is_odd_number(self, value: Decimal) -> bool:
        """Whether a number is far above the records and the recent months."""
        return value > odd_above(self.computed, self.largest)


def cell_url(organization_id: int, month: dt.date, key: str, *, from_last: bool) -> str:
    """Return the page that lists the rows of a number; "" for an adjustment.

    An adjustment opens from its return alone.

    An opening taken from the month before opens to the rows of that month's closing.
    """
    if key == ADJUSTMENT:
        return ""
    if key == OPENING and from_last:
        key, month = CLOSING, shift_month(month, -1)
    return rows_url(organization_id, month, key)


def build_cells(monthly_return: MonthlyReturn) -> list[ReturnCell]:
    """Return the cells of a return, in the form's order."""
    organization_id, month = monthly_return.organization_id, monthly_return.month
    saved = {line.form_line_id: line for line in monthly_return.lines.all()}
    values = (
        compute_lines(monthly_return, count_figures) if monthly_return.is_open else {}
    )
    recent = recent_months(organization_id, month)
    from_last = recent.last(CLOSING) is not None
    comments = comments_by_line(monthly_return)
    return [
        _build_cell(
            line,
            saved.get(line.pk),
            values,
            recent,
            url=reverse("reports:adjustment", args=[monthly_return.pk])
            if line.indicator == ADJUSTMENT
            else cell_url(organization_id, month, line.indicator, from_last=from_last),
            organization=monthly_return.organization,
            comments=comments.get(line.pk, ()),
        )
        for line in monthly_return.round.form.lines.all()
    ]


def _build_cell(
    form_line: ReturnFormLine,
    line: ReturnLine | None,
    values: Mapping[str, Decimal],
    recent: RecentMonths,
    *,
    url: str,
    organization: Organization,
    comments: Sequence[ReturnComment],
) -> ReturnCell:
    reason = line.reason if line else ""
    if form_line.indicator in values:
        computed = values[form_line.indicator]
        reported = reported_value(form_line, line, computed)
    else:
        assert line is not None  # noqa: S101 -- submitting writes every line
        computed, reported = line.computed, line.reported
    if values and not reason and form_line.indicator == ADJUSTMENT:
        reason = explain_adjustment(organization, recent.month, reported)
    return ReturnCell(
        form_line,
        form_line.label_in(recent.month),
        computed,
        reported,
        reason,
        url if form_line.indicator != ADJUSTMENT or reported or reason else "",
        is_fixed(form_line),
        recent.last(form_line.indicator),
        recent.largest(form_line.indicator),
        recent.why_no_last(form_line.indicator),
        total_of_year(organization.pk, form_line.indicator, reported, recent),
        describe_oddity(
            form_line,
            find_oddity(form_line.indicator, reported, computed, recent),
            recent,
        ),
        comments,
    )


def find_unexplained(cells: Iterable[ReturnCell]) -> ReturnCell | None:
    """Return the adjustment that nobody has explained, if there is one."""
    return next((c for c in cells if c.unexplained and not c.reason), None)


def group_cells(cells: Iterable[ReturnCell]) -> list[tuple[str, list[ReturnCell]]]:
    """Group neighbouring cells under their common heading."""
    return [
        (heading, list(group))
        for heading, group in groupby(cells, key=lambda cell: cell.line.heading)
    ]
