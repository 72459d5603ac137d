"""Filters above the lists of meetings and projects."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import (
    ChoiceFilter,
    DateFilter,
    FilterSet,
    ModelChoiceFilter,
)

from communities.enums import MeetingKind, ProjectTag
from communities.models import Meeting, Project
from communities.querysets import MeetingQuerySet
from core.web.name_filter import NameFilter
from organizations.models import Organization

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def visible_organizations(request: Any) -> QuerySet[Organization]:
    """Return the organizations by which the reader may filter meetings."""
    return Organization.objects.visible_to(request.user).holding_members()


class MeetingFilter(FilterSet):
    """Meetings by kind, by place and by time."""

    kind = ChoiceFilter(label=_("Kind"), choices=MeetingKind.choices)
    organization = ModelChoiceFilter(
        label=_("Organization"), queryset=visible_organizations, method="at_or_below"
    )
    since = DateFilter(
        label=_("From"), field_name="held_on", lookup_expr="gte", widget=DAY
    )
    until = DateFilter(
        label=_("Until (last day)"), field_name="held_on", lookup_expr="lte", widget=DAY
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def at_or_below(
        self, meetings: MeetingQuerySet, _name: str, organization: Organization
    ) -> MeetingQuerySet:
        """Meetings of the organization and of everything below it."""
        return meetings.within(organization)


def visible_communities(request: Any) -> QuerySet[Organization]:
    """Return the communities the reader may choose among."""
    return Organization.objects.visible_to(request.user).communities()


class ProjectFilter(FilterSet):
    """Projects by name, by way of co-building and by community."""

    name = NameFilter(label=_("Project name"))
    tag = ChoiceFilter(label=_("Way of co-building"), choices=ProjectTag.choices)
    organization = ModelChoiceFilter(label=_("Community"), queryset=visible_communities)

    class Meta:
        model = Project
        fields: list[str] = []
