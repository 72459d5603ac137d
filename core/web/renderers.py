"""Renders the widgets of all forms, those of pages and of the admin."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

MOST = "data-max-length"


class FormRenderer(TemplatesSetting):
    """Tells a field's length to a counter (`fields.js`) instead of to the browser.

    A browser cuts what is pasted beyond `maxlength` without a word. The server refuses
    it, and says how long it may be and how long it is.
    """

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: HttpRequest | None = None,
    ) -> str:
        if "widget" in context:
            _count_instead_of_cutting(context["widget"])
        return super().render(template_name, context, request)


def _count_instead_of_cutting(widget: dict[str, Any]) -> None:
    attributes = widget.get("attrs", {})
    if "maxlength" in attributes:
        attributes[MOST] = attributes.pop("maxlength")
    for part in widget.get("subwidgets", ()):
        _count_instead_of_cutting(part)
