"""Filters above lists of returns."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from core.web.months import MonthField
from core.web.name_filter import NameFilter
from reports.enums import ReturnState
from reports.models import MonthlyReturn, SuperiorForm
from reports.returns.changed_records import CHANGED, find_with_record_changes


class MonthFilter(django_filters.Filter):
    """Rows of one month."""

    field_class = MonthField


class ReturnFilter(django_filters.FilterSet):
    """Returns by month, state and community."""

    month = MonthFilter(label=_("Month"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=ReturnState.choices)
    records = django_filters.ChoiceFilter(
        label=_("Records since then"),
        choices=[(CHANGED, _("have changed"))],
        method="by_records",
    )
    community = NameFilter(label=_("Community"), field_name="organization__name")

    class Meta:
        model = MonthlyReturn
        fields: list[str] = []

    def by_records(self, rows: Any, _name: str, _value: str) -> Any:
        """Returns that differ from what the records say now."""
        return rows.filter(pk__in=find_with_record_changes(rows))


class SuperiorFormFilter(django_filters.FilterSet):
    """Superiors' forms by title."""

    title = NameFilter(label=_("Title of the form"), field_name="title")

    class Meta:
        model = SuperiorForm
        fields: list[str] = []
