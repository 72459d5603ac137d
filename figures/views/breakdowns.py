"""The page that splits a figure into bands."""

import datetime as dt

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from accounts.http import reader
from core.dates import format_month
from core.months import month_of, today
from figures.composition import FEWEST, compose
from figures.composition_table import build_composition_table
from figures.definitions import Indicator
from figures.drilldown import rows_url
from figures.formatting import (
    format_figure,
    label_with_unit,
)
from figures.permissions import can_open_bands
from figures.shares import bar_chart, breakdown_links, share_lines
from figures.views.base import FigurePage, find_breakdown
from organizations.models import Organization
from organizations.month_tree import OrganizationAt


class FigureBreakdown(FigurePage):
    """One number split into bands, for the place and each place directly below it."""

    address = "figures:breakdown"

    def show_figure(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
        indicator: Indicator,
    ) -> HttpResponse:
        """Show the bands with their shares, as a list, a chart and a table."""
        breakdown = find_breakdown(indicator, self.kwargs["by"])
        readable = can_open_bands(reader(self.request), indicator.source, organization)
        composition = compose(
            indicator, breakdown, organization_at, month, readable=readable
        )
        label = indicator.label_in(month)
        heading = f"{label} · {breakdown.label}"
        lines = (
            []
            if composition.withheld
            else share_lines(composition, indicator, breakdown, month)
        )
        context = {
            "title": f"{organization_at.name} {format_month(month)} {heading}",
            "indicator": indicator,
            "heading": label_with_unit(label, indicator.unit),
            "value": format_figure(indicator.key, composition.whole.total),
            "composition": composition,
            "lines": lines,
            "chart": bar_chart(heading, indicator, lines),
            "rows_url": rows_url(organization.pk, month, indicator.key),
            "breakdowns": breakdown_links(organization, month, indicator, breakdown),
            "table": build_composition_table(
                composition, indicator, breakdown, month, self.request
            ),
            "empty_text": _("No rows are counted in this number."),
            "fewest": FEWEST,
            "as_recorded_today": breakdown.undated and month < month_of(today()),
        }
        return TemplateResponse(self.request, "figures/figure_breakdown.html", context)
