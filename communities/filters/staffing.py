"""Filters above the lists of recruitments, reserves, pay and visits."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from communities.filters.bodies import visible_organizations_with_bodies
from communities.models import Recruitment
from communities.staffing_querysets import RecruitmentQuerySet
from organizations.models import Organization


def place_filter() -> ModelChoiceFilter:
    """Return a filter by an organization and everything below it."""
    return ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations_with_bodies,
        method="at_or_below",
    )


class PlacedFilter(FilterSet):
    """Base of filters with a place."""

    organization = place_filter()

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Rows of the organization and of everything below it."""
        return rows.within(organization)


class RecruitmentFilter(PlacedFilter):
    """Recruitments by place and by how far they have come."""

    state = ChoiceFilter(
        label=_("State"),
        choices=[
            ("open", _("seats still to be filled")),
            ("due", pgettext_lazy("recruitment", "to be decided")),
        ],
        method="in_state",
    )

    class Meta:
        model = Recruitment
        fields: list[str] = []

    def in_state(
        self, rows: RecruitmentQuerySet, _name: str, which: str
    ) -> RecruitmentQuerySet:
        """Recruitments that have come so far."""
        return rows.past_their_day() if which == "due" else rows.open()
