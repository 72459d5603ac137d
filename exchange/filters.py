"""Filters above lists of imports."""

import django_filters
from django.utils.translation import gettext_lazy as _

from exchange.enums import BatchState
from exchange.models import ImportBatch


class BatchFilter(django_filters.FilterSet):
    """Imports by state."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=BatchState.choices)

    class Meta:
        model = ImportBatch
        fields = ["state"]
