"""Who left seats within the last twelve months, and why; for street staff alone."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.utils.translation import gettext_lazy as _

from communities import permissions
from communities.filters import LeaverFilter
from communities.models import SeatHolding
from communities.pay import left_lately
from communities.tables import LeaverTable
from communities.views.bodies import body_list_breadcrumb
from communities.views.pay import STAFF, pay_breadcrumb
from core.months import today
from core.web.components import Link
from core.web.list_pages import ListPage

LEFT = _("Seats left within twelve months")


class LeaverList(UserPassesTestMixin, ListPage):
    """Who left a seat within the last twelve months, not with a term or a body."""

    model = SeatHolding
    table_class = LeaverTable
    filterset_class = LeaverFilter
    title = LEFT
    empty_text = _("Nobody left a seat within the last twelve months.")

    def test_func(self) -> bool:
        return permissions.can_see_pay(self.request.user)

    def get_queryset(self) -> Any:
        rows = SeatHolding.objects.in_scope_of(self.request.user, STAFF).paid_seats()
        return left_lately(rows, today()).with_holders().order_by("-ends_on", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [body_list_breadcrumb(), pay_breadcrumb(), Link(LEFT)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)
