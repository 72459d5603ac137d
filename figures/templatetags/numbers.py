"""Numbers in templates, written as their unit is written."""

from decimal import Decimal

from django import template

from core.numbers import format_number
from figures.definitions import Indicator

register = template.Library()


@register.filter
def written(value: Decimal, indicator: Indicator) -> str:
    """Write a number of an indicator: hours to one decimal, money to two."""
    return format_number(value, indicator.decimals)
