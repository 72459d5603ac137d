"""What the pages of one figure have in common."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.urls import reverse

from core.web.exports import ExportedPage
from figures.breakdowns import Breakdown
from figures.definitions import Indicator
from figures.month_page import MonthPage
from figures.ratios import find_figure
from organizations.models import Organization
from organizations.month_tree import OrganizationAt


class FigurePage(ExportedPage, MonthPage):
    """A page about one number of one organization in one month."""

    address: str

    def url_in(self, month: dt.date) -> str:
        return reverse(self.address, kwargs={**self.kwargs, "month": month})

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        indicator = find_figure(self.kwargs["key"])
        if indicator is None:
            raise Http404
        return self.show_figure(organization, organization_at, month, indicator)

    def show_figure(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
        indicator: Indicator,
    ) -> HttpResponse:
        """Return the page of a figure, as the tree was in the month."""
        raise NotImplementedError


def find_breakdown(indicator: Indicator, key: str) -> Breakdown:
    """Return the breakdown of a figure with a key; raise 404 if it has none such."""
    for breakdown in indicator.breakdowns:
        if breakdown.key == key:
            return breakdown
    raise Http404
