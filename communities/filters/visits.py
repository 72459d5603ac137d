"""Filters above the list of visits."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import (
    CharFilter,
    ChoiceFilter,
    Filter,
    FilterSet,
    ModelChoiceFilter,
)

from communities.models import Visit
from communities.visit_querysets import VisitQuerySet
from core.months import last_day, today
from core.names import name_contains
from core.web.months import MonthField
from organizations.models import Organization
from organizations.queries import code_items

PEOPLE = (
    *("visitor", "place__holding__member__name", "place__holding__non_member__name"),
    "place__body__name",
)


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter visits."""
    return Organization.objects.visible_to(request.user)


class VisitMonthFilter(Filter):
    """Visits of a month."""

    field_class = MonthField

    def filter(self, qs: Any, value: Any) -> Any:
        """Keep the visits of the month."""
        days = (value, last_day(value)) if value else None
        return qs.filter(visited_on__range=days) if days else qs


class VisitFilter(FilterSet):
    """Visits by place, unit, visitor, kind and month, and by what is open."""

    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places, method="at_or_below"
    )
    visited = CharFilter(label=_("Place or unit visited"), method="to_named")
    visitor = CharFilter(label=_("Who visited"), method="by_named")
    kind = ChoiceFilter(
        label=_("Kind of visit"), choices=lambda: code_items("visit_kinds")
    )
    month = VisitMonthFilter(label=_("Month"))
    whom = ChoiceFilter(
        label=_("What was visited"),
        choices=[
            ("organization", _("Party organization")),
            ("unit", _("resident unit")),
        ],
        method="to_kind",
    )
    state = ChoiceFilter(
        label=_("Problem"),
        choices=[
            ("open", pgettext_lazy("visit", "to be solved")),
            ("overdue", pgettext_lazy("visit", "overdue")),
            ("settled", pgettext_lazy("visit", "solved")),
            ("none", pgettext_lazy("visit", "none found")),
        ],
        method="in_state",
    )

    class Meta:
        model = Visit
        fields: tuple[str, ...] = ()

    def at_or_below(
        self, rows: VisitQuerySet, _name: str, place: Organization
    ) -> VisitQuerySet:
        """Visits to the place, to what lies below it, and to the units there."""
        return rows.filter(organization__path__startswith=place.path)

    def to_named(self, rows: VisitQuerySet, _name: str, text: str) -> VisitQuerySet:
        """Visits to something with the text in its name, in any spelling."""
        return _named(rows, text, ("organization__name", "unit__name"))

    def by_named(self, rows: VisitQuerySet, _name: str, text: str) -> VisitQuerySet:
        """Visits by somebody with the text in their name, in any spelling."""
        return _named(rows, text, PEOPLE)

    def to_kind(self, rows: VisitQuerySet, _name: str, which: str) -> VisitQuerySet:
        """Visits to Party organizations, or to resident units."""
        return rows.filter(unit__isnull=which != "unit")

    def in_state(self, rows: VisitQuerySet, _name: str, which: str) -> VisitQuerySet:
        """Visits by what became of the problem that they found."""
        if which == "none":
            return rows.filter(problem="")
        if which == "settled":
            return rows.exclude(settled_on=None)
        return rows.overdue(today()) if which == "overdue" else rows.unsettled()


def _named(rows: VisitQuerySet, text: str, columns: tuple[str, ...]) -> VisitQuerySet:
    if not text.strip():
        return rows
    found = Q()
    for column in columns:
        found |= name_contains(text, column)
    return rows.filter(found)
