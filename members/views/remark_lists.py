"""Lists of guarded remarks for who keeps them: about units, and about members."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from django_filters.views import FilterView

from accounts.http import reader
from core.web.components import Link
from members import actions, permissions
from members.filters import RemarkFilter
from members.models import GuardedRemark
from members.sections.remarks import describe_remark, rows_of_place

ON_UNITS = _("Units that did not take part")
ON_MEMBERS = _("Members who did not take part")
RELATED = ("unit", "organization", "member__employer")


class KeptRemarks(UserPassesTestMixin):
    """Base of lists of remarks that the reader keeps; opening one is recorded.

    They are pages for the secretary and the street, leave in no file and count nobody.
    """

    request: Any

    def test_func(self) -> bool:
        return permissions.keeps_remarks(self.request.user)

    def get_rows(self) -> Any:
        """Return the remarks that the reader keeps and that are still shown."""
        rows = GuardedRemark.objects.managed_by(self.request.user)
        rows = rows.select_related(*RELATED, "member__merged_into")
        hidden = ("id_number", "phone")
        names = [f"member__{name}" for name in hidden]
        return rows.defer(*names, *(f"member__merged_into__{name}" for name in hidden))

    def describe(self, rows: list[GuardedRemark]) -> list[dict[str, Any]]:
        """Return what remarks say, each with its member, whom the log then names."""
        members = {row.member_id: row.member for row in rows if row.member is not None}
        actions.record_remarks_look(members.values(), by=reader(self.request))
        return [describe_remark(row, self.request.user, named=True) for row in rows]


class UnitRemarks(KeptRemarks, TemplateView):
    """Invitations not answered and refusals of units, by unit (S2-45)."""

    template_name = "members/unit_remarks.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            title=ON_UNITS,
            units=list(self._units()),
            breadcrumbs=[
                Link(_("Resident units"), reverse("organizations:units")),
                Link(ON_UNITS),
            ],
            page_actions=[Link(ON_MEMBERS, reverse("members:member_remarks"))],
            **kwargs,
        )

    def _units(self) -> Iterator[dict[str, Any]]:
        found = self.get_rows().of_units()
        rows = list(found.order_by("unit__name", "unit", "-happened_on", "-pk"))
        told = zip(rows, self.describe(rows), strict=True)
        for unit, pairs in groupby(told, key=lambda pair: pair[0].unit):
            yield {"unit": unit, "cards": [card for _row, card in pairs]}


class RemarkedMembers(KeptRemarks, FilterView):
    """Which members put the community off, by unit, with their replies (S2-45)."""

    template_name = "members/member_remarks.html"
    filterset_class = RemarkFilter
    paginate_by = 20
    strict = False

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        """Filter an address without a query, too: what is settled is left out."""
        kwargs = super().get_filterset_kwargs(filterset_class)
        return {**kwargs, "data": self.request.GET}

    def get_queryset(self) -> Any:
        rows = self.get_rows().of_members()
        return rows.order_by("-happened_on", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(
            title=ON_MEMBERS,
            breadcrumbs=[
                Link(_("Members"), reverse("members:list")),
                Link(ON_MEMBERS),
            ],
            page_actions=[Link(ON_UNITS, reverse("members:unit_remarks"))],
            **kwargs,
        )
        rows = list(context["object_list"])
        cards = self.describe(rows)
        for row, card in zip(rows, cards, strict=True):
            card["rows"] = [*card["rows"][:1], *rows_of_place(row), *card["rows"][1:]]
        return {**context, "cards": cards}
