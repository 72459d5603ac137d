"""Views in which a community edits its return: explain, write, answer."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.views import ChangeView
from reports import actions
from reports.forms import LineForm, NarrativeForm, ReturnAnswerForm
from reports.models import MonthlyReturn, ReturnFormLine
from reports.returns.cells import ReturnCell, build_cells
from reports.returns.narrative import propose_narrative
from reports.views.base import FilingMixin


class WriteNarrative(FilingMixin, ChangeView[MonthlyReturn]):
    """Write the account of the month."""

    form_class = NarrativeForm
    title = _("Account of the month")

    def get_initial(self) -> dict[str, Any]:
        """Begin an account that nobody has written with a proposal, to be edited."""
        written = self.row.narrative or propose_narrative(self.row)
        return {**super().get_initial(), "narrative": written}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposed = _(
            "Proposed from this month's records and from last month's account: edit it;"
            " nothing is kept until you save."
        )
        lead = "" if self.row.narrative else proposed
        return super().get_context_data(**{"lead": lead, **kwargs})

    def run_action(self, form: Any) -> str:
        text = form.cleaned_data["narrative"]
        actions.write_narrative(self.row, narrative=text, by=reader(self.request))
        return self.row.get_absolute_url()


class ReportLine(FilingMixin, ChangeView[MonthlyReturn]):
    """Report another number than the computed one, or explain a number."""

    form_class = LineForm
    title = _("Explain or report otherwise")

    def get_cell(self) -> ReturnCell:
        """Return the cell that the URL names."""
        lines = ReturnFormLine.objects.filter(form=self.row.round.form)
        line = get_object_or_404(lines, pk=self.kwargs["line"])
        return next(cell for cell in build_cells(self.row) if cell.line == line)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "cell": self.get_cell()}

    def get_initial(self) -> dict[str, Any]:
        cell = self.get_cell()
        return {"value": cell.typed, "reason": cell.reason}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cell = self.get_cell()
        lead = _("%(label)s: computed as %(value)s %(unit)s from the records") % {
            "label": cell.label,
            "value": cell.computed_text,
            "unit": cell.line.unit,
        }
        recent = _describe_recent_months(cell)
        lead = "。".join(filter(None, [lead, recent]))
        return super().get_context_data(lead=lead, **kwargs)

    def run_action(self, form: Any) -> str:
        line = self.get_cell().line
        actions.report_line(
            self.row,
            line,
            value=form.cleaned_data["value"] * line.divisor,
            reason=form.cleaned_data["reason"],
            confirmed=form.cleaned_data["confirmed"],
            by=reader(self.request),
        )
        return self.row.get_absolute_url()


def _describe_recent_months(cell: ReturnCell) -> str:
    """Return in words what the place published lately; "" if nothing."""
    if cell.largest is None:
        return ""
    last = _("not published") if cell.last is None else cell.last_text
    values = {"last": last, "largest": cell.largest_text, "unit": cell.line.unit}
    words = _(
        "Last month %(last)s, at most %(largest)s %(unit)s in the last twelve months"
    )
    return words % values


class AnswerStreet(FilingMixin, ChangeView[MonthlyReturn]):
    """Answer why the street sent the return back."""

    form_class = ReturnAnswerForm
    title = _("Answer to the street")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = _("Returned for correction: %(reason)s")
        lead = words % {"reason": self.row.return_reason}
        return super().get_context_data(lead=lead, **kwargs)

    def run_action(self, form: Any) -> str:
        answer = form.cleaned_data["answer"]
        actions.answer_street(self.row, answer=answer, by=reader(self.request))
        return self.row.get_absolute_url()
