"""What a template asks of the tables."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django_tables2 import Table

from core.web.table_rows import write_rows

register = template.Library()


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: Table) -> SafeString:
    """Write the rows of a table's page, each cell with its column's name."""
    return write_rows(table, context)
