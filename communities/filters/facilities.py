"""Filters above the lists of facilities and of what is missing."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from communities.enums import WorksStage
from communities.facilities import fills_gap, required_kinds, serves_as
from communities.facility_querysets import FacilityQuerySet
from communities.models import Facility
from core.names import name_contains
from organizations.models import Organization
from organizations.queries import code_items


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter facilities."""
    return Organization.objects.visible_to(request.user)


class FacilityFilter(FilterSet):
    """Facilities by name or sign, place and kind, and by what is to be looked at.

    A room is found by its own kind and by each kind that a sign on its door names.
    """

    name = CharFilter(label=_("Name or sign"), method="named")
    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places, method="at_or_below"
    )
    kind = ChoiceFilter(
        label=_("Kind of facility"),
        choices=lambda: code_items("facility_kinds"),
        method="serving_as",
    )
    works_stage = ChoiceFilter(
        label=_("Stage of the works"), choices=WorksStage.choices
    )
    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("used", _("in use")),
            ("to_open", _("not open yet")),
            ("overdue", _("works overdue")),
            ("signs", _("under several signs")),
            ("unsaid", _("signs, and no use in fact entered")),
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

    def named(self, rows: FacilityQuerySet, _name: str, text: str) -> FacilityQuerySet:
        """Facilities with the text in their name or on a sign."""
        return rows.filter(name_contains(text, "name", "signs"))

    def serving_as(
        self, rows: FacilityQuerySet, _name: str, kind: str
    ) -> FacilityQuerySet:
        """Facilities of a kind, by their own or by a sign."""
        return rows.filter(serves_as(kind))

    def in_state(
        self, rows: FacilityQuerySet, _name: str, which: str
    ) -> FacilityQuerySet:
        """Facilities that are in use, given up, or to be looked at."""
        used = rows.in_use()
        found: dict[str, FacilityQuerySet] = {
            "used": used,
            "to_open": rows.to_open(),
            "overdue": rows.with_works_overdue(),
            "signs": used.filter(signs__contains="\n"),
            "unsaid": used.filter(real_use="").exclude(signs=""),
            "otherwise": used.filter(used_otherwise=True),
            "lacks": used.exclude(lacks=""),
            "shared": used.exclude(shared_with=""),
            "gone": rows.exclude(ends_on=None),
        }
        return found[which]


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
        """Communities where nothing in use serves as a kind."""
        return rows.filter(~Exists(fills_gap(kind).filter(organization=OuterRef("pk"))))
