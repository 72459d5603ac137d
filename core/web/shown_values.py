"""What each field of a form showed when it was opened, to know what a person changed.

The version token carries a short digest of each field's first value. A field whose sent
value has that digest was left alone: if the record changed meanwhile, its stored value
stands, and is not called the person's own. A list that is no field, as the attendance
of a meeting, is compared in the same way, line by line, and so is a list of ticks.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, Protocol

from django import forms
from django.http import QueryDict

from core.text import StrOrPromise

LENGTH = 8
SEPARATOR = "."
LINE = "/"  # between the name of a list and the key of its line


class ShownList(Protocol):
    """A list on a form that is no field; the form has it among its `shown_lists`."""

    @property
    def name(self) -> str:
        """The name of the list in the version token."""

    @property
    def label(self) -> StrOrPromise:
        """What the list is called where its versions are compared."""

    def first_lines(self) -> Mapping[str, str]:
        """Return the stored lines by their keys; a line that says nothing has none."""

    def sent_lines(self) -> Mapping[str, str]:
        """Return the lines that were sent, likewise."""

    def put_first_lines(self, data: QueryDict, touched: Set[str]) -> None:
        """Send the stored lines instead of what was sent, but for the touched ones."""

    def describe_lines(self, keys: Set[str]) -> tuple[str, str]:
        """Return in words what was sent, and what is stored, in these lines."""


class ShownTicks:
    """A field of which several values can be ticked, each tick being a line."""

    def __init__(self, bound: forms.BoundField) -> None:
        self.bound, self.name, self.label = bound, bound.name, bound.label

    def first_lines(self) -> Mapping[str, str]:
        """Return the stored ticks."""
        return {_digest([value]): value for value in first_value(self.bound)}

    def sent_lines(self) -> Mapping[str, str]:
        """Return the ticks that were sent."""
        values = _sent_value(self.bound.form, self.bound)
        return {_digest([value]): value for value in values}

    def put_first_lines(self, data: QueryDict, touched: Set[str]) -> None:
        """Send the stored ticks, with those that the person changed."""
        lines = {**self.first_lines(), **self.sent_lines()}
        source = {key: self.first_lines() for key in lines}
        source |= {key: self.sent_lines() for key in touched & {*lines}}
        ticked = [value for key, value in lines.items() if key in source[key]]
        data.setlist(self.bound.html_name, ticked)

    def describe_lines(self, keys: Set[str]) -> tuple[str, str]:
        """Return which of these are ticked as sent, and as stored."""
        sent, stored = self.sent_lines(), self.first_lines()
        choices: Any = getattr(self.bound.field, "choices", ())
        labels = {_digest([str(value)]): str(label) for value, label in choices}
        lines = {**stored, **sent}
        yours, now = (
            "、".join(
                labels.get(key, lines[key]) for key in lines if key in keys & {*one}
            )
            for one in (sent, stored)
        )
        return yours, now


def lists_of(form: forms.BaseForm) -> Sequence[ShownList]:
    """Return what is compared line by line: lists that are no fields, and ticks."""
    ticks = [ShownTicks(b) for b in form if not b.is_hidden and _has_ticks(b.field)]
    return (*getattr(form, "shown_lists", ()), *ticks)


def _has_ticks(field: forms.Field) -> bool:
    return isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)


def stamp_of(form: forms.BaseForm, version: str) -> str:
    """Return the version token of a form, with the digests of its first values."""
    digests = [f"{b.name}:{_digest(first_value(b))}" for b in _shown(form)]
    for one in lists_of(form):
        lines = one.first_lines()
        digests.append(f"{one.name}:{len(lines)}")
        digests += [
            f"{one.name}{LINE}{key}:{_digest([line])}" for key, line in lines.items()
        ]
    return SEPARATOR.join([version, *digests])


def version_in(token: str | None) -> str:
    """Return the version of the record in a token, without the digests."""
    return (token or "").partition(SEPARATOR)[0]


def touched_fields(form: forms.BaseForm, token: str) -> set[str]:
    """Return the fields and lists that the person changed, all if no token says so."""
    digests = _digests_in(token)
    sent = {bound.name: _sent_value(form, bound) for bound in _shown(form)}
    touched = {name for name in sent if digests.get(name) != _digest(sent[name])}
    return touched | {one.name for one in lists_of(form) if touched_lines(one, token)}


def overtaken_fields(form: forms.BaseForm, token: str) -> set[str]:
    """Return the fields that were changed here and elsewhere, to different values."""
    shown, overtaken = _digests_in(token), set()
    for bound in _shown(form):
        stored, sent = first_value(bound), _sent_value(form, bound)
        untouched = {_digest(stored), _digest(sent)}
        if stored != sent and shown.get(bound.name, "") not in untouched:
            overtaken.add(bound.name)
    return overtaken


def touched_lines(one: ShownList, token: str) -> set[str]:
    """Return the keys of the lines that the person changed, all if no token says so."""
    digests, sent = _digests_in(token), one.sent_lines()
    if one.name not in digests:
        return {*sent, *one.first_lines()}
    start = one.name + LINE
    shown = {
        name.removeprefix(start): digest
        for name, digest in digests.items()
        if name.startswith(start)
    }
    now = {key: _digest([line]) for key, line in sent.items()}
    return {key for key in {*shown, *now} if shown.get(key) != now.get(key)}


def _digests_in(token: str) -> dict[str, str]:
    parts = (part.partition(":") for part in token.split(SEPARATOR)[1:])
    return {name: digest for name, colon, digest in parts if colon}


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
    return (b for b in form if not b.is_hidden and not _has_ticks(b.field))


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
