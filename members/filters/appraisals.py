"""Filter of the list of appraisals."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from core.months import today
from members.enums import RoundState
from members.filters.members import visible_organizations
from members.models import AppraisalRound
from organizations.models import Organization


def appraised_years() -> list[tuple[int, str]]:
    """Return this year and the years before it."""
    return [(year, str(year)) for year in range(today().year, today().year - 6, -1)]


class AppraisalFilter(django_filters.FilterSet):
    """Filter appraisals by branch, year and state."""

    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )
    year = django_filters.ChoiceFilter(
        label=_("Year appraised"), choices=appraised_years
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=RoundState.choices)

    class Meta:
        model = AppraisalRound
        fields = ("organization", "year", "state")

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep the appraisals of the place and of everything below it."""
        return rows.within(organization)
