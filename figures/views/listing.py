"""The page that lists every figure of a place in a month."""

import datetime as dt

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.dates import format_month
from core.web.exports import ExportedPage
from figures.beginnings import find_missing_numbers
from figures.definitions import indicators
from figures.drilldown import figures_url
from figures.figure_table import build_figure_table
from figures.month_page import MonthPage
from organizations.models import Organization
from organizations.month_tree import OrganizationAt


class FigureList(ExportedPage, MonthPage):
    """Every figure of a place: what it counts, its number, and how it can be split."""

    def url_in(self, month: dt.date) -> str:
        return figures_url(self.kwargs["pk"], month)

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        title = _("All figures")
        missing = find_missing_numbers(month, indicators)
        context = {
            "title": f"{organization_at.name} {format_month(month)} {title}",
            "table": build_figure_table(organization_at, month, self.request, missing),
            "uncounted": missing.text,
        }
        return TemplateResponse(self.request, "figures/figures.html", context)
