"""Audit entries for readers: actions, columns and values by their labels.

`@action(label=…)` declares an action's label; an entry of an action that is no longer
declared shows its key.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.actions import find_action
from core.audit.columns import find_column, find_field, may_name_person
from core.audit.port import DIGEST_SUFFIX
from core.dates import format_day, format_month, format_time
from core.db.fields import EncryptedTextField
from core.db.money import MoneyField
from core.numbers import format_number
from core.registries.registry import Registry
from core.text import StrOrPromise

HIDDEN = "******"
"""What stands for a number: the log keeps its last digits, a history shows none."""
TYPED = (models.DateField, MoneyField, EncryptedTextField)


@dataclass(frozen=True, slots=True)
class PresentedChange:
    """One column of a record, before and after an action."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PresentedEntry:
    """One audit entry as readers see it."""

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

DETAILS: Mapping[str, StrOrPromise] = {
    "number": "%(value)s",
    "month": _("month of %(value)s"),
    "rows": _("%(value)s rows"),
}
"""What access entries say beside their subject, for readers; the rest is evidence."""


@dataclass(frozen=True, slots=True)
class ValueLabels:
    """How the codes in a column are translated to labels."""

    key: str
    label: Callable[[Any], str]


value_labels: Registry[ValueLabels] = Registry("Labels of a column")


def label_values(model: str, **columns: Callable[[Any], str]) -> None:
    """Register how the codes in some columns of a model are labelled."""
    value_labels.add(
        *(ValueLabels(f"{model}.{name}", label) for name, label in columns.items())
    )


@dataclass(frozen=True, slots=True)
class NameLabels:
    """How the names of values that are no columns are said, such as those of figures.

    `label` returns None for a name that it does not know.
    """

    key: str
    label: Callable[[str], StrOrPromise | None]


name_labels: Registry[NameLabels] = Registry("Labels of other values of a model")


def label_names(model: str, label: Callable[[str], StrOrPromise | None]) -> None:
    """Register how the names of logged values of a model are labelled."""
    name_labels.add(NameLabels(model, label))


def actor_label(name: str) -> str:
    """Return who did something: a person by the name then, or the system itself."""
    return name or gettext("The system")


def action_label(action: str) -> str:
    """Return an action's label, or its key if it is no longer declared."""
    declared = find_action(action)
    return str(declared.label) if declared is not None else action


def subject_label(subject_type: str) -> str:
    """Return the label of the kind of record that an entry is about."""
    kinds = {m._meta.label: m._meta.verbose_name for m in apps.get_models()}
    return str(capfirst(kinds.get(subject_type, subject_type)))


def channel_label(channel: str) -> str:
    """Return the label of the channel by which an action was called."""
    return str(CHANNELS.get(channel, channel))


def present_details(subject_type: str, details: Mapping[str, Any]) -> str:
    """Return what an access entry says beside its subject, in words."""
    return " · ".join(
        str(label) % {"value": _detail(subject_type, name, details[name])}
        for name, label in DETAILS.items()
        if name in details
    )


def _detail(subject_type: str, name: str, value: Any) -> str:
    if name == "number":
        column = find_column(apps.get_model(subject_type), str(value))
        return str(column.verbose_name if column is not None else value)
    if name == "month":
        return format_month(dt.date.fromisoformat(f"{value}-01"))
    return str(value)


def present_entries(entries: Iterable[Any]) -> list[PresentedEntry]:
    """Return audit entries as readers see them."""
    return [
        PresentedEntry(
            entry.at,
            actor_label(entry.actor_name),
            action_label(entry.action),
            entry.reason,
            present_changes(entry.subject_type, entry.before, entry.after),
        )
        for entry in entries
    ]


def present_changes(
    subject_type: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    is_personal: Callable[[str], bool] | None = None,
) -> list[PresentedChange]:
    """Return the changes of each column that means something to readers.

    With `is_personal`, which says whether a kind of record is about people, values that
    may name a person are hidden: the change is shown, the person is not.
    """
    model = apps.get_model(subject_type)

    def present(name: str, value: Any) -> str:
        if is_personal and value and may_name_person(model, name, value, is_personal):
            return HIDDEN
        return _value(model, name, value)

    return [
        PresentedChange(_label(model, name), *(present(name, v) for v in pair))
        for name, pair in _pairs(before, after).items()
        if _is_presentable(model, name)
    ]


def _pairs(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, tuple[Any, Any]]:
    names = dict.fromkeys([*before, *after])
    return {name: (before.get(name), after.get(name)) for name in names}


def _is_presentable(model: type[models.Model], name: str) -> bool:
    """Whether a column means something to readers: no keys, counters or paths."""
    column = find_column(model, name)
    if column is None:
        return not name.endswith(DIGEST_SUFFIX)
    is_labelled = isinstance(column.verbose_name, Promise)
    is_inner = column.primary_key or name == "path"
    return not is_inner and (is_labelled or column.editable)


def _label(model: type[models.Model], name: str) -> str:
    field = find_field(model, name)
    if field is None:
        return _label_of_other(model, name)
    if field.concrete:
        return str(capfirst(field.verbose_name))
    return str(capfirst(field.related_model._meta.verbose_name_plural))


def _label_of_other(model: type[models.Model], name: str) -> str:
    """Return what a logged value that is no column is called."""
    key = model._meta.label
    known = name_labels.get(key).label(name) if key in name_labels else None
    return name if known is None else str(capfirst(known))


def _value(model: type[models.Model], name: str, value: Any) -> str:
    column = find_column(model, name)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if column is not None and column.is_relation:
        rows: models.QuerySet[Any] = models.QuerySet(column.related_model)
        row = rows.filter(pk=value).first()
        return str(row) if row is not None else str(value)
    key = f"{model._meta.label}.{name}"
    if key in value_labels:
        return value_labels.get(key).label(value)
    if isinstance(column, TYPED):
        return _format_typed(column, value)
    labels = {str(k): str(v) for k, v in getattr(column, "flatchoices", ())}
    return labels.get(str(value), str(value))


def _format_typed(column: Any, value: Any) -> str:
    """Return a logged day or amount as people read it, and no part of a number."""
    if isinstance(column, EncryptedTextField):
        return HIDDEN
    if isinstance(column, MoneyField):
        return _format_money(value)
    return _format_date(column, value)


def _format_money(value: Any) -> str:
    """Return a logged amount as the pages show it: 5,000.00."""
    try:
        return format_number(Decimal(str(value)), 2)
    except ArithmeticError:
        return str(value)


def _format_date(column: models.DateField, value: Any) -> str:
    """Return a logged day, month or time as people read it."""
    try:
        parsed = column.to_python(value)
    except ValidationError:
        return str(value)
    if isinstance(parsed, dt.datetime):
        is_day = parsed.tzinfo is None  # logged when the column held days
        return format_day(parsed) if is_day else format_time(parsed)
    is_month = column.name == "month" or column.name.endswith("_month")
    return format_month(parsed) if is_month else format_day(parsed)
