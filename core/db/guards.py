"""Which triggers and constraints of this version the database does not enforce.

Who owns the tables can drop or disable them. Every row may still be right, yet the next
wrong one would be stored.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection, models

from core.db.constraints import iter_constraints
from core.db.triggers import iter_triggers

TRIGGERS = """
SELECT t.tgname, t.tgenabled IN ('O', 'A'), p.prosrc
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND pg_table_is_visible(t.tgrelid)
"""
CONSTRAINTS = """
SELECT conname FROM pg_constraint WHERE convalidated
UNION SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
WHERE i.indisvalid AND i.indisunique AND pg_table_is_visible(c.oid)
"""
NAMED = re.compile(r'CONSTRAINT "(\w+)"')
SQLITE_OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"


def find_missing_guards() -> Iterator[str]:
    """Yield each trigger and constraint that is missing, disabled or another one."""
    yield from _find_missing_triggers()
    yield from _find_missing_constraints()


def _find_missing_triggers() -> Iterator[str]:
    in_force = dict(_triggers_in_force())
    for config in apps.get_app_configs():
        for table, trigger in iter_triggers(config):
            for name in trigger.names():
                if name not in in_force:
                    yield f"trigger {name} of {table} is missing"
                elif in_force[name] not in {None, trigger.body(table)}:
                    yield f"trigger {name} of {table} does something else"


def _triggers_in_force() -> Iterator[tuple[str, str | None]]:
    """Yield the name and, where the database tells, the body of each trigger."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(TRIGGERS)
            rows = cursor.fetchall()
            yield from ((name, body.strip()) for name, enabled, body in rows if enabled)
            return
        cursor.execute(SQLITE_OBJECTS)
        for kind, name, _sql in cursor.fetchall():
            if kind == "trigger":
                yield name, None


def _find_missing_constraints() -> Iterator[str]:
    in_force = set(_constraints_in_force())
    for model, constraint in iter_constraints():
        if _is_enforced_here(constraint) and constraint.name not in in_force:
            yield f"constraint {constraint.name} of {model._meta.db_table} is missing"


def _constraints_in_force() -> Iterator[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(CONSTRAINTS)
            yield from (name for (name,) in cursor.fetchall())
            return
        cursor.execute(SQLITE_OBJECTS)
        for kind, name, sql in cursor.fetchall():
            if kind == "index":
                yield name
            elif kind == "table":
                yield from NAMED.findall(sql)


def _is_enforced_here(constraint: models.BaseConstraint) -> bool:
    """Whether the database enforces it; SQLite knows no exclusion constraints."""
    return connection.vendor == "postgresql" or not isinstance(
        constraint, ExclusionConstraint
    )
