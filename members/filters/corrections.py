"""Filter of the list of corrections that members propose."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.enums import CorrectedField, CorrectionState
from members.models import ProposedCorrection


class ProposedCorrectionFilter(django_filters.FilterSet):
    """Filter proposed corrections by what is wrong, and by how far they are."""

    field = django_filters.ChoiceFilter(
        label=pgettext_lazy("correction", "What is wrong"),
        choices=CorrectedField.choices,
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=CorrectionState.choices
    )

    class Meta:
        model = ProposedCorrection
        fields = ("field", "state")
