"""Numbers and months on Chinese papers, in the characters that cannot be altered."""

import datetime as dt

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from core import capital_numerals

register = template.Library()


@register.filter
def capital_number(number: int) -> str:
    """Write a whole number above zero: 壹拾; in other languages with digits."""
    return capital_numerals.capital_number(number) if _is_chinese() else f"{number}"


@register.filter
def capital_month(month: dt.date) -> str:
    """Write a month: 贰零贰陆年零陆月; in other languages as everywhere."""
    if _is_chinese():
        return capital_numerals.capital_month(month)
    return date_format(month, "YEAR_MONTH_FORMAT")


def _is_chinese() -> bool:
    return (get_language() or "").startswith("zh")
