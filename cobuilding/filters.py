"""Filters of lists of agreements."""

from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter, FilterSet, ModelChoiceFilter

from cobuilding.enums import AgreementState
from cobuilding.models import Agreement
from communities.filters import visible_communities
from core.web.name_filter import NameFilter


class AgreementFilter(FilterSet):
    """Agreements by text, state and community."""

    title = NameFilter(label=_("Title"))
    unit = NameFilter(label=_("Unit"), field_name="unit__name")
    state = ChoiceFilter(label=_("State"), choices=AgreementState.choices)
    organization = ModelChoiceFilter(label=_("Community"), queryset=visible_communities)

    class Meta:
        model = Agreement
        fields: list[str] = []
