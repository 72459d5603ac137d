"""The rounds of the reader's streets side by side, in numbers (S4-11)."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_tables2 import SingleTableMixin

from accounts.http import reader
from core.web.components import Link
from core.web.exports import ExportedPage
from members import permissions
from members.funnels import FunnelLine
from members.street_funnels import build_street_funnels
from members.tables import StreetFunnelTable
from members.views.checkin_rounds import BY_STREET, rounds_breadcrumb


class RoundsByStreet(ExportedPage, UserPassesTestMixin, SingleTableMixin, TemplateView):
    """Each street with the round that began last, and how far its people have come."""

    template_name = "members/rounds_by_street.html"
    table_class = StreetFunnelTable
    paginate_by = 50

    def test_func(self) -> bool:
        return permissions.can_view_rounds(self.request.user)

    def get_table_data(self) -> list[FunnelLine]:
        return build_street_funnels(reader(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=BY_STREET,
            empty_text=_("There is no street in your area."),
            breadcrumbs=[rounds_breadcrumb(), Link(BY_STREET)],
            **kwargs,
        )
