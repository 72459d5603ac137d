"""Filters above the list of new organizations."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from core.web.name_filter import NameFilter
from organizations.enums import NEW_SECTORS
from organizations.models import Organization, Unit
from organizations.queries import code_items
from organizations.querysets import UnitQuerySet

NONE = "none"


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter units."""
    return Organization.objects.visible_to(request.user).open()


def new_sectors() -> list[tuple[str, str]]:
    """Return the sectors of new organizations."""
    return [item for item in code_items("org_sectors") if item[0] in NEW_SECTORS]


def ways_of_cover() -> list[tuple[str, Any]]:
    """Return the kinds of cover, and that there is none."""
    return [(NONE, _("none")), *code_items("cover_kinds")]


class CoverFilter(FilterSet):
    """New organizations by name, community, sector, cover and who covers them."""

    name = NameFilter(label=_("Unit"))
    organization = ModelChoiceFilter(
        label=_("At or below"), queryset=visible_places, method="at_or_below"
    )
    by = ModelChoiceFilter(
        label=_("Covered by (or by one below it)"),
        queryset=visible_places,
        method="covered_by",
    )
    sector = ChoiceFilter(label=_("Sector"), choices=new_sectors)
    cover = ChoiceFilter(label=_("Cover"), choices=ways_of_cover, method="covered_so")

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def at_or_below(
        self, rows: UnitQuerySet, _name: str, place: Organization
    ) -> UnitQuerySet:
        """Units that lie at or below a place, or that it covers."""
        lies = Q(host__path__startswith=place.path)
        return rows.filter(lies | Q(cover_path__startswith=place.path))

    def covered_by(self, rows: Any, _name: str, place: Organization) -> Any:
        """Units that a place covers, or an organization below it."""
        return rows.filter(cover_path__startswith=place.path)

    def covered_so(self, rows: Any, _name: str, which: str) -> Any:
        """Covered in one way, or by none."""
        if which == NONE:
            return rows.filter(cover_kind=None)
        return rows.filter(cover_kind=which)
