"""What the compilers of both databases add to Django's."""

from contextlib import closing
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models.lookups import Exact, In
from django.db.models.sql import DeleteQuery, Query
from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler
from django.db.models.sql.constants import CURSOR, MULTI, NO_RESULTS, ROW_COUNT

from core.db.digests import is_noting, note_before, note_written


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
        deleting = isinstance(self.query, DeleteQuery)
        note_before(model, self._keys_to_be_written(), deleting=deleting)
        cursor = super().execute_sql(CURSOR, **kwargs)
        if cursor is None:  # a condition that no row can meet
            return None
        with closing(cursor):
            keys = [row[0] for row in cursor.fetchall()]
        note_written(model, keys)
        return len(keys)

    def _keys_to_be_written(self) -> list[Any]:
        """Return the keys of the rows that the statement will meet.

        Most statements name them; otherwise the database is asked.
        """
        pk: Any = self.query.get_meta().pk
        conditions = self.query.where.children
        if len(conditions) == 1 and not self.query.where.negated:
            condition: Any = conditions[0]
            is_of_key = getattr(getattr(condition, "lhs", None), "target", None) == pk
            values: Any = getattr(condition, "rhs", None)
            if is_of_key and type(condition) is Exact and not is_expression(values):
                return [values]
            if is_of_key and type(condition) is In and not is_expression(values):
                return [value for value in values if value is not None]
        query: Any = self.query.chain(klass=Query)
        query.clear_ordering(force=True)
        query.extra, query.select = {}, ()
        query.add_fields([pk.name])
        rows = query.get_compiler(self.using).execute_sql(MULTI)
        return [row[0] for part in rows for row in part]


def is_expression(value: Any) -> bool:
    """Whether a value is computed by the database, or a query."""
    return hasattr(value, "resolve_expression") or hasattr(value, "get_compiler")
