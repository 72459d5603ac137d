"""The trail put into the reader's words: deeds by name, columns by label.

Each app names its deeds in `<app>/deeds.py`; a action without a name shows its code.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actions import actions
from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class PresentedChange:
    """One column of a record, before and after a deed."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PresentedEntry:
    """One entry of the trail, as its reader is told of it."""

    at: dt.datetime
    who: str
    action: str
    reason: str
    lines: list[PresentedChange]


CHANNELS: Mapping[str, StrOrPromise] = {
    "page": _("Work page"),
    "admin": _("Administration page"),
    "command": _("By the machine"),
    "job": _("Job in the background"),
}


@dataclass(frozen=True, slots=True)
class ValueWords:
    """What readers call the codes that stand in a column."""

    key: str
    words: Callable[[Any], str]


value_words: Registry[ValueWords] = Registry("Words of a column")


def word_values(model: str, **columns: Callable[[Any], str]) -> None:
    """Say how the codes in some columns of a model are put into words."""
    value_words.add(
        *(ValueWords(f"{model}.{name}", words) for name, words in columns.items())
    )


def named(action: str) -> str:
    """Return what readers call a deed."""
    return str(actions.get(action).label) if action in actions else action


def kind_named(subject_type: str) -> str:
    """Return what readers call the kind of record that an entry is about."""
    kinds = {m._meta.label: m._meta.verbose_name for m in apps.get_models()}
    return str(capfirst(kinds.get(subject_type, subject_type)))


def channel_named(channel: str) -> str:
    """Return what readers call the way by which a action came in."""
    return str(CHANNELS.get(channel, channel))


def present_entries(entries: Iterable[Any]) -> list[PresentedEntry]:
    """Return entries of the trail in the reader's words."""
    return [
        PresentedEntry(
            entry.at,
            entry.actor_name,
            named(entry.action),
            entry.reason,
            lines_of(entry.subject_type, entry.before, entry.after),
        )
        for entry in entries
    ]


def lines_of(
    subject_type: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> list[PresentedChange]:
    """Return what an entry says of each column that people know of."""
    model = apps.get_model(subject_type)
    return [
        PresentedChange(_label(model, name), *(_value(model, name, v) for v in pair))
        for name, pair in _pairs(before, after).items()
        if _is_told(model, name)
    ]


def _pairs(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys([*before, *after])
    return {name: (before.get(name), after.get(name)) for name in names}


def _column(model: type[models.Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _is_told(model: type[models.Model], name: str) -> bool:
    """Whether a column means anything to people: no keys, counters or paths."""
    column = _column(model, name)
    if column is None:
        return True
    plain = str(column.verbose_name) == column.name.replace("_", " ")
    return not (column.primary_key or name == "path" or (plain and not column.editable))


def _label(model: type[models.Model], name: str) -> str:
    column = _column(model, name)
    return str(capfirst(column.verbose_name)) if column is not None else name


def _value(model: type[models.Model], name: str, value: Any) -> str:
    column = _column(model, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if column is not None and column.is_relation:
        row = column.related_model._default_manager.filter(pk=value).first()
        return str(row) if row is not None else str(value)
    key = f"{model._meta.label}.{name}"
    if key in value_words:
        return value_words.get(key).words(value)
    labels = {str(k): str(v) for k, v in getattr(column, "flatchoices", ())}
    return labels.get(str(value), str(value))
