"""The template tag that renders table rows."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django_tables2 import Table

from core.web.table_rows import render_rows

register = template.Library()


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: Table) -> SafeString:
    """Render the rows of a table's page, each cell with its column's name."""
    return render_rows(table, context)
