"""Filters above the list of honours."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from communities.decision_querysets import HonourQuerySet
from communities.models import Honour
from core.names import name_contains
from core.web.name_filter import NameFilter
from organizations.models import Organization
from organizations.queries import code_items


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter honours."""
    return Organization.objects.visible_to(request.user).open()


class HonourFilter(FilterSet):
    """Honours by name, by who was honoured, by place and level."""

    name = NameFilter(label=pgettext_lazy("honour", "Honour"))
    member = CharFilter(label=_("Name of the member"), method="of_member")
    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places, method="at_or_below"
    )
    level = ChoiceFilter(
        label=pgettext_lazy("honour", "Level of the honour"),
        choices=lambda: code_items("honour_levels"),
    )
    who = ChoiceFilter(
        label=_("Who was honoured"),
        choices=[("members", _("members")), ("organizations", _("organizations"))],
        method="of_kind",
    )

    class Meta:
        model = Honour
        fields: tuple[str, ...] = ()

    def of_member(self, rows: HonourQuerySet, _name: str, text: str) -> HonourQuerySet:
        """Honours of members with the text in their name, in any spelling."""
        return rows.filter(name_contains(text, "member__name"))

    def at_or_below(
        self, rows: HonourQuerySet, _name: str, place: Organization
    ) -> HonourQuerySet:
        """Honours at the place and below it."""
        return rows.within(place)

    def of_kind(self, rows: HonourQuerySet, _name: str, which: str) -> HonourQuerySet:
        """Honours of members, or of organizations."""
        return rows.filter(member__isnull=which != "members")
