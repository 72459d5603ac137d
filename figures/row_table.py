"""The table of a figure's rows: its columns, late facts, and links to records."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import django_tables2 as tables
from django.db import models
from django.db.models import ExpressionWrapper
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig

from core.months import month_of
from core.numbers import format_number
from core.text import StrOrPromise
from core.web.links import Links, links_from
from core.web.tables import OrderedTable
from figures.definitions import Column, Indicator, Kind

ROWS_PER_PAGE = 50
MARKED = '{} <span class="badge text-bg-secondary">{}</span>'
UNDONE = "is_undone"
RIGHT = {"class": "text-end number"}


def format_in_sheets(decimals: int | None) -> str:
    """Return how a spreadsheet writes the numbers of a column."""
    if decimals is None:
        return "General"
    return "#,##0." + "0" * decimals if decimals else "#,##0"


class RowTable(OrderedTable):
    """The rows of a number, with the columns of their source.

    `links` are the pages that the reader may open from here.
    """

    links: Links


class _RowColumn(tables.Column):
    """One column of a source: its value, linked to a record where there is one."""

    def __init__(self, column: Column) -> None:
        self.opens, self.decimals = column.opens, column.decimals
        self.number_format = format_in_sheets(column.decimals)
        super().__init__(
            accessor=column.accessor.replace(".", "__"),
            verbose_name=column.label,
            orderable=False,
            linkify=self._link if column.opens else None,
            attrs={"th": RIGHT, "td": RIGHT} if column.decimals is not None else {},
        )

    def _link(self, record: Any, table: RowTable) -> str | None:
        return table.links.get((self.opens, record.pk))

    def render(self, value: Any) -> Any:
        return value if self.decimals is None else format_number(value, self.decimals)

    def value(self, value: Any) -> Any:
        """Return the value itself: a number stays a number in a file."""
        return value


class _MarkedColumn(_RowColumn):
    """The day of the fact, or the first column, with what else is to be known of a row.

    That is, that the fact counts later than on its day, and that it was voided after
    its month was closed, which a closed month goes on counting.
    """

    def __init__(self, column: Column, month: dt.date | None) -> None:
        super().__init__(column)
        self.month = month

    def render(self, value: Any, record: Any = None) -> Any:
        shown = super().render(value)
        for mark in self._marks(value, record):
            shown = format_html(MARKED, localize(shown), mark)
        return shown

    def _marks(self, value: Any, record: Any) -> Iterator[StrOrPromise]:
        day = localdate(value) if isinstance(value, dt.datetime) else value
        if self.month and isinstance(day, dt.date) and month_of(day) < self.month:
            yield _("counted later")
        voided = getattr(record, "voided_at", None) is not None
        if voided or getattr(record, UNDONE, False):
            yield _("voided afterwards")

    def value(self, value: Any, record: Any = None) -> Any:
        """Return the value, or for a marked row what the page shows."""
        return self.render(value, record) if [*self._marks(value, record)] else value


def build_table_class(
    columns: Iterable[Column], *, day: str = "", month: dt.date | None = None
) -> type[RowTable]:
    """Return a table class with the columns that a source declares.

    Voided rows are marked, and late ones, given the fact's day and the counting month.
    """
    columns = tuple(columns)
    days = [n for n, column in enumerate(columns) if column.accessor == day]
    marked = next(iter(days), 0)
    body: dict[str, Any] = {
        f"column{position}": _MarkedColumn(column, month if days else None)
        if position == marked
        else _RowColumn(column)
        for position, column in enumerate(columns)
    }
    return type("RowTable", (RowTable,), body)


def build_row_table(
    indicator: Indicator,
    month: dt.date,
    rows: models.QuerySet[Any],
    columns: Iterable[Column],
    request: HttpRequest,
) -> RowTable:
    """Return one page of a figure's rows, linked to what the reader may open."""
    chosen = tuple(columns)
    counting_month = month if indicator.kind == Kind.FLOW else None
    table_class = build_table_class(
        chosen, day=indicator.source.day, month=counting_month
    )
    if indicator.source.undone is not None:
        undone = ExpressionWrapper(indicator.source.undone, models.BooleanField())
        rows = rows.annotate(**{UNDONE: undone})
    table = table_class(rows)
    RequestConfig(request, paginate={"per_page": ROWS_PER_PAGE}).configure(table)
    records = [row.record for row in table.paginated_rows]
    paths = {column.opens for column in chosen if column.opens}
    table.links = links_from(records, paths, request.user)
    return table
