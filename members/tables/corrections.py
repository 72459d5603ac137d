"""Columns of the list of corrections that members propose."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.tables import ON_ONE_LINE, OrderedTable
from members.models import ProposedCorrection


class ProposedCorrectionTable(OrderedTable):
    """Whose record, what of it, why, since when, and what came of it; no values."""

    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        order_by=("member__sort_key",),
        linkify=lambda record: record.get_absolute_url(),
    )
    organization = tables.Column(verbose_name=_("Party organization"), orderable=False)
    field = tables.Column(
        verbose_name=pgettext_lazy("correction", "What is wrong"), orderable=False
    )
    reason = tables.Column(verbose_name=_("Reason"), orderable=False)
    proposed_on = tables.DateColumn(
        verbose_name=_("Proposed on"), short=False, attrs=ON_ONE_LINE
    )
    state = tables.Column(verbose_name=_("State"), orderable=False)

    class Meta:
        model = ProposedCorrection
        fields = ("name", "organization", "field", "reason", "proposed_on", "state")
