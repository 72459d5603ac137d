"""Columns of the list of opinions."""

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.text import StrOrPromise
from core.web.tables import ON_ONE_LINE, OrderedTable
from members.models import OpinionRequest


class OpinionTable(OrderedTable):
    """Opinions: about whom, who asks whom, by when, where it stands, what it says."""

    name = tables.Column(
        verbose_name=_("About"),
        orderable=False,
        linkify=lambda record: record.get_absolute_url(),
    )
    kind = tables.Column(
        verbose_name=_("Kind of question"), accessor="case__kind__name", orderable=False
    )
    asker = tables.Column(verbose_name=_("Who asks"), orderable=False)
    place = tables.Column(
        verbose_name=_("Who is asked"), accessor="case__organization", orderable=False
    )
    asked_on = tables.DateColumn(
        verbose_name=_("Asked on"),
        accessor="case__opened_on",
        short=False,
        attrs=ON_ONE_LINE,
    )
    due_on = tables.DateColumn(
        verbose_name=_("Answer due on"),
        accessor="case__due_on",
        short=False,
        attrs=ON_ONE_LINE,
    )
    state = tables.Column(verbose_name=_("State"), empty_values=(), orderable=False)
    opinion = tables.Column(verbose_name=_("Opinion"), default="—", orderable=False)

    class Meta:
        model = OpinionRequest
        fields = (
            *("name", "kind", "asker", "place", "asked_on", "due_on", "state"),
            "opinion",
        )

    def render_state(self, record: OpinionRequest) -> StrOrPromise:
        """Say where it stands; silence is no agreement."""
        return record.state.label
