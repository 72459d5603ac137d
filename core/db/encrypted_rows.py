"""Which rows are encrypted under which key, read without decrypting them."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models

from core import crypto
from core.db.fields import EncryptedTextField


def encrypted_columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Yield each model that has encrypted columns, with their columns' names."""
    for model in apps.get_models():
        columns = [
            str(field.column)
            for field in model._meta.concrete_fields
            if isinstance(field, EncryptedTextField)
        ]
        if columns:
            yield model, columns


def find_rows(
    model: type[models.Model], columns: list[str], condition: str, name: str, limit: int
) -> list[Any]:
    """Return keys of rows of which a column's key is (`=`) or is not (`<>`) the named.

    An encrypted text begins with its version and the name of its key.
    """
    prefix, quote = crypto.prefix_of(name), connection.ops.quote_name
    table, key = quote(model._meta.db_table), quote(str(model._meta.pk.column))
    names = [quote(column) for column in columns]
    any_column = " OR ".join(
        f"({n} <> '' AND substr({n}, 1, %s) {condition} %s)" for n in names
    )
    sql = f"SELECT {key} FROM {table} WHERE {any_column} ORDER BY {key} LIMIT {limit}"  # noqa: S608 -- names of ours
    with connection.cursor() as cursor:
        cursor.execute(sql, [len(prefix), prefix] * len(names))
        return [row[0] for row in cursor.fetchall()]


def is_key_in_use(name: str) -> bool:
    """Whether a row is encrypted under the key."""
    return any(
        find_rows(model, columns, "=", name, 1)
        for model, columns in encrypted_columns()
    )
