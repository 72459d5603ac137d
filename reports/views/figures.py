"""The list behind a number."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.http import reader
from core.behind import table_of
from core.indicators import Indicator, indicators
from core.months import month_of, today
from core.views import OverRow
from organizations.models import Organization
from reports import permissions
from reports.models import PublishedMonth
from reports.places import Place, place_of
from reports.printing import figure
from reports.queries import behind
from reports.views.shapes import is_to_come, to_the_running_month


class FigureRows(OverRow[Organization]):
    """The rows that one number of one place in one month is made of."""

    model = Organization

    def allowed(self, obj: Organization) -> bool:
        return permissions.can_see_figures(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the number, and the rows the reader may see."""
        organization, month = self.found(), kwargs["month"]
        if is_to_come(month):
            running = [organization.pk, month_of(today()), kwargs["key"]]
            url = reverse("reports:figure", args=running)
            return to_the_running_month(request, month, url)
        indicator, place = self._asked(organization, month)
        found = behind(indicator, organization, place, month, reader(request))
        table = table_of(indicator, month, found.rows, found.columns, request)
        context = {
            "title": f"{place.name} {month:%Y-%m} {indicator.label}",
            "indicator": indicator,
            "value": figure(indicator.key, found.value),
            "behind": found,
            "table": table,
            "published": self._published(place, month, indicator),
            "empty_text": _("These rows are open only to those who keep them.")
            if found.hidden
            else _("No rows lie behind this number."),
        }
        return render(request, "reports/figure_rows.html", context)

    def _asked(
        self, organization: Organization, month: dt.date
    ) -> tuple[Indicator, Place]:
        """Return the figure and the place; what was never counted is not there."""
        key = self.kwargs["key"]
        place = place_of(organization.pk, month)
        if key not in indicators or place is None:
            raise Http404
        return indicators.get(key), place

    def _published(self, place: Place, month: dt.date, indicator: Indicator) -> str:
        """Return the number that was published, where one was."""
        rows = PublishedMonth.objects.filter(organization=place.pk, month=month)
        figures = rows.values_list("figures", flat=True).first() or {}
        said = figures.get(indicator.key)
        return figure(indicator.key, Decimal(said)) if said else ""
