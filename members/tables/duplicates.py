"""Columns of the list of records that may be one person's."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.web.tables import ON_ONE_LINE, OrderedTable
from members.models import DuplicatePair


class DuplicateTable(OrderedTable):
    """Pairs of records that may be one person's; each opens side by side."""

    name = tables.Column(
        verbose_name=_("Name"), accessor="first__name", linkify=True, orderable=False
    )
    first = tables.Column(verbose_name=_("One record"), empty_values=())
    second = tables.Column(verbose_name=_("Other record"), empty_values=())
    reasons = tables.Column(verbose_name=_("In common"))
    found_on = tables.Column(verbose_name=_("Found on"), attrs=ON_ONE_LINE)
    state = tables.Column(verbose_name=_("State"), attrs=ON_ONE_LINE)

    class Meta:
        model = DuplicatePair
        fields = ("name", "first", "second", "reasons", "found_on", "state")
        orderable = False

    def render_first(self, record: DuplicatePair) -> str:
        """Say where the record stands, and the month of birth."""
        return record.first.choice_label

    def render_second(self, record: DuplicatePair) -> str:
        """Say where the record stands, and the month of birth."""
        return record.second.choice_label
