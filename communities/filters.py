"""By what the list of meetings is narrowed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, DateFilter, FilterSet, ModelChoiceFilter

from communities.enums import MeetingKind
from communities.models import Meeting
from communities.querysets import MeetingQuerySet
from organizations.models import Organization

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def places_in_sight(request: Any) -> QuerySet[Organization]:
    """Return the organizations under which the reader may look for meetings."""
    return Organization.objects.visible_to(request.user).holding_members()


class MeetingFilter(FilterSet):
    """Meetings by kind, by place and by time."""

    kind = ChoiceFilter(label=_("Kind"), choices=MeetingKind.choices)
    organization = ModelChoiceFilter(
        label=_("Organization"), queryset=places_in_sight, method="at_or_below"
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
        self, meetings: MeetingQuerySet, _name: str, place: Organization
    ) -> MeetingQuerySet:
        """Meetings of the organization and of everything below it."""
        return meetings.within(place)
