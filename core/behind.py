"""The list behind a number: its columns, what came late, and the pages it opens."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import django_tables2 as tables
from django.db import models
from django.http import HttpRequest
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_tables2 import RequestConfig
from django_tables2.utils import Accessor

from core.indicators import Column, Indicator, Kind
from core.months import month_of
from core.numbers import number

Ways = Mapping[tuple[str, int], str]
"""The page to open, by the column's path to the record and the key of the row."""

SELF = "self"
A_PAGE = 50
LATE = '{} <span class="badge text-bg-secondary">{}</span>'
RIGHT = {"class": "text-end number"}


class RowTable(tables.Table):
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

    def _way(self, record: Any, table: RowTable) -> str | None:
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
) -> type[RowTable]:
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
    return type("RowTable", (RowTable,), body)


def table_of(
    indicator: Indicator,
    month: dt.date,
    rows: models.QuerySet[Any],
    columns: Iterable[Column],
    request: HttpRequest,
) -> RowTable:
    """Return one page of the rows behind a figure, leading where the reader may go."""
    shown = tuple(columns)
    counted_in = month if indicator.kind == Kind.FLOW else None
    named = rows_table(shown, day=indicator.source.day, month=counted_in)
    table = named(rows)
    RequestConfig(request, paginate={"per_page": A_PAGE}).configure(table)
    records = [row.record for row in table.paginated_rows]
    table.ways = ways_from(records, shown, request.user)
    return table


def leads_to(model: Any, column: Column, goal: type[models.Model]) -> bool:
    """Whether the way to a column's value leads through a row of some model."""
    for part in column.accessor.replace(".", "__").split("__"):
        field = next((f for f in model._meta.get_fields() if f.name == part), None)
        model = getattr(field, "related_model", None)
        if model is None:
            return False
        if model is goal:
            return True
    return False


def ways_from(
    records: Iterable[models.Model], columns: Iterable[Column], user: object
) -> Ways:
    """Return the pages that the reader may open from some rows; one query a model."""
    rows = list(records)
    found = {
        (opens, row.pk): target
        for opens in {column.opens for column in columns if column.opens}
        for row in rows
        if (target := _behind(row, opens)) is not None
    }
    open_to_reader = _visible(found.values(), user)
    return {
        key: target.get_absolute_url()
        for key, target in found.items()
        if target.pk in open_to_reader[type(target)]
    }


def _behind(row: models.Model, opens: str) -> Any:
    if opens == SELF:
        return row
    return Accessor(opens.replace(".", "__")).resolve(row, quiet=True)


def _visible(targets: Iterable[Any], user: object) -> dict[type, set[int]]:
    asked: dict[type[Any], set[int]] = defaultdict(set)
    for target in targets:
        asked[type(target)].add(target.pk)
    found: dict[type, set[int]] = {}
    for model, keys in asked.items():
        rows = model.objects.visible_to(user).filter(pk__in=keys)
        found[model] = set(rows.order_by().values_list("pk", flat=True))
    return found
