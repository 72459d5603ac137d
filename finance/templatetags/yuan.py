"""Amounts of money in templates."""

from django import template

from finance.money import format_yuan, in_words

register = template.Library()
register.filter("yuan", format_yuan)
register.filter("yuan_in_words", in_words)
