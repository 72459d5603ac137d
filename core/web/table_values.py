"""The values of a table's rows, as they leave for a spreadsheet.

A column shows the same in a file as on the page, but what it shows as a day or a number
stays a day or a number. A table says `value_<column>`, or a column `value`, where its
value is not what the page shows; `exclude_from_export` leaves a column of buttons out.
"""

import datetime as dt
import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from operator import attrgetter
from typing import Any, cast

from django.db import models
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
STORED_FIELDS = {
    *(models.CharField, models.TextField, models.DateField, models.DecimalField),
    *(models.IntegerField, models.PositiveIntegerField, models.BigAutoField),
    *(models.PositiveSmallIntegerField, models.BigIntegerField),
}
"""Fields whose values leave as they are; those derived from them may not."""
PLAIN_KINDS = {str, int, float, Decimal, dt.date, type(None)}
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
    rows: Iterator[Sequence[Value]]


def read_table(table: Table, context: Context | None = None) -> TableValues:
    """Return what a table shows on all its pages; `context` is that of the page."""
    table.context = context or Context()
    cells = [
        _ColumnValues(column, table)
        for column in table.columns
        if not column.column.exclude_from_export
    ]
    rows = _read_rows(table, cells)
    return TableValues([column.described for column in cells], rows)


def _read_rows(
    table: Table, columns: Sequence["_ColumnValues"]
) -> Iterator[Sequence[Value]]:
    """Return all rows; those of a query are not kept once they have been read."""
    data = table.data.data
    if not isinstance(data, QuerySet):
        readers = [column.read for column in columns]
        bound = (BoundRow(record, table) for record in data)
        return ([read(row) for read in readers] for row in bound)
    stored = [column.stored_as(data.model) for column in columns]
    return _read_records(table, columns, stored)


def _read_records(
    table: Table, columns: Sequence["_ColumnValues"], stored: Sequence[str]
) -> Iterator[Sequence[Value]]:
    """Return the rows of a query.

    What a record stores is taken from it in one call: a long list has millions of
    cells, and most are such.
    """
    find = attrgetter("pk", "pk", *filter(None, stored))  # two, or it is no tuple
    pairs = zip(columns, stored, strict=True)
    readers = [
        column.reader(table.data.data.model) for column, name in pairs if not name
    ]
    found, read = count(2), count(2 + sum(map(bool, stored)))
    order = [next(found) if name else next(read) for name in stored]
    for record in table.data.data.iterator(CHUNK):
        row = BoundRow(record, table)
        values = (*find(record), *[read_cell(row) for read_cell in readers])
        yield [values[position] for position in order]


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

    def stored_as(self, model: type[models.Model]) -> str:
        """Return the field that the column shows as it is stored, if it is one."""
        field = self._field_of(model)
        is_plain = type(field) in STORED_FIELDS and not field.choices
        return field.name if is_plain else ""

    def _field_of(self, model: type[models.Model]) -> Any:
        """Return the model's own field that the column shows as it is, or nothing."""
        is_day = self.date_format in DAYS
        is_bare = self.renderer is None and {*self.empty_values} == {None, ""}
        if self.is_whole_cell or self.own_value is not None or not (is_bare or is_day):
            return None
        fields = {field.name: field for field in model._meta.concrete_fields}
        return fields.get(str(self.accessor))

    def reader(self, model: type[models.Model]) -> Callable[[BoundRow], Value]:
        """Return what reads a row: labels of choices that are known the short way."""
        field, labels, read = self._field_of(model), self.labels, self.read
        if field is None or not field.choices:
            return read
        find = attrgetter(field.name)

        def read_label(row: BoundRow) -> Value:
            record = row.record
            return labels.get((type(record), find(record))) or read(row)

        return read_label

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
    if type(content) in PLAIN_KINDS:
        return None if content in NOTHING else cast("Value", content)
    if isinstance(content, dt.datetime):
        return content if content.tzinfo is None else timezone.make_naive(content)
    if content is None or isinstance(content, int | float | Decimal | dt.date):
        return cast("Value", content)
    text = str(content)
    if hasattr(content, "__html__"):
        text = " ".join(html.unescape(striptags(text)).split())
    return None if text in NOTHING else text
