"""The page of what changed in a month, and what made it so."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from accounts.http import reader
from core.dates import format_month
from core.months import month_of, shift_month, today
from core.web.components import Link
from core.web.exports import ExportedPage
from core.web.months import has_not_begun, redirect_to_current_month
from core.web.views import PermittedObjectMixin
from figures.definitions import indicators
from figures.permissions import can_see_figures
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, get_organization_at
from reports.dashboards.change_table import ChangeTable, change_line
from reports.dashboards.changes import FigureChange, build_changes, is_counted
from reports.dashboards.overview import MAIN
from reports.returns.balance import CLOSING
from reports.views.dashboard import dashboard_url


class ChangesPage(ExportedPage, PermittedObjectMixin[Organization]):
    """A place's main figures beside the month before and a year ago, with reasons."""

    model = Organization

    def has_permission(self, obj: Organization) -> bool:
        return can_see_figures(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the place as it was in the month."""
        node, month = self.get_permitted_object(), kwargs["month"]
        if has_not_begun(month):
            url = reverse("reports:changes", args=[node.pk, month_of(today())])
            return redirect_to_current_month(request, month, url)
        organization = get_organization_at(node.pk, month)
        if organization is None:
            raise Http404
        changes = build_changes(organization, month, MAIN)
        table = ChangeTable([change_line(one, node.pk, month) for one in changes])
        RequestConfig(request, paginate=False).configure(table)
        title = _("What changed")
        context = {
            "title": f"{organization.name} {format_month(month)} {title}",
            "table": table,
            "chart": _chart(changes, month),
            "first_month": not is_counted(shift_month(month, -1)),
            "breadcrumbs": _breadcrumbs(organization, month, title),
        }
        return TemplateResponse(request, "reports/changes.html", context)


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
