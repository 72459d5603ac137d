"""Changes that the owner of the tables makes past the application.

`targets` is the written list: every column of every proved table, and the rows.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from core.db.digests import digested_models
from core.db.triggers import iter_triggers
from figures.models import Figure

DELETED = "*"


@dataclass(frozen=True)
class Target:
    """A column of a table, or its rows as such."""

    model: type[models.Model]
    column: str

    def __str__(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"


def targets() -> list[Target]:
    """Return what can be tampered with: each column of each table, and deletion.

    Figures have no digests of their own, but every one of them is proved.
    """
    return [
        target for model in [*digested_models(), Figure] for target in targets_of(model)
    ]


def targets_of(model: type[models.Model]) -> list[Target]:
    """Return what can be tampered with in one table."""
    return [Target(model, column) for column in [*_columns(model), DELETED]]


def _columns(model: type[models.Model]) -> list[str]:
    omitted = {*getattr(model, "without_digest", ())}
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if not field.primary_key and field.column not in omitted
    ]


@contextmanager
def owner_of_the_tables() -> Iterator[None]:
    """Lift triggers and checks as an owner would; put everything back at the end."""
    connection.check_constraints()  # PostgreSQL alters no table with open checks
    with transaction.atomic(), connection.cursor() as cursor:
        for config in apps.get_app_configs():
            for table, trigger in iter_triggers(config):
                trigger.remove(table)
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
            transaction.set_rollback(True)


def tamper(target: Target, key: Any) -> bool:
    """Change the column of a row or delete the row; whether the database let it."""
    quote, meta = connection.ops.quote_name, target.model._meta
    table, pk = quote(meta.db_table), quote(str(meta.pk.column))
    if target.column == DELETED:
        return _run(f"DELETE FROM {table} WHERE {pk} = %s", [key])  # noqa: S608
    column = quote(target.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE {pk} = %s", [key])  # noqa: S608
        (before,) = cursor.fetchone()
    return any(write(target, key, value) for value in _others(target, before))


def write(target: Target, key: Any, value: Any) -> bool:
    """Write a value into the column of a row; whether the database let it."""
    quote, meta = connection.ops.quote_name, target.model._meta
    table, pk = quote(meta.db_table), quote(str(meta.pk.column))
    column = quote(target.column)
    sql = f"UPDATE {table} SET {column} = %s WHERE {pk} = %s"  # noqa: S608
    return _run(sql, [value, key])


def _run(sql: str, params: list[Any]) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
    except DatabaseError:  # a constraint that the owner has left in place
        return False
    return True


def _others(target: Target, before: Any) -> list[Any]:
    """Return other values for a column, likely ones first."""
    name = next(f.name for f in target.model._meta.fields if f.column == target.column)
    field = target.model._meta.get_field(name)
    choices = [value for value, _label in getattr(field, "flatchoices", ())]
    by_kind: dict[Any, list[Any]] = {
        models.BooleanField: [not before],
        models.JSONField: ['{"tampered": 1}'],
        models.BinaryField: [b"tampered"],
        models.DateTimeField: [dt.datetime(2026, 3, 1, tzinfo=dt.UTC)],
        models.DateField: [
            day
            for day in (dt.date(2026, 3, 1), dt.date(2026, 4, 1))
            if f"{day}" != f"{before}"  # SQLite gives a text
        ],
    }
    if type(field) in by_kind:
        return by_kind[type(field)]
    if isinstance(before, int | Decimal) or field.is_relation:
        return [(before or 0) + n for n in (1, 2, -1)]
    texts = choices or [f"{before or ''}x"[-60:], "x", "9"]
    return [text for text in texts if text != before]
