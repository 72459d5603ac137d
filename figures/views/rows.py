"""The page that lists the rows of a figure."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.http import reader
from core.dates import format_month
from figures.breakdowns import Band, Breakdown
from figures.definitions import Indicator
from figures.drilldown import BAND, BY, ITSELF, drill_down
from figures.formatting import (
    format_figure,
    format_with_unit,
    label_with_unit,
)
from figures.permissions import can_open_bands
from figures.published import get_published_value
from figures.row_table import build_row_table
from figures.shares import breakdown_links
from figures.views.base import FigurePage, find_breakdown
from organizations.models import Organization
from organizations.month_tree import OrganizationAt


class FigureRows(FigurePage):
    """The rows that make up one number, or one band of it."""

    address = "figures:rows"

    def show_figure(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
        indicator: Indicator,
    ) -> HttpResponse:
        """Show the number, and the rows the reader may see."""
        label = indicator.label_in(month)
        itself, chosen = ITSELF in self.request.GET, self._chosen_band(indicator, month)
        if chosen:
            breakdown, band = chosen
            if not can_open_bands(reader(self.request), indicator.source, organization):
                raise PermissionDenied
            indicator = indicator.in_band(breakdown, band.key)
            label = f"{label} · {breakdown.label}：{band.label}"
        drilldown = drill_down(
            indicator,
            organization,
            organization_at,
            month,
            reader(self.request),
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
                indicator, month, drilldown.rows, drilldown.columns, self.request
            ),
            "published": ""
            if itself or chosen
            else self._format_published(organization_at, month, indicator),
            "breakdowns": breakdown_links(organization, month, indicator),
            "empty_text": _("Only the keepers of these records may see the rows.")
            if drilldown.hidden
            else _("No rows are counted in this number."),
        }
        return TemplateResponse(self.request, "figures/figure_rows.html", context)

    def _chosen_band(
        self, indicator: Indicator, month: dt.date
    ) -> tuple[Breakdown, Band] | None:
        """Return the band that the address names; raise 404 if there is none."""
        query = self.request.GET
        if BY not in query and BAND not in query:
            return None
        breakdown = find_breakdown(indicator, query.get(BY, ""))
        for band in breakdown.bands_in(month):
            if band.key == query.get(BAND):
                return breakdown, band
        raise Http404

    def _format_published(
        self, organization_at: OrganizationAt, month: dt.date, indicator: Indicator
    ) -> str:
        """Return the number that was published, if there is one."""
        value = get_published_value(organization_at.pk, month, indicator.key)
        return "" if value is None else format_with_unit(indicator.key, value)
