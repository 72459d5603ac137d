"""Columns of the list of pledges."""

from functools import cached_property

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.tables import ON_ONE_LINE, OrderedTable
from members.models import Pledge
from organizations.queries import labels_by_code


class PledgeTable(OrderedTable):
    """Promises: whose, to whom, of which kind, what, for when, and how far they are."""

    text = tables.Column(
        verbose_name=pgettext_lazy("pledge", "What is pledged"),
        linkify=True,
        orderable=False,
    )
    name = tables.Column(
        verbose_name=_("Name"),
        accessor="member__name",
        order_by=("member__sort_key",),
    )
    organization = tables.Column(
        verbose_name=pgettext_lazy("pledge", "Made to"), orderable=False
    )
    kind = tables.Column(
        verbose_name=pgettext_lazy("pledge", "Kind of pledge"), orderable=False
    )
    goal = tables.Column(
        verbose_name=pgettext_lazy("pledge", "How many"),
        empty_values=(),
        orderable=False,
    )
    starts_on = tables.DateColumn(
        verbose_name=_("From"), short=False, attrs=ON_ONE_LINE
    )
    last_day = tables.DateColumn(
        verbose_name=_("Until (last day)"),
        order_by=("ends_on",),
        short=False,
        attrs=ON_ONE_LINE,
    )
    state = tables.Column(verbose_name=_("State"), orderable=False)

    class Meta:
        model = Pledge
        fields = (
            *("text", "name", "organization", "kind", "goal"),
            *("starts_on", "last_day", "state"),
        )

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kinds of pledge by code, read once for all rows."""
        return labels_by_code("pledge_kinds")

    def render_kind(self, value: str) -> str:
        return self.kinds.get(value, value)

    def render_goal(self, record: Pledge) -> str:
        """Show how much is promised, with its measure."""
        return record.goal or "—"
