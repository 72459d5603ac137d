"""The rows of a table, written in Python.

A template that walks the cells takes half of a page's time. Here everything that is
the same for all rows (attributes, label, how a value is drawn) is worked out once for
each column; a row then costs its values and one joining of strings. Values are found as
django-tables2 finds them, and each passes the template engine's own escaping.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any

from django.db import models
from django.template import Context, Template
from django.template.base import render_value_in_context
from django.template.defaultfilters import date, striptags
from django.templatetags.l10n import localize, unlocalize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined] # not in the stubs
from django_tables2 import Column, ManyToManyColumn, Table, TemplateColumn
from django_tables2.columns.linkcolumn import BaseLinkColumn
from django_tables2.rows import BoundRow
from django_tables2.utils import A, signature

Draw = Callable[[dict[str, Any]], Any]
"""What turns a cell's value, record, row and table into its content."""

ASKED_WHOLE = (BaseLinkColumn, ManyToManyColumn)
"""Columns whose values django-tables2 finds by rules of their own."""

# What `DateColumn` and `DateTimeColumn` of django-tables2 are drawn by.
DAY_TEMPLATE = re.compile(r'\{\{ value\|date:"([^"]*)"\|default:default \}\}')
HEAD = '\n          <td {}\n              data-label="{}"><span class="cell">'
TAIL = "</span></td>\n        "


def write_rows(table: Table, context: Context) -> SafeString:
    """Return the `<tr>` elements of a table's page."""
    cells = [_Cells(column, table) for column in table.columns]
    rows = (_write_row(row, cells, context) for row in table.paginated_rows)
    return mark_safe("\n    " + "".join(rows))  # noqa: S308 -- cells come escaped


def _write_row(row: BoundRow, cells: list["_Cells"], context: Context) -> str:
    written = "".join(column.write(row, context) for column in cells)
    return f"\n      <tr {_row_attrs(row)}>\n        {written}\n      </tr>\n    "


def _row_attrs(row: BoundRow) -> str:
    """Return a row's attributes; nearly all have none but the stripe."""
    if type(row) is BoundRow and not row.table.row_attrs:
        return f'class="{row.get_even_odd_css_class()}"'
    return str(row.attrs.as_html())


class _Cells:
    """The cells of one column: what they share, and how each is written."""

    def __init__(self, column: Any, table: Table) -> None:
        self.column, self.table = column, table
        self.accessor = A(column.accessor)
        way, _, self.name = self.accessor.rpartition(self.accessor.SEPARATOR)
        self.way = A(way)
        self.empty_values = column.column.empty_values
        self.localize = column.localize
        self.asked_whole = isinstance(column.column, ASKED_WHOLE)
        self.label = conditional_escape(striptags(column.header))
        self.head = None if _attrs_vary(column, table) else self._head()
        self.draw = _draw_of(column, table)
        self.choices: dict[type, bool] = {}
        self.words: dict[tuple[type, Any], str] = {}

    def write(self, row: BoundRow, context: Context) -> str:
        """Return the `<td>` of a row."""
        content = self._content(row)
        head = self.head
        if head is None:
            self.column.current_value = content
            self.column.current_record = row.record
            head = self._head()
        return head + self._escaped(content, context) + TAIL

    def _head(self) -> str:
        return HEAD.format(self.column.attrs["td"].as_html(), self.label)

    def _content(self, row: BoundRow) -> Any:
        if self.asked_whole:
            return row.get_cell(self.column.name)
        value = self._value(row.record)
        if value in self.empty_values:
            return self.column.default
        if self.draw is None and not self.column.link:
            return value
        given = {
            "value": value,
            "record": row.record,
            "column": self.column.column,
            "bound_column": self.column,
            "bound_row": row,
            "table": self.table,
        }
        content = value if self.draw is None else self.draw(given)
        link = self.column.link
        return link(content, **given) if link else content

    def _value(self, record: Any) -> Any:
        """Return a record's value: the words of a choice, nothing if unreachable."""
        if self._shows_choice(record):
            holder = self.way.resolve(record, quiet=True)
            say = getattr(holder, f"get_{self.name}_display", None)
            if isinstance(holder, models.Model) and say:
                return self._words(say, holder)
        return self.accessor.resolve(record, quiet=True)

    def _shows_choice(self, record: Any) -> bool:
        """Return whether the column shows a field with choices; asked once a model."""
        kind = type(record)
        if kind not in self.choices:
            field = self.accessor.get_field(record)
            self.choices[kind] = bool(getattr(field, "choices", ()))
        return self.choices[kind]

    def _words(self, say: Callable[[], str], holder: models.Model) -> str:
        """Return the words of a choice, asked once for each value on the page.

        That holds for Django's own method, a `partial`; a model's own is always asked.
        """
        if not isinstance(say, partial):
            return say()
        key = (type(holder), getattr(holder, self.name))
        if key not in self.words:
            self.words[key] = say()
        return self.words[key]

    def _escaped(self, content: Any, context: Context) -> str:
        if self.localize is not None:
            content = (localize if self.localize else unlocalize)(content)
        return render_value_in_context(content, context)


def _attrs_vary(column: Any, table: Table) -> bool:
    """Return whether a cell's attributes depend on its row."""
    names = type(table).get_column_class_names is not Table.get_column_class_names
    attrs = {**table.attrs, **column.column.attrs}
    return names or any(_callables(attrs.get("td", attrs.get("cell", {}))))


def _callables(attrs: dict[str, Any]) -> Iterator[Any]:
    for value in attrs.values():
        if isinstance(value, dict):
            yield from _callables(value)
        elif callable(value):
            yield value


def _draw_of(column: Any, table: Table) -> Draw | None:
    """Return how a column draws a cell, nothing where the value is the content."""
    own = getattr(column.render, "__func__", None)
    if own is Column.render:
        return None
    if own is not TemplateColumn.render or not column.column.template_code:
        return _accepted(column.render)
    of_day = DAY_TEMPLATE.fullmatch(column.column.template_code)
    return _day_draw(of_day[1]) if of_day else _template_draw(column.column, table)


def _accepted(render: Callable[..., Any]) -> Draw:
    """Return a function called with those of a cell's arguments that it accepts.

    The same as django-tables2 does for every cell, but asked once a column.
    """
    names, takes_all = signature(render)
    if takes_all:
        return lambda given: render(**given)
    return lambda given: render(**{name: given[name] for name in names})


def _day_draw(written: str) -> Draw:
    """Return what draws a day or a time without a template, in the same words."""

    def draw(given: dict[str, Any]) -> Any:
        day = date(template_localtime(given["value"]), written)
        return day or given["bound_column"].default

    return draw


def _template_draw(column: TemplateColumn, table: Table) -> Draw:
    """Return what draws a cell by the column's template, compiled once."""
    template = _compiled(column.template_code)
    page = getattr(table, "context", Context())
    request = getattr(table, "request", None)

    def draw(given: dict[str, Any]) -> str:
        with page.update(column.get_context_data(**given)):
            page["request"] = request
            return template.render(page)

    return draw


@lru_cache(maxsize=128)
def _compiled(code: str) -> Template:
    return Template(code)
