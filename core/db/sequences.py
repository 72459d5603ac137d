"""Whether every table numbers its rows on, and every row is kept as it must be.

A sequence that was set back lets the next row fail, or gives it the number of a row
that is gone. An unlogged table is empty after a crash.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection, models

from core.db.catalogue import SCHEMA, read_catalogue

OWNED = """
SELECT c.relname, a.attname, s.relname, q.seqincrement = 1 AND NOT q.seqcycle
FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
JOIN pg_sequence q ON q.seqrelid = s.oid JOIN pg_class c ON c.oid = d.refobjid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
  AND c.relname = ANY(%(tables)s) AND c.relnamespace = 'public'::regnamespace
"""
NEXT = """
SELECT {text}, last_value + CASE WHEN is_called THEN 1 ELSE 0 END,
       (SELECT max({column}) FROM {table}) FROM {sequence}
"""
NEXT_ON_SQLITE = """
SELECT '{text}', COALESCE((SELECT max(seq) FROM sqlite_sequence WHERE name = '{text}'),
       0) + 1, (SELECT max({column}) FROM {table})
"""
UNLOGGED = """
SELECT c.relname FROM pg_class c WHERE c.relname = ANY(%(tables)s)
  AND c.relnamespace = 'public'::regnamespace AND c.relpersistence <> 'p'
"""


def find_unsound_storage(ours: Sequence[type[models.Model]]) -> Iterator[str]:
    """Yield tables whose rows a crash would lose, and tables that number wrongly."""
    numbered = {
        model._meta.db_table: str(model._meta.pk.column)
        for model in ours
        if isinstance(model._meta.pk, models.AutoField | models.BigAutoField)
    }
    if connection.vendor == "postgresql":
        tables = {"tables": [model._meta.db_table for model in ours]}
        for (table,) in sorted(read_catalogue(UNLOGGED, tables)):
            yield (
                f"table {table} is unlogged and empty after a crash: ALTER TABLE"
                f" {table} SET LOGGED as the owner"
            )
        yield from _find_wrong_sequences(numbered)
    elif numbered:
        yield from _find_behind(_next_on_sqlite(numbered))


def _find_wrong_sequences(numbered: dict[str, str]) -> Iterator[str]:
    owned = read_catalogue(OWNED, {"tables": list(numbered)})
    quote, queries, seen = connection.ops.quote_name, [], set()
    for table, column, sequence, counts_on in sorted(owned):
        if column == numbered[table]:
            seen.add(table)
            names = {"column": column, "table": table, "sequence": sequence}
            parts = {key: quote(name) for key, name in names.items()}
            parts["table"] = f"{quote(SCHEMA)}.{parts['table']}"
            parts["sequence"] = f"{quote(SCHEMA)}.{parts['sequence']}"
            queries.append(NEXT.format(text=f"'{table}'", **parts))
        if not counts_on:
            yield (
                f"sequence {sequence} of {table} does not count on by one: ALTER"
                f" SEQUENCE {sequence} INCREMENT 1 NO CYCLE as the owner"
            )
    for table in sorted(numbered.keys() - seen):
        yield f"sequence of {table} is missing: restore from a backup"
    if queries:
        yield from _find_behind(read_catalogue(" UNION ALL ".join(queries)))


def _next_on_sqlite(numbered: dict[str, str]) -> list[tuple[Any, ...]]:
    quote = connection.ops.quote_name
    queries = [
        NEXT_ON_SQLITE.format(text=table, table=quote(table), column=quote(column))
        for table, column in numbered.items()
    ]
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for query in queries:  # one SELECT joins no more than a few hundred
            cursor.execute(query)
            rows.append(cursor.fetchone())
    return rows


def _find_behind(rows: list[tuple[Any, ...]]) -> Iterator[str]:
    for table, following, highest in sorted(rows):
        if highest is not None and following <= highest:
            yield (
                f"sequence of {table} was set back: it would give {following}, but"
                f" there is a row {highest}; set it to {highest} as the owner"
            )
