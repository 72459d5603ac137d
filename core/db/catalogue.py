"""Reads PostgreSQL's catalogue by PostgreSQL's own functions and operators alone.

A function or operator in another schema that fits the arguments better is taken before
PostgreSQL's own, wherever its schema stands on the path. So what checks the database
looks for names in `pg_catalog` alone and names our schema where it means it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

SCHEMA = "public"  # of our tables; `POSTGRESQL_OPTIONS` lets every connection use it
OUR_SCHEMA = f"'{SCHEMA}'::regnamespace"


@contextmanager
def catalogue_alone() -> Iterator[None]:
    """Look for names in PostgreSQL's catalogue alone; does nothing on SQLite."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_catalog.current_setting('search_path')")
        (path,) = cursor.fetchone()
        cursor.execute("SET LOCAL search_path = pg_catalog")
        yield
        cursor.execute("SELECT set_config('search_path', %s, true)", [path])


def read_catalogue(sql: str, parameters: Any = None) -> list[tuple[Any, ...]]:
    """Return the rows of a query over the catalogue."""
    with catalogue_alone(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
