"""Text areas are read with one character a line end, as people count them.

Browsers send two. Text areas are made by forms and by the admin from columns, so this
is laid upon the widget itself, once, at the start.
"""

from typing import Any

from django import forms


def read_single_line_ends() -> None:
    """Let every text area give its text with one character a line end."""
    forms.Textarea.value_from_datadict = _read_text  # type: ignore[assignment, method-assign] # see above


def _read_text(widget: forms.Textarea, data: Any, files: Any, name: str) -> Any:
    value = super(forms.Textarea, widget).value_from_datadict(data, files, name)
    if isinstance(value, str):
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value
