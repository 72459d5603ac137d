"""The options of a list of choices."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

DJANGO_S_EMPTY = "---------"
OPTION = '\n  \n\n\n<option value="{}"\n        {}>{}</option>\n'
GROUP = '\n  <optgroup label="{}">{}\n  </optgroup>'

Group = tuple[str | None, Iterable[Mapping[str, Any]], int]


@register.simple_tag(takes_context=True)
def options(context: Context, groups: Iterable[Group]) -> SafeString:
    """Write the options of a list; Django calls the empty one by dashes.

    A list of places has hundreds, and the engine includes two templates for each.
    """
    written = (_write_group(name, choices, context) for name, choices, _place in groups)
    return mark_safe("".join([*written, "\n"]))  # noqa: S308 -- every part comes escaped


def _write_group(
    name: str | None, choices: Iterable[Mapping[str, Any]], context: Context
) -> str:
    inside = "".join(_write_option(choice, context) for choice in choices)
    return GROUP.format(conditional_escape(name), inside) if name else inside


def _write_option(choice: Mapping[str, Any], context: Context) -> str:
    label = choice["label"]
    if label == DJANGO_S_EMPTY:
        label = _("Please choose")
    return OPTION.format(
        conditional_escape(choice["value"]),
        _write_attrs(choice["attrs"]),
        render_value_in_context(label, context),
    )


def _write_attrs(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {conditional_escape(name)}"
        + ("" if value is True else f'="{conditional_escape(value)}"')
        for name, value in attrs.items()
        if value is not False
    )
