"""Tables of returns, and of the rows behind a number."""

from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.indicators import Column
from core.months import today
from reports.models import MonthlyReturn


class ReturnTable(tables.Table):
    """Returns: whose, of which month, where they stand, and whether they are late."""

    organization = tables.Column(
        verbose_name=_("Community"),
        linkify=lambda record: record.get_absolute_url(),  # not the community's own
        order_by="organization__path",
    )
    month = tables.DateColumn(format="Y-m", verbose_name=_("Month"))
    state = tables.Column(verbose_name=_("State"))
    due_on = tables.DateColumn(
        accessor="round__due_on", format="Y-m-d", verbose_name=_("Due on")
    )
    submitted_at = tables.DateTimeColumn(
        format="Y-m-d H:i", verbose_name=_("Submitted at")
    )

    class Meta:
        model = MonthlyReturn
        fields = ("organization", "month", "state", "due_on", "submitted_at")
        order_by = ("-month", "organization")

    def render_state(self, value: str, record: MonthlyReturn) -> str:
        """Say the state, and that it is late where it is."""
        late = record.is_open and record.round.due_on < today()
        return _("%(state)s (late)") % {"state": value} if late else value


class _RowTable(tables.Table):
    """Rows behind a number; the columns are the source's own."""

    class Meta:
        orderable = False


def rows_table(columns: Iterable[Column]) -> type[tables.Table]:
    """Return a table with the columns that a source declares."""
    body: dict[str, Any] = {
        f"column{place}": tables.Column(
            accessor=column.accessor.replace(".", "__"), verbose_name=column.label
        )
        for place, column in enumerate(columns)
    }
    return type("RowTable", (_RowTable,), body)
