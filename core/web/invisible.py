"""Typed texts are read without control characters and marks of direction.

Nobody types them: they come with what is pasted from elsewhere, and with them a reader
sees another text than the one that is stored. Fields are made by forms and by the admin
from columns, so this is laid upon the field class itself, once, at the start. Passwords
and other texts that are not stripped stay as they are; a null character is refused by
Django.
"""

import re
from typing import Any

from django import forms

UNSEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def drop_unseen_characters() -> None:
    """Let fields of text drop the characters that nobody sees."""
    if forms.CharField.to_python is not _read_seen:
        forms.CharField.to_python = _read_seen  # type: ignore[assignment, method-assign] # see above


_to_python = forms.CharField.to_python


def _read_seen(field: forms.CharField, value: Any) -> Any:
    if isinstance(value, str) and field.strip:
        value = UNSEEN.sub("", value)
    return _to_python(field, value)
