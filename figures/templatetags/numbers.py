"""Format numbers of indicators in templates."""

from decimal import Decimal

from django import template

from core.numbers import format_number
from figures.definitions import Indicator

register = template.Library()


@register.filter
def format_as(value: Decimal, indicator: Indicator) -> str:
    """Format a number of an indicator: hours to one decimal, money to two."""
    return format_number(value, indicator.decimals)
