"""Filters above the lists of organizations, units and facts of places."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from organizations.enums import OrganizationKind, PartyForm
from organizations.models import Organization, PlaceFact, Unit
from organizations.queries import code_items
from organizations.querysets import (
    OrganizationQuerySet,
    PlaceFactQuerySet,
    UnitQuerySet,
)


def visible_communities(request: Any) -> QuerySet[Organization]:
    """Return the communities by which the reader may filter units."""
    return Organization.objects.visible_to(request.user).communities().open()


class UnitFilter(FilterSet):
    """Units by name and community."""

    name = CharFilter(label=_("Name or initials"), method="by_name")
    host = ModelChoiceFilter(label=_("Community"), queryset=visible_communities)

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def by_name(self, rows: UnitQuerySet, _name: str, text: str) -> UnitQuerySet:
        """Keep units by their name or its pinyin."""
        return rows.called(text) if text.strip() else rows


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the places whose facts the reader may look at."""
    return Organization.objects.visible_to(request.user).open()


class OrganizationFilter(FilterSet):
    """Organizations by name or initials, kind, form and what lies above."""

    name = CharFilter(label=_("Name or initials"), method="by_name")
    kind = ChoiceFilter(label=_("Kind"), choices=OrganizationKind.choices)
    form = ChoiceFilter(label=_("Form of organization"), choices=PartyForm.choices)
    within = ModelChoiceFilter(
        label=_("At or below"), queryset=visible_places, method="at_or_below"
    )
    which = ChoiceFilter(
        label=_("Which"),
        method="keep",
        choices=[("past", _("Dissolved ones too"))],
    )

    class Meta:
        model = Organization
        fields: tuple[str, ...] = ()

    def by_name(
        self, rows: OrganizationQuerySet, _name: str, text: str
    ) -> OrganizationQuerySet:
        """Organizations that are called so, by themselves or in their initials."""
        return rows.called(text)

    def at_or_below(
        self, rows: OrganizationQuerySet, _name: str, place: Organization
    ) -> OrganizationQuerySet:
        """The place and all below it."""
        return rows.within(place)

    def keep(
        self, rows: OrganizationQuerySet, _name: str, _which: object
    ) -> OrganizationQuerySet:
        """Leave the rows alone: the page itself leaves dissolved ones out."""
        return rows


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
