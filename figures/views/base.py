"""What the pages of one figure have in common."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from accounts.http import reader
from core.months import month_of, today
from core.web.exports import ExportedPage
from core.web.months import has_not_begun, redirect_to_current_month
from core.web.views import PermittedObjectMixin
from figures.breakdowns import Breakdown
from figures.definitions import Indicator, indicators
from figures.permissions import can_see_figures
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, get_organization_at


class FigurePage(ExportedPage, PermittedObjectMixin[Organization]):
    """A page about one number of one organization in one month."""

    model = Organization
    address: str

    def has_permission(self, obj: Organization) -> bool:
        return can_see_figures(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the number; a month that has not begun leads to the current one."""
        organization, month = self.get_permitted_object(), kwargs["month"]
        if has_not_begun(month):
            now = {**kwargs, "month": month_of(today())}
            url = reverse(self.address, kwargs=now)
            return redirect_to_current_month(request, month, url)
        organization_at = get_organization_at(organization.pk, month)
        if kwargs["key"] not in indicators or organization_at is None:
            raise Http404  # what was never counted
        indicator = indicators.get(kwargs["key"])
        return self.show(organization, organization_at, month, indicator)

    def show(
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
