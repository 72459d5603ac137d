"""Filter of the list of pledges."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.months import today
from core.names import name_contains
from members.enums import PledgeDue, PledgeState
from members.fields import pledge_kinds
from members.filters.appraisals import appraised_years
from members.filters.members import visible_organizations
from members.models import Pledge
from organizations.models import Organization


class PledgeFilter(django_filters.FilterSet):
    """Filter promises by member, place, year, kind, state and what is due."""

    member = django_filters.CharFilter(
        label=_("Name of the member"), method="of_member"
    )
    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )
    year = django_filters.ChoiceFilter(
        label=pgettext_lazy("pledge", "Year"), choices=appraised_years, method="of_year"
    )
    kind = django_filters.ChoiceFilter(
        label=pgettext_lazy("pledge", "Kind of pledge"), choices=pledge_kinds
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=PledgeState.choices)
    due = django_filters.ChoiceFilter(
        label=_("What is due"), choices=PledgeDue.choices, method="which_is_due"
    )

    class Meta:
        model = Pledge
        fields = ("member", "organization", "year", "kind", "state", "due")

    def of_member(self, rows: Any, _name: str, text: str) -> Any:
        """Keep those of members with the text in their name, in any spelling."""
        return rows.filter(name_contains(text, "member__name"))

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep those made to the place and to everything below it."""
        return rows.within(organization)

    def of_year(self, rows: Any, _name: str, year: str) -> Any:
        """Keep those whose period has a day in the year."""
        return rows.filter(starts_on__year__lte=year, ends_on__gt=f"{year}-01-01")

    def which_is_due(self, rows: Any, _name: str, due: str) -> Any:
        """Keep those that wait to be accepted, or of which the outcome is missing."""
        if due == PledgeDue.REVIEW:
            return rows.to_review()
        return rows.to_settle(today())
