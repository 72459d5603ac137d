"""Filter of who can help: by skill, interest, free hours, unit and place."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from members.enums import AFTER_WORK, INSIDE, OUTSIDE, WORKING_HOURS
from members.fields import free_time_choices, interest_choices, skill_choices
from members.filters.members import visible_organizations
from members.models import Member
from organizations.models import Organization, Unit

SPANS = {INSIDE: WORKING_HOURS, OUTSIDE: AFTER_WORK}


def visible_units(request: HttpRequest) -> QuerySet[Unit]:
    """Return the units by whose members the reader may filter."""
    return Unit.objects.visible_to(request.user).open().order_by("name", "pk")


class HelperFilter(django_filters.FilterSet):
    """Find members for a post by what they can do and like, when and from where."""

    skill = django_filters.ChoiceFilter(
        label=_("Can do"), choices=skill_choices, method="with_skill"
    )
    interest = django_filters.ChoiceFilter(
        label=_("Likes"), choices=interest_choices, method="with_interest"
    )
    free = django_filters.ChoiceFilter(
        label=_("Free"), choices=free_time_choices, method="when_free"
    )
    employer = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=visible_units)
    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )

    class Meta:
        model = Member
        fields = ("skill", "interest", "free", "employer", "organization")

    def with_skill(self, rows: Any, _name: str, code: str) -> Any:
        """Keep members who wrote that they have the skill."""
        return rows.skilled_in(code)

    def with_interest(self, rows: Any, _name: str, code: str) -> Any:
        """Keep members who wrote that they like it."""
        return rows.naming("interests", [code])

    def when_free(self, rows: Any, _name: str, code: str) -> Any:
        """Keep members who are free in a slot, or at some time in or outside work."""
        return rows.naming("free_hours", SPANS.get(code, (code,)))

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep members who belong to the place or below, or are checked in there."""
        return rows.within(organization)
