"""Render the options of a select."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

DJANGO_EMPTY_LABEL = "---------"
OPTION = '\n  \n\n\n<option value="{}"\n        {}>{}</option>\n'
GROUP = '\n  <optgroup label="{}">{}\n  </optgroup>'

Group = tuple[str | None, Iterable[Mapping[str, Any]], int]


@register.simple_tag(takes_context=True)
def options(context: Context, groups: Iterable[Group]) -> SafeString:
    """Render the options of a select; label the empty one in words, not by dashes.

    A select of organizations has hundreds of options, and Django's own templates
    include two files for each.
    """
    rendered = (
        _render_group(name, choices, context) for name, choices, _index in groups
    )
    return mark_safe("".join([*rendered, "\n"]))  # noqa: S308 -- every part comes escaped


def _render_group(
    name: str | None, choices: Iterable[Mapping[str, Any]], context: Context
) -> str:
    inside = "".join(_render_option(choice, context) for choice in choices)
    return GROUP.format(conditional_escape(name), inside) if name else inside


def _render_option(choice: Mapping[str, Any], context: Context) -> str:
    label = choice["label"]
    if label == DJANGO_EMPTY_LABEL:
        label = _("Please choose")
    return OPTION.format(
        conditional_escape(choice["value"]),
        _render_attrs(choice["attrs"]),
        render_value_in_context(label, context),
    )


def _render_attrs(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}"
        + ("" if value is True else f'="{conditional_escape(value)}"')
        for name, value in attrs.items()
        if value is not False
    )
