"""Detect edit conflicts: a row changed while its form was open.

A form carries a token of the row as it was shown. If the token no longer matches, the
write is refused with `EditConflict` and both versions are shown.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.http import QueryDict

from core.actors import Actor
from core.audit import was_last_changed_by
from core.errors import DomainError, EditConflict, OwnEditConflict
from core.text import StrOrPromise
from core.web.shown_values import (
    lists_of,
    overtaken_fields,
    put_first_value,
    stamp_of,
    touched_fields,
    touched_lines,
    version_in,
)

M = TypeVar("M", bound=models.Model)
MAX_TOKEN = 40_000  # the version, and a short digest of every field and line
VERSION_TOKEN = "version_token"  # noqa: S105 -- the name of a form field


def version_token(instance: models.Model) -> str:
    """Digest a row's columns, to detect changes.

    Columns that a model names in `bookkeeping` are left out: they change without
    anybody editing the record. Rows of the relations in `edited_with` count, too: they
    are edited on the same form.
    """
    bookkeeping = getattr(instance, "bookkeeping", ())
    values = {
        column.attname: column.value_from_object(instance)
        for column in instance._meta.concrete_fields
        if column.name not in bookkeeping
    }
    for name in getattr(instance, "edited_with", ()):
        rows = getattr(instance, name).order_by("pk").values()
        values[name] = [{**row, "id": None} for row in rows]
    body = json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, default=str)
    return hashlib.sha256(body.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """A field whose submitted value differs from the stored one."""

    label: StrOrPromise
    yours: str
    now: str


def conflicts_of(form: forms.BaseForm) -> list[FieldConflict]:
    """Return the fields and lists that the person changed to other than stored values.

    The form must have been initialized from the stored row.
    """
    conflicts = []
    token = form.data.get(form.add_prefix(VERSION_TOKEN), "")
    touched = touched_fields(form, token)
    lists = lists_of(form)
    for name in form.changed_data:
        bound = form[name]
        if name in touched and name not in {one.name for one in lists}:
            yours = display_value(bound.field, form.cleaned_data.get(name))
            now = display_value(bound.field, bound.initial)
            conflicts.append(FieldConflict(bound.label, yours, now))
    for one in lists:
        sent, stored = one.sent_lines(), one.first_lines()
        lines = touched_lines(one, token)
        if keys := {key for key in lines if sent.get(key) != stored.get(key)}:
            conflicts.append(FieldConflict(one.label, *one.describe_lines(keys)))
    return conflicts


def display_value(field: forms.Field, value: Any) -> str:
    """Return a form field's value as the field's choices label it."""
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ModelChoiceField):
        return _name_of_row(field, value)
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in field.widget.choices}
        wanted = value if isinstance(value, (list, tuple)) else [value]
        return "、".join(labels.get(str(item), str(item)) for item in wanted)
    return str(value)


def _name_of_row(field: forms.ModelChoiceField, value: Any) -> str:
    if isinstance(value, models.Model) or field.queryset is None:
        return str(value)
    return str(field.queryset.filter(pk=value).first() or "")


def with_fresh_token(form: forms.BaseForm, row: models.Model) -> QueryDict:
    """Return the submitted data with a current token: sending it again may save it."""
    return merged_data(form, version=version_token(row))


def merged_data(form: forms.BaseForm, *, version: str = "") -> QueryDict:
    """Return the submitted data merged with the stored values, and a token of them.

    Fields, and lines of lists, that the person left alone get their stored values, so
    that saving again takes nobody's change back.
    """
    data: QueryDict = form.data.copy()  # type: ignore[attr-defined] # as requests bring it
    key = form.add_prefix(VERSION_TOKEN)
    token = data.get(key, "")
    touched = touched_fields(form, token)
    for bound in form:
        if not bound.is_hidden and bound.name not in touched:
            put_first_value(data, bound)
    for one in lists_of(form):
        one.put_first_lines(data, touched_lines(one, token))
    data[key] = stamp_of(form, version)
    return data


def overtaken_values(form: forms.BaseForm) -> list[FieldConflict]:
    """Return the fields that somebody else changed to another value meanwhile.

    The form must have been initialized from the stored row. Ticks are never among
    them: whoever changes the same tick changes it to the same.
    """
    names = overtaken_fields(form, form.data.get(form.add_prefix(VERSION_TOKEN), ""))
    return [
        FieldConflict(
            bound.label,
            display_value(bound.field, form.cleaned_data.get(bound.name)),
            display_value(bound.field, bound.initial),
        )
        for bound in form
        if bound.name in names
    ]


def bring_up_to_date(form: forms.BaseForm) -> None:
    """Make a form that shows what was sent in vain fit to be sent again.

    What was left alone takes its stored value, and so do hidden fields, which tell what
    the page showed.
    """
    if not form.is_bound:
        return
    data = merged_data(form)
    for bound in form.hidden_fields():
        if bound.initial is not None:
            data[bound.html_name] = bound.initial
    form.data = data


def lock_unchanged(
    row: M, token: str | None, *, by: Actor, refusal: type[DomainError] | None = None
) -> M:
    """Lock and return the row as stored; refuse it if it differs from the shown one.

    Without a `refusal` of its own this is an edit conflict: with what the person
    changed in another window, or with somebody else.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",))
    locked = rows.get(pk=row.pk)
    if version_in(token) != version_token(locked):
        if refusal is not None:
            raise refusal
        raise OwnEditConflict if was_last_changed_by(locked, by) else EditConflict
    return locked
