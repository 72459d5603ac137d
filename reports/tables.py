"""Tables of returns, and of the rows behind a number."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.indicators import Column
from core.months import month_of
from reports.models import MonthlyReturn
from reports.printing import number
from reports.queries.ways import Ways

LATE = '{} <span class="badge text-bg-secondary">{}</span>'
RIGHT = {"class": "text-end number"}


def filed_late(days: int) -> str:
    """Say by how many days a return was late."""
    text = ngettext("filed %(days)s day late", "filed %(days)s days late", days)
    return text % {"days": days}


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
        if record.is_overdue:
            return _("%(state)s (late)") % {"state": value}
        if days := record.days_late:
            return f"{value} · {filed_late(days)}"
        return value


class _RowTable(tables.Table):
    """Rows behind a number; the columns are the source's own.

    `ways` are the pages that the reader may open from here.
    """

    ways: Ways


class _RowColumn(tables.Column):
    """One column of a source: its value, with the page behind it if there is one."""

    def __init__(self, column: Column) -> None:
        self.opens, self.places = column.opens, column.places
        super().__init__(
            accessor=column.accessor.replace(".", "__"),
            verbose_name=column.label,
            orderable=False,
            linkify=self._way if column.opens else None,
            attrs={"th": RIGHT, "td": RIGHT} if column.places is not None else {},
        )

    def _way(self, record: Any, table: _RowTable) -> str | None:
        return table.ways.get((self.opens, record.pk))

    def render(self, value: Any) -> Any:
        return value if self.places is None else number(value, self.places)


class _DayColumn(_RowColumn):
    """The day of the fact; one of an earlier month than it counts in says so."""

    def __init__(self, column: Column, month: dt.date) -> None:
        super().__init__(column)
        self.month = month

    def render(self, value: Any) -> Any:
        day = localdate(value) if isinstance(value, dt.datetime) else value
        if month_of(day) >= self.month:
            return value
        mark = _("counted later")
        return format_html(LATE, localize(value), mark)


def rows_table(
    columns: Iterable[Column], *, day: str = "", month: dt.date | None = None
) -> type[_RowTable]:
    """Return a table with the columns that a source declares.

    With the column of the fact's day and the month in which it counts, what came late
    is marked.
    """
    body: dict[str, Any] = {
        f"column{place}": _DayColumn(column, month)
        if month and column.accessor == day
        else _RowColumn(column)
        for place, column in enumerate(columns)
    }
    return type("RowTable", (_RowTable,), body)
