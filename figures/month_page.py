"""The base of pages about one organization in one month."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from accounts.http import reader
from core.months import month_of, today
from core.web.months import has_not_begun, redirect_to_current_month
from core.web.views import PermittedObjectMixin
from figures.permissions import can_see_figures
from organizations.models import Organization
from organizations.month_tree import OrganizationAt, get_organization_at


class MonthPage(PermittedObjectMixin[Organization]):
    """A page of an organization as the tree was in a month.

    A month that has not begun leads to the current one; an organization that was not
    there in the month has no page.
    """

    model = Organization

    def has_permission(self, obj: Organization) -> bool:
        return can_see_figures(reader(self.request), obj)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the organization as it was in the month."""
        organization = self.get_permitted_object()
        month = self.get_month(organization)
        if has_not_begun(month):
            url = self.url_in(month_of(today()))
            return redirect_to_current_month(request, month, url)
        organization_at = get_organization_at(organization.pk, month)
        if organization_at is None:
            raise Http404  # what was never counted
        return self.show(organization, organization_at, month)

    def get_month(self, organization: Organization) -> dt.date:
        """Return the month to be shown, which the address names; override."""
        month: dt.date = self.kwargs["month"]
        return month

    def url_in(self, month: dt.date) -> str:
        """Return the address of the page in another month."""
        raise NotImplementedError

    def show(
        self,
        organization: Organization,
        organization_at: OrganizationAt,
        month: dt.date,
    ) -> HttpResponse:
        """Return the page."""
        raise NotImplementedError
