"""Filters above lists of returns."""

import django_filters
from django.utils.translation import gettext_lazy as _

from core.web.months import MonthField
from core.web.name_filter import NameFilter
from reports.enums import ReturnState
from reports.models import MonthlyReturn


class MonthFilter(django_filters.Filter):
    """Rows of one month."""

    field_class = MonthField


class ReturnFilter(django_filters.FilterSet):
    """Returns by month, state and community."""

    month = MonthFilter(label=_("Month"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=ReturnState.choices)
    community = NameFilter(label=_("Community"), field_name="organization__name")

    class Meta:
        model = MonthlyReturn
        fields: list[str] = []
