"""The values of a table's rows, as they leave for a spreadsheet.

A column shows the same in a file as on the page, but what it shows as a day or a number
stays a day or a number. A table says `value_<column>`, or a column `value`, where its
value is not what the page shows; `exclude_from_export` leaves a column of buttons out.
"""

import datetime as dt
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.template import Context
from django.template.defaultfilters import striptags
from django.utils import timezone
from django_tables2 import Table, TemplateColumn
from django_tables2.rows import BoundRow

from core.web.table_rows import DAY_TEMPLATE, ColumnCells, pass_accepted_arguments

Value = str | int | float | Decimal | dt.date | None
DAYS = {"DATE_FORMAT", "SHORT_DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT"}
MONTHS = {"YEAR_MONTH_FORMAT"}
NOTHING = {"", "—"}
CHUNK = 2000  # rows that are read at a time


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column's heading and how its numbers or days are written."""

    heading: str
    number_format: str
    is_month: bool


@dataclass(frozen=True, slots=True)
class TableValues:
    """The columns of a table and its rows, of all pages, read as they are needed."""

    columns: Sequence[ValueColumn]
    rows: Iterator[list[Value]]


def read_table(table: Table, context: Context | None = None) -> TableValues:
    """Return what a table shows on all its pages; `context` is that of the page."""
    table.context = context or Context()
    cells = [
        _ColumnValues(column, table)
        for column in table.columns
        if not column.column.exclude_from_export
    ]
    readers = [column.read for column in cells]
    rows = ([read(row) for read in readers] for row in _rows(table))
    return TableValues([column.described for column in cells], rows)


def _rows(table: Table) -> Iterator[BoundRow]:
    """Return all rows; those of a query are not kept once they have been read."""
    data = table.data.data
    records = data.iterator(CHUNK) if isinstance(data, QuerySet) else data
    return (BoundRow(record, table) for record in records)


class _ColumnValues(ColumnCells):
    """The values of one column."""

    def __init__(self, column: Any, table: Table) -> None:
        super().__init__(column, table)
        self.date_format = _date_format(column)
        self.own_value = _own_value(column, table)
        self.described = ValueColumn(
            html.unescape(str(self.label)),
            getattr(column.column, "number_format", "General"),
            self.date_format in MONTHS,
        )

    def read(self, row: BoundRow) -> Value:
        """Return the value of a row."""
        if self.is_whole_cell:
            return plain_value(self.content(row))
        value = self.value(row.record)
        if value in self.empty_values:
            return None
        if self.own_value is not None:
            return plain_value(self.own_value(self.arguments(row, value)))
        if self.date_format in MONTHS:
            return _day(value).replace(day=1)
        if self.date_format in DAYS or self.renderer is None:
            return plain_value(value)
        return plain_value(self.renderer(self.arguments(row, value)))


def _date_format(column: Any) -> str:
    """Return the format of a column of days or moments; nothing for other columns."""
    is_template = getattr(column.render, "__func__", None) is TemplateColumn.render
    code = getattr(column.column, "template_code", None) if is_template else None
    matched = DAY_TEMPLATE.fullmatch(code) if code else None
    return matched[1] if matched else ""


def _own_value(column: Any, table: Table) -> Any:
    """Return the function by which a table or column of ours says its value."""
    if hasattr(table, f"value_{column.name}"):
        return pass_accepted_arguments(column.value)
    if hasattr(table, f"render_{column.name}"):
        return None
    is_ours = not type(column.column).value.__module__.startswith("django_tables2.")
    return pass_accepted_arguments(column.column.value) if is_ours else None


def _day(value: dt.date) -> dt.date:
    return timezone.localdate(value) if isinstance(value, dt.datetime) else value


def plain_value(content: Any) -> Value:
    """Return the content of a cell without markup; days and numbers as they are."""
    if isinstance(content, dt.datetime):
        aware = timezone.is_aware(content)
        return timezone.make_naive(content) if aware else content
    if content is None or isinstance(content, int | float | Decimal | dt.date):
        return content
    text = str(content)
    if hasattr(content, "__html__"):
        text = " ".join(html.unescape(striptags(text)).split())
    return None if text in NOTHING else text
