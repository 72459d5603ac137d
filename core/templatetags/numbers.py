"""Numbers in templates, written as their unit is written."""

from decimal import Decimal

from django import template

from core.indicators import Indicator
from core.numbers import number

register = template.Library()


@register.filter
def written(value: Decimal, indicator: Indicator) -> str:
    """Write a number of an indicator: hours to one decimal, money to two."""
    return number(value, indicator.places)
