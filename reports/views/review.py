"""What the street does with a submitted return."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.forms import KeyedForm, ReasonForm
from reports import actions, permissions
from reports.models import MonthlyReturn
from reports.views.shapes import ReturnFormDeed, reader, title_of


class Reviewing:
    """Done by the staff of the street."""

    request: Any

    def allowed(self, obj: MonthlyReturn) -> bool:
        """Whether the reader decides on this return."""
        return permissions.can_review(reader(self.request), obj)


class AcceptReturn(Reviewing, ReturnFormDeed):
    """Accepting a return: it is published, and the month is closed."""

    form_class = KeyedForm
    stale_aware = False
    template_name = "core/confirm_deed.html"
    title = _("Accept and publish")
    submit_label = _("Accept and publish")
    success_message = _("The return was accepted and published; the month is closed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequence = _(
            "The numbers are published as they stand and the month is closed for"
            " %(community)s. This cannot be taken back: what comes later counts in the"
            " first month still open."
        ) % {"community": self.row.organization.name}
        extra = {"question": title_of(self.row), "consequence": consequence}
        return super().get_context_data(**extra, danger=True, **kwargs)

    def act(self, form: Any) -> str:
        actions.accept_return(self.row, by=reader(self.request))
        return self.row.get_absolute_url()


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
