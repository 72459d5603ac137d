"""Template tags of tables: their rows, and the files they leave as."""

from urllib.parse import urlencode

from django import template
from django.forms import Form
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2 import Table
from django_tables2.columns import BoundColumn

from core.registries.saved_views import ListViews, views_of
from core.web.bulk_actions import BulkAction, actions_here
from core.web.columns import COLUMNS
from core.web.components import Link
from core.web.exports import (
    KINDS,
    export_address,
    is_exported,
    kept_fields,
    list_address,
)
from core.web.forms import new_key
from core.web.table_rows import render_rows

register = template.Library()

EXPORT_LABELS = {"xlsx": _("Export to Excel"), "csv": _("Export to CSV")}


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: Table) -> SafeString:
    """Render the rows of a table's page, each cell with its column's name."""
    return render_rows(table, context)


@register.filter
def sortable_columns(table: Table) -> list[BoundColumn]:
    """Return the shown columns that the table can be sorted by."""
    return [column for column in table.columns if column.orderable]


@register.simple_tag(takes_context=True)
def export_links(context: Context) -> list[Link]:
    """Return links to a list's files, for signed-in readers of a page that has them."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or not is_exported(match.func):
        return []
    if not request.user.is_authenticated:
        return []
    columns = getattr(context.get("table"), "chosen", ())
    return [
        Link(EXPORT_LABELS[kind], export_address(request, kind, columns), "download")
        for kind in KINDS
    ]


@register.simple_tag(takes_context=True)
def list_views(context: Context) -> ListViews:
    """Return what the reader of a list saved of it, and where to save more."""
    return views_of(context["request"])


@register.simple_tag(takes_context=True)
def many_actions(context: Context) -> list[BulkAction]:
    """Return what the reader of a list can do to many of its rows."""
    return actions_here(context["request"])


@register.simple_tag(takes_context=True)
def address_of_list(context: Context) -> str:
    """Return the address of a list with its filter and its order, at no page."""
    return list_address(context["request"])


@register.simple_tag(takes_context=True)
def address_without_columns(context: Context) -> str:
    """Return the address of a list with its filter and its order, but no columns."""
    return list_address(context["request"], COLUMNS)


@register.simple_tag
def fresh_key() -> str:
    """Return a key for the one write of a form."""
    return new_key()


@register.simple_tag(takes_context=True)
def fields_beside_filter(context: Context, form: Form) -> list[tuple[str, str]]:
    """Return the columns and the order of a list, for the form that filters it."""
    own: list[str] = []
    for field in form:
        sent = getattr(field.field.widget, "names_sent", None)
        own += sent(field.html_name) if sent else [field.html_name]
    return kept_fields(context["request"], *own)


@register.simple_tag(takes_context=True)
def unfiltered_address(context: Context, form: Form) -> str:
    """Return the address of a list with its columns and its order, but no filter."""
    query = urlencode(fields_beside_filter(context, form))
    path: str = context["request"].path
    return f"{path}?{query}" if query else path
