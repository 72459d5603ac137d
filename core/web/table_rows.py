"""Render table rows in Python.

A template that loops over the cells takes half of a page's time. Here whatever is the
same for all rows (attributes, label, the way a value is rendered) is determined once a
column; a row then costs only its values and one join. Values are found as
django-tables2 finds them, and each passes the template engine's own escaping.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any

from django.db import models
from django.template import Context, Engine, Template
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

Renderer = Callable[[dict[str, Any]], Any]
"""Turns a cell's value, record, row and table into its content."""

WHOLE_CELL_COLUMNS = (BaseLinkColumn, ManyToManyColumn)
"""Columns whose values django-tables2 finds by rules of their own."""

# The template of `DateColumn` and `DateTimeColumn` of django-tables2.
DAY_TEMPLATE = re.compile(r'\{\{ value\|date:"([^"]*)"\|default:default \}\}')
INCLUDED = re.compile(r'\{% include "([^"]+)" %\}')
OPENING_TAG = '\n          <td {}\n              data-label="{}"><span class="cell">'
CLOSING_TAG = "</span></td>\n        "


def render_rows(table: Table, context: Context) -> SafeString:
    """Return the `<tr>` elements of a table's page."""
    cells = [ColumnCells(column, table) for column in table.columns]
    rows = (_render_row(row, cells, context) for row in table.paginated_rows)
    return mark_safe("\n    " + "".join(rows))  # noqa: S308 -- cells come escaped


def _render_row(row: BoundRow, cells: list["ColumnCells"], context: Context) -> str:
    rendered = "".join(column.render(row, context) for column in cells)
    return f"\n      <tr {_row_attrs(row)}>\n        {rendered}\n      </tr>\n    "


def _row_attrs(row: BoundRow) -> str:
    """Return a row's attributes; nearly all have none but the stripe."""
    if type(row) is BoundRow and not row.table.row_attrs:
        return f'class="{row.get_even_odd_css_class()}"'
    return str(row.attrs.as_html())


class ColumnCells:
    """The cells of one column: their common parts, and how each is rendered."""

    def __init__(self, column: Any, table: Table) -> None:
        self.column, self.table = column, table
        self.accessor = A(column.accessor)
        self.find = _getter(self.accessor)
        path, _, self.name = self.accessor.rpartition(self.accessor.SEPARATOR)
        self.path_to_owner = A(path)
        self.empty_values = column.column.empty_values
        self.localize = column.localize
        self.is_whole_cell = isinstance(column.column, WHOLE_CELL_COLUMNS)
        self.label = conditional_escape(striptags(column.header))
        self.opening_tag = None if _attrs_vary(column, table) else self._opening_tag()
        self.renderer = _renderer_of(column, table)
        self.choices: dict[type, bool] = {}
        self.labels: dict[tuple[type, Any], str] = {}

    def render(self, row: BoundRow, context: Context) -> str:
        """Return the `<td>` of a row."""
        content = self.content(row)
        opening_tag = self.opening_tag
        if opening_tag is None:
            self.column.current_value = content
            self.column.current_record = row.record
            opening_tag = self._opening_tag()
        return opening_tag + self._escaped(content, context) + CLOSING_TAG

    def _opening_tag(self) -> str:
        return OPENING_TAG.format(self.column.attrs["td"].as_html(), self.label)

    def content(self, row: BoundRow) -> Any:
        """Return what the cell of a row shows, not escaped yet."""
        if self.is_whole_cell:
            return row.get_cell(self.column.name)
        value = self.value(row.record)
        if value in self.empty_values:
            return self.column.default
        if self.renderer is None and not self.column.link:
            return value
        arguments = self.arguments(row, value)
        content = value if self.renderer is None else self.renderer(arguments)
        link = self.column.link
        return link(content, **arguments) if link else content

    def arguments(self, row: BoundRow, value: Any) -> dict[str, Any]:
        """Return what a renderer may ask for."""
        return {
            "value": value,
            "record": row.record,
            "column": self.column.column,
            "bound_column": self.column,
            "bound_row": row,
            "table": self.table,
        }

    def value(self, record: Any) -> Any:
        """Return a record's value: the label of a choice, nothing if unreachable."""
        if self._shows_choice(record):
            owner = record
            if self.path_to_owner:
                owner = self.path_to_owner.resolve(record, quiet=True)
            label = self.labels.get((type(owner), getattr(owner, self.name, None)))
            if label is not None:
                return label
            get_label = getattr(owner, f"get_{self.name}_display", None)
            if isinstance(owner, models.Model) and get_label:
                return self._choice_label(get_label, owner)
        return self._resolve(record)

    def _resolve(self, record: Any) -> Any:
        """Return what the accessor finds, by the short way where nothing is called.

        A record that can be asked by key as well is left to the accessor.
        """
        if isinstance(record, models.Model):
            try:
                value = self.find(record)
            except AttributeError:
                value = None
            if value is not None and not callable(value):
                return value
        return self.accessor.resolve(record, quiet=True)

    def _shows_choice(self, record: Any) -> bool:
        """Return whether the column shows a field with choices, once for each model."""
        kind = type(record)
        if kind not in self.choices:
            field = self.accessor.get_field(record)
            self.choices[kind] = bool(getattr(field, "choices", ()))
        return self.choices[kind]

    def _choice_label(self, get_label: Callable[[], str], owner: models.Model) -> str:
        """Return the label of a choice, looked up once for each value on the page.

        Only for Django's own method, a `partial`; a model's own is always called.
        """
        if not isinstance(get_label, partial):
            return get_label()
        label: str = get_label()
        self.labels[type(owner), getattr(owner, self.name)] = label
        return label

    def _escaped(self, content: Any, context: Context) -> str:
        if self.localize is not None:
            content = (localize if self.localize else unlocalize)(content)
        return render_value_in_context(content, context)


def _getter(accessor: A) -> Callable[[Any], Any]:
    """Return what finds an accessor's value where nothing is called on the way."""
    bits = accessor.bits
    return attrgetter(".".join(bits)) if bits else lambda record: record


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


def _renderer_of(column: Any, table: Table) -> Renderer | None:
    """Return the renderer of a column's cells; None where they show the bare value."""
    function = getattr(column.render, "__func__", None)
    if function is Column.render:
        return None
    if function is not TemplateColumn.render or not column.column.template_code:
        return pass_accepted_arguments(column.render)
    date_template = DAY_TEMPLATE.fullmatch(column.column.template_code)
    if date_template:
        return _date_renderer(date_template[1])
    return _template_renderer(column.column, table)


def pass_accepted_arguments(render: Callable[..., Any]) -> Renderer:
    """Return a renderer that passes a function only the arguments that it accepts.

    django-tables2 does the same, but inspects the function for every cell.
    """
    names, accepts_all = signature(render)
    if accepts_all:
        return lambda arguments: render(**arguments)
    return lambda arguments: render(**{name: arguments[name] for name in names})


def _date_renderer(format_: str) -> Renderer:
    """Return a renderer of days or times in a format, without a template."""

    def render(arguments: dict[str, Any]) -> Any:
        day = date(template_localtime(arguments["value"]), format_)
        return day or arguments["bound_column"].default

    return render


def _template_renderer(column: TemplateColumn, table: Table) -> Renderer:
    """Return a renderer that uses the column's template, compiled once."""
    template = _template_of(column.template_code)
    page = getattr(table, "context", Context())
    request = getattr(table, "request", None)

    def render(arguments: dict[str, Any]) -> str:
        with page.update(column.get_context_data(**arguments)):
            page["request"] = request
            return template.render(page)

    return render


def _template_of(code: str) -> Template:
    """Return the template of a cell; one that is included alone is taken itself."""
    included = INCLUDED.fullmatch(code)
    if included:
        return Engine.get_default().get_template(included[1])
    return _compiled(code)


@lru_cache(maxsize=128)
def _compiled(code: str) -> Template:
    return Template(code)
