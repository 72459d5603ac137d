"""Filters above the register of resident units and the facts of places."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from core.web.name_filter import NameFilter
from organizations.models import Organization, PlaceFact, Unit
from organizations.queries import code_items
from organizations.querysets import PlaceFactQuerySet


def visible_communities(request: Any) -> QuerySet[Organization]:
    """Return the communities by which the reader may filter units."""
    return Organization.objects.visible_to(request.user).communities().open()


class UnitFilter(FilterSet):
    """Units by name and community."""

    name = NameFilter(label=_("Unit"))
    host = ModelChoiceFilter(label=_("Community"), queryset=visible_communities)

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the places whose facts the reader may look at."""
    return Organization.objects.visible_to(request.user).open()


class PlaceFactFilter(FilterSet):
    """Facts by kind and place: those that hold, or all there were."""

    kind = ChoiceFilter(
        label=_("Kind of number"), choices=lambda: code_items("place_fact_kinds")
    )
    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places, method="at_or_below"
    )
    which = ChoiceFilter(
        label=_("Which"), method="keep", choices=[("past", _("Earlier numbers too"))]
    )

    class Meta:
        model = PlaceFact
        fields: tuple[str, ...] = ()

    def at_or_below(
        self, facts: PlaceFactQuerySet, _name: str, place: Organization
    ) -> PlaceFactQuerySet:
        """Facts of the place and of all below it."""
        return facts.within(place)

    def keep(
        self, facts: PlaceFactQuerySet, _name: str, _which: object
    ) -> PlaceFactQuerySet:
        """Leave the rows alone: the page itself leaves earlier numbers out."""
        return facts
