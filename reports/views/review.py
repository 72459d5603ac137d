"""Views in which the street decides on a submitted return."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.views import ConfirmView, QuestionView, ReasonView
from organizations.unfinished_work import list_unfinished
from reports import actions, permissions
from reports.actions.locking import refuse_wrong_state
from reports.enums import ReturnState
from reports.models import MonthlyReturn
from reports.returns.comments import (
    describe_open_comments,
    describe_return_with_comments,
)
from reports.returns.document import build_document
from reports.views.base import ReturnObjectMixin, return_title, rows_read


class ReviewMixin(ReturnObjectMixin):
    """For the staff of the street."""

    def has_permission(self, obj: MonthlyReturn) -> bool:
        return permissions.can_review(reader(self.request), obj)


class DecideReturn(ReviewMixin, QuestionView[MonthlyReturn]):
    """What is decided about a return, as it was read."""

    template_name = "reports/decide_return.html"

    def shown_rows(self, row: MonthlyReturn) -> list[Model]:
        return rows_read(row)

    def shown_texts(self, row: MonthlyReturn) -> tuple[str, ...]:
        """Return nothing: people come from the page of the return, and its token."""
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {"document": build_document(self.row)}
        return super().get_context_data(**{**extra, **kwargs})


class AcceptReturn(DecideReturn, ConfirmView[MonthlyReturn]):
    """Accept a return: it is published, and the month is closed."""

    title = _("Accept and publish")
    submit_label = _("Accept and publish")
    success_message = _("The return was accepted and published; the month is closed.")

    def refuse_beforehand(self) -> None:
        refuse_wrong_state(self.row, ReturnState.SUBMITTED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequence = _(
            "The numbers are published as they are and the month is "
            "closed for %(community)s. This cannot be undone: later "
            "facts count in the first month still open."
        ) % {"community": self.row.organization.name}
        unfinished = list(
            list_unfinished(self.row.organization, self.row.month, reader(self.request))
        )
        if unfinished:
            listed = _("Still under way, and counting in a later month then: %(list)s.")
            texts = "；".join(str(one.text) for one in unfinished)
            consequence = f"{consequence} {listed % {'list': texts}}"
        open_comments = describe_open_comments(
            self.row.comments.select_related("form_line", "monthly_return")
        )
        if open_comments:
            words = _("%(comments)s. Accepting the return settles them all the same.")
            consequence = f"{words % {'comments': open_comments}} {consequence}"
        extra = {"question": return_title(self.row), "consequence": consequence}
        return super().get_context_data(**extra, **kwargs)

    def run_action(self, form: Any) -> None:
        actions.accept_return(self.row, by=reader(self.request))


class SendBack(DecideReturn, ReasonView[MonthlyReturn]):
    """Send a return back, with what is to be corrected."""

    action = staticmethod(actions.return_for_correction)
    title = _("Return for correction")
    submit_label = _("Return it")
    success_message = _("The return went back to the community.")
    danger = False

    def refuse_beforehand(self) -> None:
        refuse_wrong_state(self.row, ReturnState.SUBMITTED)

    def get_initial(self) -> dict[str, Any]:
        """Begin the reason with the numbers that have open comments."""
        return {"reason": describe_return_with_comments(self.row)}
