"""Views of rounds: open one, see who has submitted, remind the others."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.dates import format_month
from core.months import month_of, today
from core.web.views import ActionFormView, ActionView, PermittedObjectMixin
from organizations.models import Organization
from reports import actions, permissions
from reports.forms import RoundForm
from reports.models import ReturnRound
from reports.querysets import REVIEWERS
from reports.returns.changed_records import find_with_record_changes
from reports.views.base import action_button


class OpenRound(UserPassesTestMixin, ActionFormView):
    """Open a month's returns for a street."""

    form_class = RoundForm
    title = _("Open a round")
    submit_label = _("Open the round")
    success_message = _("The round is open; each community has its return.")

    def test_func(self) -> bool:
        return bool(self.get_streets().exists())

    def get_streets(self) -> Any:
        """Return the streets whose rounds the person may open."""
        paths = reader(self.request).scope().paths(REVIEWERS)
        return Organization.objects.streets().open().filter(path__in=paths)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "streets": self.get_streets()}

    def get_initial(self) -> dict[str, Any]:
        return {"month": month_of(today()), "organization": self.get_streets().first()}

    def run_action(self, form: Any) -> str:
        row = actions.open_round(
            form.cleaned_data["organization"],
            form.cleaned_data["month"],
            by=reader(self.request),
        )
        return row.get_absolute_url()


class RoundPage(PermittedObjectMixin[ReturnRound]):
    """One round: each community with the state of its return."""

    model = ReturnRound

    def get_rows(self) -> Any:
        rows = ReturnRound.objects.visible_to(self.request.user)
        return rows.with_progress().select_related("organization", "form")

    def has_permission(self, obj: ReturnRound) -> bool:
        return True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show who has submitted and who is late."""
        row: Any = self.get_permitted_object()
        returns = row.returns.select_related("organization", "submitted_by", "round")
        may_remind = row.submitted < row.expected and permissions.can_remind(
            reader(request), row
        )
        month = format_month(row.month)
        remind = action_button(_("Remind all who have not submitted"), "remind", row.pk)
        context = {
            "title": f"{row.organization.name} {month} {row.form.title}",
            "round": row,
            "returns": returns.order_by("organization__path"),
            "with_record_changes": find_with_record_changes(row.returns.all()),
            "buttons": [remind] if may_remind else [],
        }
        return render(request, "reports/round_detail.html", context)


class Remind(ActionView[ReturnRound]):
    """Remind every community that has not submitted."""

    model = ReturnRound
    success_message = _("Everyone who has not submitted was reminded.")

    def get_rows(self) -> Any:
        rows = ReturnRound.objects.visible_to(self.request.user)
        return rows.select_related("organization")

    def has_permission(self, obj: ReturnRound) -> bool:
        return permissions.can_remind(reader(self.request), obj)

    def run_action(self, obj: ReturnRound) -> None:
        actions.remind(obj, by=reader(self.request))
