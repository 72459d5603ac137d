"""Views of comments on numbers: the street asks and settles, the community answers."""

from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.read_first import lock_row
from core.web.views import (
    ChangeView,
    PermittedObjectMixin,
    ReadActionView,
    ReadFirstView,
)
from reports import actions, permissions
from reports.actions.comments import refuse_answer
from reports.actions.locking import refuse_wrong_state
from reports.enums import ReturnState
from reports.forms import CommentAnswerForm, CommentForm
from reports.models import MonthlyReturn, ReturnComment, ReturnLine
from reports.returns.printing import format_line
from reports.views.review import ReviewMixin


class CommentOnNumber(ReviewMixin, ReadFirstView[MonthlyReturn]):
    """Comment on one number of a submitted return."""

    form_class = CommentForm
    title = _("Comment on a number")

    def refuse_beforehand(self) -> None:
        refuse_wrong_state(self.row, ReturnState.SUBMITTED)

    def get_line(self) -> ReturnLine:
        """Return the line that the URL names."""
        rows = ReturnLine.objects.select_related("form_line", "monthly_return")
        return get_object_or_404(
            rows, monthly_return=self.row, form_line=self.kwargs["line"]
        )

    def shown_rows(self, row: MonthlyReturn) -> list[Model]:
        return [row, self.get_line()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.get_line()
        lead = f"{line.label} {format_line(line.form_line, line.reported)}"
        return super().get_context_data(**{"lead": lead, **kwargs})

    def run_action(self, form: Any) -> str:
        actions.comment_on_number(
            self.row,
            self.get_line().form_line,
            text=form.cleaned_data["text"],
            by=reader(self.request),
        )
        return self.row.get_absolute_url()


class CommentMixin(PermittedObjectMixin[ReturnComment]):
    """A view of one comment."""

    model = ReturnComment

    def get_rows(self) -> Any:
        rows = super().get_rows()
        return rows.select_related("monthly_return__organization", "form_line")


class AnswerComment(CommentMixin, ChangeView[ReturnComment]):
    """Answer a comment on a number."""

    form_class = CommentAnswerForm
    title = _("Answer to a comment")

    def refuse_beforehand(self) -> None:
        refuse_answer(self.row)

    def has_permission(self, obj: ReturnComment) -> bool:
        return permissions.can_file(reader(self.request), obj.monthly_return)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = format_line(self.row.form_line, self.row.reported)
        lead = f"{self.row.label} {number}：{self.row.text}"
        return super().get_context_data(**{"lead": lead, **kwargs})

    def run_action(self, form: Any) -> None:
        answer = form.cleaned_data["answer"]
        actions.answer_comment(self.row, answer=answer, by=reader(self.request))


class SettleComment(CommentMixin, ReadActionView[ReturnComment]):
    """Settle a comment: the street has its answer, the one that it has read."""

    success_message = _("The comment is settled.")

    def has_permission(self, obj: ReturnComment) -> bool:
        return permissions.can_review(reader(self.request), obj.monthly_return)

    def lock_read(self, obj: ReturnComment) -> None:
        lock_row(obj.monthly_return)

    def run_action(self, obj: ReturnComment) -> None:
        actions.settle_comment(obj, by=reader(self.request))
