"""What each field of a form showed when it was opened, to know what a person changed.

The version token carries a short digest of each field's first value. A field whose sent
value has that digest was left alone: if the record changed meanwhile, its stored value
stands, and is not called the person's own. A list that is no field, as the attendance
of a meeting, is compared in the same way, as a whole.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Protocol

from django import forms
from django.http import QueryDict

from core.text import StrOrPromise

LENGTH = 8
SEPARATOR = "."


class ShownList(Protocol):
    """A list on a form that is no field; the form has it among its `shown_lists`."""

    name: ClassVar[str]
    label: ClassVar[StrOrPromise]

    def first_values(self) -> list[str]:
        """Return the stored list."""

    def sent_values(self) -> list[str]:
        """Return the list that was sent."""

    def put_first_values(self, data: QueryDict) -> None:
        """Send the stored list instead of what was sent."""

    def describe_difference(self) -> tuple[str, str]:
        """Return in words what was sent, and what is stored, where they differ."""


def lists_of(form: forms.BaseForm) -> Sequence[ShownList]:
    """Return the lists of a form that are no fields."""
    return getattr(form, "shown_lists", ())


def stamp_of(form: forms.BaseForm, version: str) -> str:
    """Return the version token of a form, with the digests of its first values."""
    digests = [f"{b.name}:{_digest(first_value(b))}" for b in _shown(form)]
    digests += [f"{one.name}:{_digest(one.first_values())}" for one in lists_of(form)]
    return SEPARATOR.join([version, *digests])


def version_in(token: str | None) -> str:
    """Return the version of the record in a token, without the digests."""
    return (token or "").partition(SEPARATOR)[0]


def touched_fields(form: forms.BaseForm, token: str) -> set[str]:
    """Return the fields and lists that the person changed, all if no token says so."""
    digests = dict(
        part.split(":", 1) for part in token.split(SEPARATOR)[1:] if ":" in part
    )
    sent = {bound.name: _sent_value(form, bound) for bound in _shown(form)}
    sent |= {one.name: one.sent_values() for one in lists_of(form)}
    return {name for name in sent if digests.get(name) != _digest(sent[name])}


def first_value(bound: forms.BoundField) -> list[str]:
    """Return what a browser would send of a field that nobody touched."""
    value, widget = bound.field.prepare_value(bound.initial), bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return _as_texts(bool(value))
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets, widget.decompress(value) or (), strict=False)
        return [str(part.format_value(one) or "") for part, one in parts]
    return _as_texts(widget.format_value(value))


def put_first_value(data: QueryDict, bound: forms.BoundField) -> None:
    """Send the stored value of a field instead of what was sent."""
    values, widget = first_value(bound), bound.field.widget
    if isinstance(widget, forms.MultiWidget):
        for number, value in enumerate(values):
            data[f"{bound.html_name}_{number}"] = value
    elif values:
        data.setlist(bound.html_name, values)
    else:
        data.pop(bound.html_name, None)


def _shown(form: forms.BaseForm) -> Iterator[forms.BoundField]:
    return (bound for bound in form if not bound.is_hidden)


def _sent_value(form: forms.BaseForm, bound: forms.BoundField) -> list[str]:
    read = bound.field.widget.value_from_datadict
    return _as_texts(read(form.data, form.files, bound.html_name))


def _as_texts(value: Any) -> list[str]:
    if value is None or value is False or value == "":
        return []
    values = value if isinstance(value, (list, tuple)) else [value]
    texts = [
        str(one).replace("\r\n", "\n").strip() for one in values if one is not None
    ]
    return texts if any(texts) else []


def _digest(values: list[str]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:LENGTH]
