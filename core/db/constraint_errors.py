"""The message of the constraint that a database error names."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from django.apps import apps
from django.db import IntegrityError, models
from django.db.models import BaseConstraint

from core.db.triggers import Forbidden, iter_triggers
from core.errors import ConstraintViolated


def iter_constraints() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    """Yield every named constraint of every table, with its model."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            yield model, constraint


def violated_constraint(error: IntegrityError) -> ConstraintViolated | None:
    """Return the constraint that caused a database error, with its message.

    For a plain unique constraint SQLite names the columns instead. A trigger whose name
    begins with a constraint's speaks for it (`Forbidden`). Only the first line counts:
    those after it show the row, with whatever was typed.
    """
    text = str(error).partition("\n")[0]
    named = re.findall(r"\w+", text)
    found: list[BaseConstraint] = []
    for model, constraint in iter_constraints():
        columns = _columns(model, getattr(constraint, "fields", ()))
        if columns and text.endswith(f": {columns}"):
            return ConstraintViolated(rule=constraint.get_violation_error_message())
        if any(_is_named_after(name, constraint.name) for name in named):
            found.append(constraint)
    if not found:
        return _told_by_trigger({*named})
    closest = max(found, key=lambda constraint: len(constraint.name))
    return ConstraintViolated(rule=closest.get_violation_error_message())


def _told_by_trigger(named: set[str]) -> ConstraintViolated | None:
    """Return what the trigger says that an error names, if it says anything."""
    for config in apps.get_app_configs():
        for _table, trigger in iter_triggers(config):
            if (
                isinstance(trigger, Forbidden)
                and trigger.told
                and trigger.name in named
            ):
                return ConstraintViolated(rule=trigger.told)
    return None


def _is_named_after(name: str, constraint: str) -> bool:
    """Whether a name is a constraint's, or that of a trigger that holds it too."""
    return name == constraint or name.startswith(f"{constraint}_")


def _columns(model: type[models.Model], names: Sequence[str]) -> str:
    fields = (cast(models.Field, model._meta.get_field(name)) for name in names)
    return ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)


@contextmanager
def translate_integrity_errors() -> Iterator[None]:
    """Turn database errors of the block into the violated constraint's refusal."""
    try:
        yield
    except IntegrityError as error:
        if (rule := violated_constraint(error)) is None:
            raise
        raise rule from error
