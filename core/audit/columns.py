"""The columns that logged values belong to, and which of them may name a person."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from core.db.money import MoneyField

IMPERSONAL = (
    *(models.BooleanField, models.IntegerField, models.DecimalField),
    *(models.DateField, MoneyField),
)
"""Columns that name nobody, whatever record they are in."""
BIRTH = "birth_date"


def may_name_person(
    model: type[models.Model],
    name: str,
    value: Any,
    is_personal: Callable[[str], bool],
) -> bool:
    """Whether a value may tell who somebody is."""
    column = find_column(model, name)
    if column is None:
        return isinstance(value, str) and not _is_iso_date(value)
    if column.is_relation:
        return is_personal(column.related_model._meta.label)
    is_code = bool(getattr(column, "flatchoices", ()))
    return name == BIRTH or not (is_code or isinstance(column, IMPERSONAL))


def _is_iso_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def find_column(model: type[models.Model], name: str) -> Any:
    """Return the column of a name; None for reverse relations and other values."""
    field = find_field(model, name)
    return field if field is not None and field.concrete else None


def find_field(model: type[models.Model], name: str) -> Any:
    """Return a field by its name; the log is never rewritten and keeps former ones."""
    former: Mapping[str, str] = getattr(model, "former_columns", {})
    try:
        return model._meta.get_field(former.get(name, name))
    except FieldDoesNotExist:
        return None
