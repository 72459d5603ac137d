"""Which columns may be empty, which are unique, and where they point.

Fields say this by themselves, without a constraint of their own name, so the rows of
the catalogue are compared with the fields.
"""

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from django.db import connection, models

from core.db.catalogue import read_catalogue

Key: TypeAlias = tuple[str, str, str]
"""The table, what holds for it, and the columns or where a column points."""
NEVER_EMPTY, UNIQUE, POINTS = "NOT NULL", "UNIQUE", "FOREIGN KEY"
ON_POSTGRESQL = """
SELECT c.relname, 'NOT NULL', a.attname
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE a.attnum > 0 AND a.attnotnull AND c.relname = ANY(%(tables)s)
  AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT c.relname, 'UNIQUE', array_to_string(array(
  SELECT a.attname FROM pg_attribute a
  WHERE a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
  ORDER BY a.attname COLLATE "C"), ', ')
FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid
WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
  AND c.relname = ANY(%(tables)s) AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT c.relname, 'FOREIGN KEY', a.attname || ' to ' || f.relname
FROM pg_class c JOIN pg_constraint k ON k.conrelid = c.oid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
JOIN pg_class f ON f.oid = k.confrelid AND f.relnamespace = c.relnamespace
WHERE k.contype = 'f' AND k.convalidated AND cardinality(k.conkey) = 1
  AND c.relname = ANY(%(tables)s) AND c.relnamespace = 'public'::regnamespace
"""
ON_SQLITE = """
SELECT t.name, 'NOT NULL', i.name FROM sqlite_master t, pragma_table_info(t.name) i
WHERE t.type = 'table' AND (i."notnull" OR i.pk)
UNION ALL
SELECT t.name, 'UNIQUE', i.name FROM sqlite_master t, pragma_table_info(t.name) i
WHERE t.type = 'table' AND i.pk
UNION ALL
SELECT t.name, 'UNIQUE', (SELECT group_concat(name, ', ')
  FROM (SELECT name FROM pragma_index_info(x.name) ORDER BY name))
FROM sqlite_master t, pragma_index_list(t.name) x
WHERE t.type = 'table' AND x."unique" AND NOT x.partial
UNION ALL
SELECT t.name, 'FOREIGN KEY', f."from" || ' to ' || f."table"
FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table'
"""


def find_missing_keys(ours: Sequence[type[models.Model]]) -> Iterator[str]:
    """Yield what the fields promise and the tables do not hold."""
    held: set[Any] = set(_read([model._meta.db_table for model in ours]))
    for model in ours:
        for table, kind, columns in sorted(set(_iter_made(model)) - held):
            yield f"{kind} {columns} of {table} is missing: add it again as the owner"


def _read(tables: list[str]) -> list[tuple[Any, ...]]:
    if connection.vendor == "postgresql":
        return read_catalogue(ON_POSTGRESQL, {"tables": tables})
    with connection.cursor() as cursor:
        cursor.execute(ON_SQLITE)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _iter_made(model: type[models.Model]) -> Iterator[Key]:
    meta = model._meta
    columns_by_name = {f.name: str(f.column) for f in meta.local_concrete_fields}
    for field in meta.local_concrete_fields:
        column = str(field.column)
        if not field.null:
            yield meta.db_table, NEVER_EMPTY, column
        if field.unique:
            yield meta.db_table, UNIQUE, column
        if isinstance(field, models.ForeignKey):
            target = field.remote_field.model._meta.db_table
            yield meta.db_table, POINTS, f"{column} to {target}"
    for names in meta.unique_together:
        columns = sorted(columns_by_name[name] for name in names)
        yield meta.db_table, UNIQUE, ", ".join(columns)
