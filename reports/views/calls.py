"""Views of the call list of a round: who is missing, whom to call, who was called."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.dates import format_month
from core.months import today
from core.web.components import Link
from core.web.views import PermittedObjectMixin, RowFormView
from reports import actions, permissions
from reports.forms import CallForm
from reports.models import MonthlyReturn, ReturnRound
from reports.returns.call_list import list_missing
from reports.views.base import action_button
from reports.views.review import ReviewMixin


class CallList(PermittedObjectMixin[ReturnRound]):
    """The missing returns of a round, with telephones and the calls made."""

    model = ReturnRound
    template_name = "reports/call_list.html"

    def get_rows(self) -> Any:
        return super().get_rows().select_related("organization")

    def has_permission(self, obj: ReturnRound) -> bool:
        return permissions.can_remind(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show whom to call; numbers are read in full one by one, with a reason."""
        row = self.get_permitted_object()
        month, user = format_month(row.month), reader(request)
        title = gettext("%(street)s %(month)s call list")
        missing = list_missing(row, user)
        remind = action_button(_("Remind all who have not submitted"), "remind", row.pk)
        paper = reverse("reports:call_paper", args=[row.pk])
        context = {
            "title": title % {"street": row.organization.name, "month": month},
            "round": row,
            "missing": missing,
            "buttons": [remind] if missing else [],
            "page_actions": [Link(_("Print"), paper, "printer")],
            "back_url": reverse("reports:calls", args=[row.pk]),
            "compiled_by": str(user),
            "printed_on": today(),
        }
        return render(request, self.template_name, context)


class CallPaper(CallList):
    """The call list on paper, with room to write."""

    template_name = "reports/call_paper.html"


class RecordCall(ReviewMixin, RowFormView[MonthlyReturn]):
    """Tick a call about a return that is not submitted."""

    form_class = CallForm
    action = staticmethod(actions.record_call)
    title = _("Tick as called")
    success_message = _("The call is ticked.")

    def get_initial(self) -> dict[str, Any]:
        return {"called_on": today()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"lead": self.row, **kwargs})

    def get_success_url(self) -> str:
        return reverse("reports:calls", args=[self.row.round_id])

    def get_cancel_url(self) -> str:
        return self.get_success_url()
