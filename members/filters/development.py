"""Filter of the list of people on the way to membership."""

from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from members.enums import DevelopmentStage, DevelopmentState
from members.filters.members import visible_organizations
from members.models import Development
from organizations.models import Organization


class DevelopmentFilter(django_filters.FilterSet):
    """Filter people on the way to membership; by default those still under way."""

    q = django_filters.CharFilter(label=_("Name or pinyin"), method="by_name")
    organization = django_filters.ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )
    stage = django_filters.ChoiceFilter(
        label=_("Stage"), choices=DevelopmentStage.choices, method="by_stage"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=DevelopmentState.choices,
        initial=DevelopmentState.OPEN,
    )

    class Meta:
        model = Development
        fields = ("q", "organization", "stage", "state")

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        given = QueryDict(mutable=True) if data is None else data.copy()
        given.setdefault("state", DevelopmentState.OPEN.value)
        super().__init__(given, *args, **kwargs)

    def by_name(self, rows: Any, _name: str, text: str) -> Any:
        """Keep people whose name contains the text or sounds like it."""
        return rows.named(text.strip()[:50])

    def at_or_below(self, rows: Any, _name: str, organization: Organization) -> Any:
        """Keep the people of the place and of everything below it."""
        return rows.within(organization)

    def by_stage(self, rows: Any, _name: str, stage: str) -> Any:
        """Keep people who have come just so far."""
        return rows.in_stage(stage)
