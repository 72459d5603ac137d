"""Numbers, codes, days and times may be typed in full-width characters: ０８：３０.

Chinese keyboards type them, and a person sees hardly any difference. Fields are made by
forms, by the admin from columns and by filters from their declarations, so this is laid
upon the field classes themselves, once, at the start.
"""

from functools import wraps
from typing import Any

from django import forms

from core.names import FULL_WIDTH

FIELDS = (
    *(forms.IntegerField, forms.DecimalField, forms.FloatField),
    *(forms.DateField, forms.TimeField, forms.DateTimeField),
)
PATTERNS = (forms.RegexField, forms.SlugField, forms.EmailField)


def accept_full_width() -> None:
    """Let fields of numbers, days, times and patterns read full-width characters."""
    for field in (*FIELDS, *PATTERNS):
        if not hasattr(field.to_python, "__wrapped__"):
            field.to_python = _folded(field.to_python)  # type: ignore[method-assign] # see above


def _folded(to_python: Any) -> Any:
    @wraps(to_python)
    def read(field: forms.Field, value: Any) -> Any:
        if isinstance(value, str):
            value = value.translate(FULL_WIDTH)
        return to_python(field, value)

    return read
