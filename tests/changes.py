"""What a stretch of a test changed: every row of every table of ours, compared.

Reading all tables before and after each of thousands of requests is what made the
matrices slow. A table is therefore copied just before the first statement that writes
to it, and only copied tables are compared afterwards. A statement that writes and whose
table cannot be told has all tables copied, so that nothing slips by.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection, models

READS = re.compile(
    r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|SET|SHOW|PRAGMA|EXPLAIN)\b",
    re.IGNORECASE,
)
WRITES = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)"
    r"\s+\"?(\w+)",
    re.IGNORECASE,
)
Rows = list[tuple[Any, ...]]


def our_tables() -> dict[str, type[models.Model]]:
    """The models whose rows are records, by the names of their tables."""
    return {
        model._meta.db_table: model
        for model in apps.get_models()
        if model._meta.app_label in settings.OUR_APPS
    }


def rows_of(model: type[models.Model]) -> Rows:
    """Every row of a table, in order, as the driver returns it."""
    quote, meta = connection.ops.quote_name, model._meta
    with connection.cursor() as cursor:
        table, key = quote(meta.db_table), quote(meta.pk.column)
        cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608 -- our names
        return cursor.fetchall()


def column_names(model: type[models.Model]) -> list[str]:
    """The columns of a table in the order in which `rows_of` returns them."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 -- our names
        return [column[0] for column in cursor.description]


class Changes:
    """Copies of the tables as they stood before the first write to each."""

    def __init__(self) -> None:
        self._ours = our_tables()
        self._before: dict[str, Rows] = {}

    def tables(self) -> set[str]:
        """The labels of the tables whose rows are not what they were."""
        return {
            self._ours[table]._meta.label
            for table, rows in self._before.items()
            if rows_of(self._ours[table]) != rows
        }

    def written(self) -> dict[type[models.Model], list[dict[str, Any]]]:
        """Return the rows that are new or not what they were, by their model.

        Each is a dictionary by column; `is new` says that it was not there.
        """
        found: dict[type[models.Model], list[dict[str, Any]]] = {}
        for table, rows in self._before.items():
            model, names = self._ours[table], column_names(self._ours[table])
            at = names.index(model._meta.pk.column)
            keys, before = {row[at] for row in rows}, set(map(repr, rows))
            changed = [
                {**dict(zip(names, row, strict=True)), "is new": row[at] not in keys}
                for row in rows_of(model)
                if repr(row) not in before
            ]
            if changed:
                found[model] = changed
        return found

    def copy_before(self, execute: Callable[..., Any], sql: Any, *rest: Any) -> Any:
        """Run a statement, once the tables that it may write to are copied."""
        for table in self._written_by(str(sql)):
            if table not in self._before:
                self._before[table] = rows_of(self._ours[table])
        return execute(sql, *rest)

    def _written_by(self, sql: str) -> set[str]:
        if READS.match(sql):
            return set()
        told = WRITES.match(sql)
        return {told[1]} & {*self._ours} if told else {*self._ours}


@contextmanager
def watched() -> Iterator[Changes]:
    """Note what is changed inside."""
    changes = Changes()
    with connection.execute_wrapper(changes.copy_before):
        yield changes
