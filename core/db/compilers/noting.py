"""What the compilers of both databases add to Django's."""

from contextlib import closing
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler
from django.db.models.sql.constants import CURSOR, NO_RESULTS, ROW_COUNT

from core.db.digests import is_noting, note_written


class NotingInserts(SQLInsertCompiler):
    """Notes the keys of inserted rows."""

    def execute_sql(  # type: ignore[override]  # unlike what other statements take
        self, returning_fields: Any = None
    ) -> Any:
        rows = super().execute_sql(returning_fields)
        model: Any = self.query.get_meta().concrete_model
        if is_noting(model):
            given = [row.pk for row in self.query.objs if row.pk is not None]
            note_written(model, [*given, *_returned(model, returning_fields, rows)])
            if len(given) < len(self.query.objs) and not rows:
                raise ImproperlyConfigured(f"{model} was written without its keys.")
        return rows


def _returned(model: type[models.Model], fields: Any, rows: Any) -> list[Any]:
    """Return the keys among the columns that an INSERT returned."""
    pk = model._meta.pk
    if not rows or pk not in fields:
        return []
    index = list(fields).index(pk)
    return [row[index] for row in rows]


class ReturningKeys(SQLCompiler):
    """Appends RETURNING to an UPDATE or DELETE whose rows have to be noted."""

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        sql, params = super().as_sql(*args, **kwargs)
        meta: Any = self.query.get_meta()
        if sql and is_noting(meta.concrete_model):
            sql += f" RETURNING {self.quote_name_unless_alias(meta.pk.column)}"
        return sql, params


class FetchingKeys(SQLCompiler):
    """Fetches the keys that RETURNING returns, and answers with their number."""

    def execute_sql(  # type: ignore[override]  # all result types at once
        self, result_type: Any = None, **kwargs: Any
    ) -> Any:
        model: Any = self.query.get_meta().concrete_model
        counted = (result_type or NO_RESULTS) in {ROW_COUNT, NO_RESULTS}
        if not counted or not is_noting(model):
            return super().execute_sql(result_type, **kwargs)
        cursor = super().execute_sql(CURSOR, **kwargs)
        if cursor is None:  # a condition that no row can meet
            return None
        with closing(cursor):
            keys = [row[0] for row in cursor.fetchall()]
        note_written(model, keys)
        return len(keys)
