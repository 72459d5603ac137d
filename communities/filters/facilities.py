"""Filters above the lists of facilities and of what is missing."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from communities.enums import WorksStage
from communities.facilities import required_kinds
from communities.facility_querysets import FacilityQuerySet
from communities.models import Facility
from core.web.name_filter import NameFilter
from organizations.models import Organization
from organizations.queries import code_items


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter facilities."""
    return Organization.objects.visible_to(request.user)


class FacilityFilter(FilterSet):
    """Facilities by name, place and kind, and by what is to be looked at."""

    name = NameFilter(label=pgettext_lazy("facility", "Name"))
    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places, method="at_or_below"
    )
    kind = ChoiceFilter(
        label=_("Kind of facility"), choices=lambda: code_items("facility_kinds")
    )
    works_stage = ChoiceFilter(
        label=_("Stage of the works"), choices=WorksStage.choices
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("used", _("in use")),
            ("signs", _("under several signs")),
            ("otherwise", _("used for something else")),
            ("lacks", _("something lacking or broken")),
            ("shared", _("shared with others")),
            ("gone", _("given up")),
        ],
        method="in_state",
    )

    class Meta:
        model = Facility
        fields: tuple[str, ...] = ()

    def at_or_below(
        self, rows: FacilityQuerySet, _name: str, place: Organization
    ) -> FacilityQuerySet:
        """Facilities of the place and of everything below it."""
        return rows.within(place)

    def in_state(
        self, rows: FacilityQuerySet, _name: str, which: str
    ) -> FacilityQuerySet:
        """Facilities that are in use, given up, or to be looked at."""
        if which == "gone":
            return rows.exclude(ends_on=None)
        used = rows.in_use()
        if which == "signs":
            return used.filter(signs__contains="\n")
        columns = {"otherwise": "real_use", "lacks": "lacks", "shared": "shared_with"}
        return used.exclude(**{columns[which]: ""}) if which in columns else used


class MissingFilter(FilterSet):
    """Communities by place, and by a kind of facility that they lack."""

    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places, method="at_or_below"
    )
    kind = ChoiceFilter(label=_("Missing"), choices=required_kinds, method="that_lack")

    class Meta:
        model = Organization
        fields: tuple[str, ...] = ()

    def at_or_below(self, rows: Any, _name: str, place: Organization) -> Any:
        """The place, and what lies below it."""
        return rows.within(place)

    def that_lack(self, rows: Any, _name: str, kind: str) -> Any:
        """Communities that have none of a kind in use."""
        has = Facility.objects.in_use().filter(organization=OuterRef("pk"), kind=kind)
        return rows.filter(~Exists(has))
