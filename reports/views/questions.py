"""The page that answers questions about a place in a month."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import reader
from core.dates import format_month
from core.web.components import Link
from figures.month_page import MonthPage
from organizations.models import Organization
from organizations.month_tree import OrganizationAt
from reports.dashboards.questions import Asked, answer_questions
from reports.views.dashboard import dashboard_url


class QuestionsPage(MonthPage):
    """Short lists for those responsible, each with the way to all of it."""

    def url_in(self, month: dt.date) -> str:
        return reverse("reports:questions", args=[self.kwargs["pk"], month])

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        asked = Asked(organization, organization_at, month, reader(self.request))
        name = f"{organization_at.name} {format_month(month)}"
        context = {
            "title": f"{name} {_('Questions')}",
            "answers": list(answer_questions(asked)),
            "breadcrumbs": [
                Link(name, dashboard_url(organization.pk, month)),
                Link(_("Questions")),
            ],
        }
        return render(self.request, "reports/questions.html", context)
