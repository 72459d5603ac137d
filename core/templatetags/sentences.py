"""Sentences put together from what somebody wrote."""

from django import template

from core import text

register = template.Library()


@register.filter
def without_stop(written: str) -> str:
    """Return a text without its final stop: more of the sentence follows."""
    return text.without_stop(written)
