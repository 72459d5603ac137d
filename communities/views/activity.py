"""Which branches did less than a quarter asks for, and which did more (S0-07)."""

import datetime as dt
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.utils.translation import gettext_lazy as _

from communities import permissions
from communities.activity import activity_of_branches, whole_quarters
from communities.filters import ActivityFilter
from communities.filters.activity import describe_quarter
from communities.tables import ActivityTable
from communities.views.meetings import meeting_list_breadcrumb
from core.months import today
from core.web.components import Link
from core.web.list_pages import ListPage
from organizations.models import Organization

TITLE = _("Organization life by branch")


class ActivityList(UserPassesTestMixin, ListPage):
    """Branches of the reader's area with what they held in a quarter."""

    model = Organization
    table_class = ActivityTable
    filterset_class = ActivityFilter
    title = TITLE
    empty_text = _("There is no such branch.")

    def test_func(self) -> bool:
        return permissions.can_see_meetings(self.request.user)

    def get_quarter(self) -> dt.date:
        """Return the quarter that was asked for, or the last one that is over."""
        quarters = {f"{one}": one for one in whole_quarters(today())}
        last = next(iter(quarters.values()))
        return quarters.get(self.request.GET.get("quarter", ""), last)

    def get_queryset(self) -> Any:
        rows = activity_of_branches(self.request.user, self.get_quarter())
        return rows.select_related("parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = _(
            "%(quarter)s. Asked for are a members' meeting, a committee meeting each"
            " month where there is a committee, and Party lessons and theme Party days"
            " as the office has set. Branches stand in the order of the tree."
        )
        return super().get_context_data(
            lead=words % {"quarter": describe_quarter(self.get_quarter())},
            breadcrumbs=[meeting_list_breadcrumb(), Link(TITLE)],
            **kwargs,
        )
