"""Amounts of money in templates."""

from django import template

from finance.money import in_words, shown

register = template.Library()
register.filter("yuan", shown)
register.filter("yuan_in_words", in_words)
