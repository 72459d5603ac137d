"""The page that lists every figure of a place in a month."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import reader
from core.dates import format_month
from core.months import month_of, today
from core.web.exports import ExportedPage
from core.web.months import has_not_begun, redirect_to_current_month
from core.web.views import PermittedObjectMixin
from figures.overview_table import build_overview_table
from figures.permissions import can_see_figures
from organizations.models import Organization
from organizations.month_tree import get_organization_at


class FigureOverview(ExportedPage, PermittedObjectMixin[Organization]):
    """Every figure of a place: what it counts, its number, and how it can be split."""

    model = Organization

    def has_permission(self, obj: Organization) -> bool:
        return can_see_figures(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the figures as they are counted."""
        organization = self.get_permitted_object()
        month: dt.date = kwargs["month"]
        if has_not_begun(month):
            now = month_of(today())
            url = reverse("figures:overview", args=[organization.pk, now])
            return redirect_to_current_month(request, month, url)
        organization_at = get_organization_at(organization.pk, month)
        if organization_at is None:
            raise Http404
        title = _("All figures")
        context = {
            "title": f"{organization_at.name} {format_month(month)} {title}",
            "table": build_overview_table(organization_at, month, request),
        }
        return TemplateResponse(request, "core/list_page.html", context)
