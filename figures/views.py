"""The page that lists the rows of a figure."""

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
from figures.definitions import Indicator, indicators
from figures.drilldown import ITSELF, drill_down
from figures.formatting import (
    format_figure,
    format_with_unit,
    label_with_unit,
)
from figures.permissions import can_see_figures
from figures.published import get_published_value
from figures.row_table import build_row_table
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, get_organization_at


class FigureRows(ExportedPage, PermittedObjectMixin[Organization]):
    """The rows that make up one number of one organization in one month."""

    model = Organization

    def has_permission(self, obj: Organization) -> bool:
        return can_see_figures(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the number, and the rows the reader may see."""
        organization, month = self.get_permitted_object(), kwargs["month"]
        if has_not_begun(month):
            current = [organization.pk, month_of(today()), kwargs["key"]]
            url = reverse("figures:rows", args=current)
            return redirect_to_current_month(request, month, url)
        indicator, organization_at = self._get_indicator_and_organization(
            organization, month
        )
        label = indicator.label_in(month)
        itself = ITSELF in request.GET
        drilldown = drill_down(
            indicator,
            organization,
            organization_at,
            month,
            reader(request),
            itself=itself,
        )
        suffix = _("at this level itself")
        name = f"{organization_at.name}（{suffix}）" if itself else organization_at.name
        context = {
            "title": f"{name} {format_month(month)} {label}",
            "indicator": indicator,
            "heading": label_with_unit(label, indicator.unit),
            "value": format_figure(indicator.key, drilldown.value),
            "drilldown": drilldown,
            "table": build_row_table(
                indicator, month, drilldown.rows, drilldown.columns, request
            ),
            "published": ""
            if itself
            else self._format_published(organization_at, month, indicator),
            "empty_text": _("Only the keepers of these records may see the rows.")
            if drilldown.hidden
            else _("No rows are counted in this number."),
        }
        return TemplateResponse(request, "figures/figure_rows.html", context)

    def _get_indicator_and_organization(
        self, organization: Organization, month: dt.date
    ) -> tuple[Indicator, OrganizationAt]:
        """Return the figure and the place; raise 404 for what was never counted."""
        key = self.kwargs["key"]
        organization_at = get_organization_at(organization.pk, month)
        if key not in indicators or organization_at is None:
            raise Http404
        return indicators.get(key), organization_at

    def _format_published(
        self, organization_at: OrganizationAt, month: dt.date, indicator: Indicator
    ) -> str:
        """Return the number that was published, if there is one."""
        value = get_published_value(organization_at.pk, month, indicator.key)
        return "" if value is None else format_with_unit(indicator.key, value)
