"""The present state of the return that a row of a sheet is compared with."""

from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import DomainError
from figures.counting import count_figures
from reports.actions import LineEntry
from reports.errors import NoSuchNumber
from reports.models import MonthlyReturn, ReturnFormLine, ReturnLine
from reports.returns.line_values import (
    compute_lines,
    is_possible,
    reported_value,
)
from reports.returns.plausibility import odd_above, recent_months
from reports.returns.printing import (
    describe_allowed_numbers,
    describe_largest,
    format_line,
)


class PresentReturn:
    """The present state of a return: computed and reported numbers by indicator."""

    def __init__(self, monthly_return: MonthlyReturn) -> None:
        self.monthly_return = monthly_return
        self.computed = compute_lines(monthly_return, count_figures)
        self.recent = recent_months(
            monthly_return.organization_id, monthly_return.month
        )
        form_lines = monthly_return.round.form.lines.all()
        self.lines = {line.indicator: line for line in form_lines}
        saved = list(monthly_return.lines.all()) if monthly_return.pk else []
        self.saved: dict[int, ReturnLine] = {line.form_line_id: line for line in saved}

    def reported(self, indicator: str) -> Decimal:
        """Return what the return would report today."""
        line = self.lines[indicator]
        return reported_value(line, self.saved.get(line.pk), self.computed[indicator])

    def refuse(self, line: ReturnFormLine, value: Decimal) -> DomainError | None:
        """Return why a number cannot be typed from a sheet; None if it can."""
        text = format_line(line, value)
        if not is_possible(line, value):
            label = line.label_in(self.monthly_return.month)
            shape = describe_allowed_numbers(line)
            return NoSuchNumber(line=label, value=text, shape=shape)
        return None

    def question(self, line: ReturnFormLine, value: Decimal) -> str:
        """Return what is odd about a number that can be typed; nothing if it is not."""
        computed = self.computed[line.indicator]
        largest = self.recent.largest(line.indicator)
        if value <= odd_above(computed, largest):
            return ""
        words = {
            "value": format_line(line, value),
            "computed": format_line(line, computed),
            "largest": describe_largest(line, largest),
        }
        return (
            _(
                "%(value)s, far above what the records say (%(computed)s) and above the"
                " last twelve months (%(largest)s)"
            )
            % words
        )

    def differs(self, entry: LineEntry) -> bool:
        """Whether an entry reports another number than the computed one."""
        return entry.value != self.computed[entry.form_line.indicator]
