"""Probations: the list of those that run, and the decision on one."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.dates import format_day
from core.months import today
from core.web.components import Link
from core.web.exports import ExportedPage
from members import actions, permissions
from members.development.probation import Probation, list_probations, probation_of
from members.enums import Standing
from members.errors import NotOnProbation
from members.forms import ProbationForm
from members.tables import ProbationTable
from members.views.changes import CurrentMemberView
from members.views.development import developments_breadcrumb, voters_of


class ProbationList(ExportedPage, UserPassesTestMixin, SingleTableMixin, TemplateView):
    """The probationary members of the reader's area, by the end of the probation."""

    template_name = "core/list_page.html"
    table_class = ProbationTable
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_table_data(self) -> list[Probation]:
        return list_probations(reader(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=_("Probations"),
            empty_text=_("There is no probationary member in your area."),
            breadcrumbs=[developments_breadcrumb(), Link(_("Probations"))],
            **kwargs,
        )


class DecideProbation(CurrentMemberView):
    """Record what was decided about a member's probation."""

    form_class = ProbationForm
    action = staticmethod(actions.decide_on_probation)
    title = _("Decide on the probation")
    submit_label = _("Record the decision")
    success_message = _("The decision is on record.")

    def refuse_beforehand(self) -> None:
        super().refuse_beforehand()
        on_probation = self.row.standing == Standing.PROBATIONARY
        known = self.row.join_date and self.row.organization_id
        if not on_probation or not known:
            raise NotOnProbation(name=self.row.name)

    def get_form_kwargs(self) -> dict[str, Any]:
        here = self.row.organization
        voters = voters_of(here) if here is not None else 0
        return {**super().get_form_kwargs(), "voters": voters}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        probation = probation_of(self.row)
        lead = f"{self.row.name} · {probation.describe(today())}"
        if probation.due_on is not None:
            ends = _("probation ends on %(day)s")
            lead += f" · {ends % {'day': format_day(probation.due_on)}}"
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "lead": lead, "list_url": reverse("members:probations")}
