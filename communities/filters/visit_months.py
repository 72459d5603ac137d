"""Filters above the table of visits by place and month."""

from typing import Any

from django.db.models import Count, Q
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from communities.filters.visits import visible_places
from communities.models import Visit
from core.months import today
from organizations.models import Organization
from organizations.queries import code_items

YEARS = 6


def latest_years() -> list[tuple[str, str]]:
    """Return this year and the years before it."""
    this = today().year
    return [(str(year), str(year)) for year in range(this, this - YEARS, -1)]


class VisitMonthsFilter(FilterSet):
    """Places by the year in which they were visited, by kind, and by where they are."""

    year = ChoiceFilter(
        label=_("Year of the visits"), choices=latest_years, empty_label=None
    )
    kind = ChoiceFilter(
        label=_("Kind of visit"), choices=lambda: code_items("visit_kinds")
    )
    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places
    )

    class Meta:
        model = Organization
        fields: tuple[str, ...] = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """Count the visits of the year that the reader sees, by place and month."""
        chosen: dict[str, Any] = self.form.cleaned_data
        visits = Visit.objects.visible_to(self.request.user).that_count()
        visits = visits.filter(visited_on__year=chosen.get("year") or today().year)
        if chosen.get("kind"):
            visits = visits.filter(kind=chosen["kind"])
        if chosen.get("organization"):
            queryset = queryset.within(chosen["organization"])
        problem = ~Q(visits__problem="")
        return queryset.filter(visits__in=visits.order_by().values("pk")).annotate(
            visits_made=Count("visits"),
            problems=Count("visits", filter=problem),
            unsettled=Count("visits", filter=problem & Q(visits__settled_on=None)),
            **{
                f"in_{n}": Count("visits", filter=Q(visits__visited_on__month=n))
                for n in MONTHS
            },
        )
