"""By what lists of co-building are narrowed."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter, FilterSet, ModelChoiceFilter

from cobuilding.enums import AgreementState, ProjectTag
from cobuilding.models import Agreement, Project
from organizations.models import Organization


def communities_in_sight(request: Any) -> QuerySet[Organization]:
    """Return the communities the reader may choose among."""
    return Organization.objects.visible_to(request.user).communities()


class AgreementFilter(FilterSet):
    """Agreements by words, by how far they have come and by community."""

    title = CharFilter(label=_("Title"), lookup_expr="icontains")
    unit = CharFilter(label=_("Unit"), field_name="unit__name", lookup_expr="icontains")
    state = ChoiceFilter(label=_("State"), choices=AgreementState.choices)
    organization = ModelChoiceFilter(
        label=_("Community"), queryset=communities_in_sight
    )

    class Meta:
        model = Agreement
        fields: list[str] = []


class ProjectFilter(FilterSet):
    """Projects by name, by way of co-building and by community."""

    name = CharFilter(label=_("Project name"), lookup_expr="icontains")
    tag = ChoiceFilter(label=_("Way of co-building"), choices=ProjectTag.choices)
    organization = ModelChoiceFilter(
        label=_("Community"), queryset=communities_in_sight
    )

    class Meta:
        model = Project
        fields: list[str] = []
