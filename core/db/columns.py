"""Which columns have another type or another default than this version makes.

A shorter type refuses what may be typed, a longer one keeps what no form would take,
and a default answers where an action left something out.
"""

import re
from collections.abc import Iterator, Sequence

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

from core.db.catalogue import read_catalogue

HELD = """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
  CASE WHEN a.attgenerated = '' THEN coalesce(pg_get_expr(d.adbin, d.adrelid), '')
  ELSE '' END
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relname = ANY(%(tables)s)
  AND c.relnamespace = 'public'::regnamespace
"""
# How PostgreSQL writes types that Django abbreviates.
WRITTEN = {r"^varchar": "character varying", r"^time\b": "time without time zone"}


def find_changed_columns(ours: Sequence[type[models.Model]]) -> Iterator[str]:
    """Yield columns of PostgreSQL whose type or default was changed."""
    rows = read_catalogue(HELD, {"tables": [one._meta.db_table for one in ours]})
    held = {(table, column): (kind, default) for table, column, kind, default in rows}
    for model in ours:
        for field in model._meta.local_concrete_fields:
            if model._meta.auto_created and field.primary_key:
                continue  # Django numbers the rows of joins as the project says
            key = (model._meta.db_table, str(field.column))
            if key in held:
                yield from _compare(field, " of ".join(reversed(key)), *held[key])


def _compare(field: models.Field, where: str, kind: str, default: str) -> Iterator[str]:
    made = _written(str(field.db_type(connection)))
    if kind != made:
        yield f"{where} is {kind}: make it {made} again as the owner"
    if default and getattr(field, "db_default", NOT_PROVIDED) is NOT_PROVIDED:
        yield f"{where} has the default {default}: drop it as the owner"


def _written(kind: str) -> str:
    """Return a type as PostgreSQL's catalogue writes it."""
    if kind.startswith(("timestamp", "time ")):
        return kind
    for short, written in WRITTEN.items():
        kind = re.sub(short, written, kind)
    return kind.replace(", ", ",")
