"""Filters above the activity of branches: the quarter, the state and the place."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from communities.activity import whole_quarters
from communities.enums import Activity
from core.months import today
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet


def describe_quarter(quarter: dt.date) -> str:
    """Return what a quarter is called."""
    number = (quarter.month + 2) // 3
    return gettext("%(year)s, quarter %(number)s") % {
        "year": quarter.year,
        "number": number,
    }


def offered_quarters() -> list[tuple[str, str]]:
    """Return the quarters to choose from, the last one first."""
    return [(f"{one}", describe_quarter(one)) for one in whole_quarters(today())]


def visible_places(request: Any) -> QuerySet[Organization]:
    """Return the places by which the reader may filter."""
    return Organization.objects.visible_to(request.user).open()


class ActivityFilter(FilterSet):
    """Branches by quarter, by what they held, and by place."""

    quarter = ChoiceFilter(
        label=_("Quarter of the year"),
        choices=offered_quarters,
        method="leave_as_it_is",
        empty_label=None,
    )
    activity = ChoiceFilter(
        label=_("Compared with what is asked"), choices=Activity.choices
    )
    organization = ModelChoiceFilter(
        label=_("Party organization"), queryset=visible_places, method="at_or_below"
    )

    class Meta:
        model = Organization
        fields: list[str] = []

    def leave_as_it_is(
        self, rows: OrganizationQuerySet, _name: str, _quarter: str
    ) -> OrganizationQuerySet:
        """The rows were counted for the quarter."""
        return rows

    def at_or_below(
        self, rows: OrganizationQuerySet, _name: str, place: Organization
    ) -> OrganizationQuerySet:
        """Branches of the place."""
        return rows.within(place)
