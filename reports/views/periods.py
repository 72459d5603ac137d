"""The view in which a workbook on a topic or of several months is asked for."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.views import ActionFormView
from organizations.enums import FILING, STREET_TIER, OrganizationKind
from organizations.models import Organization
from reports import actions, permissions
from reports.forms import PeriodForm
from reports.querysets import EXPORTERS

FROM_COMMUNITY_UP = (OrganizationKind.CITY, *STREET_TIER, *FILING)


class AskForWorkbook(UserPassesTestMixin, ActionFormView):
    """Have a workbook on a topic or of several months written by a worker."""

    form_class = PeriodForm
    title = _("Workbook on a topic, a quarter, a year")
    submit_label = _("Have it written")
    success_message = _("The workbook is being written. You may leave this page.")

    def test_func(self) -> bool:
        return permissions.can_fill_forms(reader(self.request))

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        places = Organization.objects.open().in_scope_of(user, EXPORTERS)
        filing = places.filter(kind__in=FROM_COMMUNITY_UP).order_by("path")
        return {**super().get_form_kwargs(), "organizations": filing}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {
            "lead": _(
                "Numbers of the returns have one row for each community, a topic one"
                " for each place directly below; both are fit to be printed and signed."
            ),
            "cancel_url": reverse("reports:summaries"),
        }
        return super().get_context_data(**{**extra, **kwargs})

    def run_action(self, form: Any) -> str:
        job = actions.ask_for_workbook(form.order(), by=reader(self.request))
        return job.get_absolute_url()
