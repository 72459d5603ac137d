"""What the street does with a submitted return."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.forms import ReasonForm
from reports import actions, permissions
from reports.models import MonthlyReturn
from reports.views.shapes import ReturnDeed, ReturnFormDeed, reader


class Reviewing:
    """Done by the staff of the street."""

    request: Any

    def allowed(self, obj: MonthlyReturn) -> bool:
        """Whether the reader decides on this return."""
        return permissions.can_review(reader(self.request), obj)


class AcceptReturn(Reviewing, ReturnDeed):
    """Accepting a return: it is published, and the month is closed."""

    success_message = _("The return was accepted and published; the month is closed.")

    def act(self, obj: MonthlyReturn) -> None:
        actions.accept_return(obj, by=reader(self.request))


class SendBack(Reviewing, ReturnFormDeed):
    """Returning a return, with what is to be corrected."""

    form_class = ReasonForm
    stale_aware = False
    template_name = "core/confirm_deed.html"
    title = _("Return for correction")
    submit_label = _("Return it")
    success_message = _("The return went back to the community.")

    def act(self, form: Any) -> str:
        reason = form.cleaned_data["reason"]
        actions.return_for_correction(self.row, reason=reason, by=reader(self.request))
        return self.row.get_absolute_url()
