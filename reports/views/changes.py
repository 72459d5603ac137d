"""The page of what changed in a month, and what made it so."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from core.dates import format_month
from core.months import shift_month
from core.web.components import Link
from core.web.exports import ExportedPage
from figures.definitions import indicators
from figures.month_page import MonthPage
from figures.sums import is_counted
from organizations.models import Organization
from organizations.month_tree import OrganizationAt
from reports.dashboards.change_table import ChangeTable, change_line
from reports.dashboards.changes import FigureChange, build_changes
from reports.dashboards.overview import MAIN
from reports.returns.balance import CLOSING
from reports.views.dashboard import dashboard_url


class ChangesPage(ExportedPage, MonthPage):
    """A place's main figures beside the month before and a year ago, with reasons."""

    def url_in(self, month: dt.date) -> str:
        return reverse("reports:changes", args=[self.kwargs["pk"], month])

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        changes = build_changes(organization_at, month, MAIN)
        lines = [change_line(one, organization.pk, month) for one in changes]
        table = ChangeTable(lines)
        RequestConfig(self.request, paginate=False).configure(table)
        title = _("What changed")
        context = {
            "title": f"{organization_at.name} {format_month(month)} {title}",
            "table": table,
            "chart": _chart(changes, month),
            "first_month": not is_counted(shift_month(month, -1)),
            "breadcrumbs": _breadcrumbs(organization_at, month, title),
        }
        return TemplateResponse(self.request, "reports/changes.html", context)


def _breadcrumbs(
    organization: OrganizationAt, month: dt.date, title: str
) -> list[Link]:
    url = dashboard_url(organization.pk, month)
    return [Link(f"{organization.name} {format_month(month)}", url), Link(title)]


def _chart(changes: Sequence[FigureChange], month: dt.date) -> dict[str, Any] | None:
    """Return what made the difference in members, as bars that open to the rows."""
    closing = indicators.get(CLOSING)
    reasons = next(one.reasons for one in changes if one.indicator.key == CLOSING)
    if not reasons:
        return None
    return {
        "title": closing.label_in(month),
        "unit": str(closing.unit),
        "kind": "bar",
        "labels": [str(reason.label) for reason in reasons],
        "series": [
            {
                "name": closing.label_in(month),
                "values": [int(reason.difference) for reason in reasons],
                "urls": [reason.url for reason in reasons],
            }
        ],
    }
