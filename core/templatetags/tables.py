"""Template tags of tables: their rows, and the files they leave as."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_tables2 import Table

from core.web.components import Link
from core.web.exports import KINDS, export_address, is_exported
from core.web.table_rows import render_rows

register = template.Library()

EXPORT_LABELS = {"xlsx": _("Export to Excel"), "csv": _("Export to CSV")}


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: Table) -> SafeString:
    """Render the rows of a table's page, each cell with its column's name."""
    return render_rows(table, context)


@register.simple_tag(takes_context=True)
def export_links(context: Context) -> list[Link]:
    """Return links to a list's files, for signed-in readers of a page that has them."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or not is_exported(match.func):
        return []
    if not request.user.is_authenticated:
        return []
    return [
        Link(EXPORT_LABELS[kind], export_address(request, kind), "download")
        for kind in KINDS
    ]
