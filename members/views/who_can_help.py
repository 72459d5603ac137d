"""Who can help, and when: found by whoever plans a post (S3-12, S1-14)."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.web.components import Link
from core.web.list_pages import ListPage
from members import permissions
from members.filters import HelperFilter
from members.models import Member
from members.participation import participations
from members.tables import HelperTable


class HelperList(UserPassesTestMixin, ListPage):
    """Members of the reader's area who wrote what they can do, like, or when."""

    model = Member
    table_class = HelperTable
    filterset_class = HelperFilter
    title = _("Who can help, and when")
    empty_text = _(
        "Nobody is found. Members write what they can do and like, and when they are"
        " free, on “About me”; a roster may bring it, too."
    )

    def test_func(self) -> bool:
        return permissions.can_view_members(self.request.user)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().current().saying_something()
        rows = rows.annotate(**{one.column: one.count() for one in participations})
        rows = rows.select_related("organization", "community", "employer")
        return rows.defer("id_number", "phone").order_by("sort_key", "pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = [Link(_("Members"), reverse("members:list")), Link(self.title)]
        return super().get_context_data(breadcrumbs=crumbs, **kwargs)
