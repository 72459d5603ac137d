"""Filters above the list of cases."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from cases.enums import CaseState, Waiting
from cases.models import Case, CaseKind
from cases.querysets import CaseQuerySet
from core.months import today
from core.web.name_filter import NameFilter
from organizations.models import Organization


def visible_kinds(request: Any) -> QuerySet[CaseKind]:
    """Return the kinds by which the reader may filter."""
    return CaseKind.objects.visible_to(request.user)


def visible_organizations(request: Any) -> QuerySet[Organization]:
    """Return the places by which the reader may filter."""
    return Organization.objects.visible_to(request.user).holding_members()


class CaseFilter(FilterSet):
    """Cases by who they wait for, state, kind and place."""

    q = NameFilter(field_name="title", label=_("Matter"))
    waiting = ChoiceFilter(
        label=_("To be dealt with"), choices=Waiting.choices, method="waiting_so"
    )
    state = ChoiceFilter(label=_("State"), choices=CaseState.choices)
    kind = ModelChoiceFilter(label=_("Kind"), queryset=visible_kinds)
    organization = ModelChoiceFilter(
        label=_("Party organization"),
        queryset=visible_organizations,
        method="at_or_below",
    )

    class Meta:
        model = Case
        fields: list[str] = []

    def waiting_so(self, cases: CaseQuerySet, _name: str, how: str) -> CaseQuerySet:
        """Open cases that are the reader's, nobody's, or overdue."""
        return cases.waiting(how, self.request.user, today())

    def at_or_below(
        self, cases: CaseQuerySet, _name: str, organization: Organization
    ) -> CaseQuerySet:
        """Cases of the place and of everything below it."""
        return cases.within(organization)
