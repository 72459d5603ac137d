"""Effective-dated rows of two sorts that one key never has on the same day."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from core.db.constraints import NoOverlap
from core.db.unsaved_rows import Sql, UnsavedRowsQuery
from core.text import StrOrPromise


class NeverBeside(NoOverlap):
    """Rows that match `sort`, and rows of the same key that do not, share no day.

    PostgreSQL excludes pairs by operators that hold either way. Of ranges none says
    “unlike”, but two neighbouring ones touch (`-|-`) and no range touches itself. On
    SQLite, which writes one at a time, a trigger stands beside it.
    """

    def __init__(
        self,
        *,
        name: str,
        keys: Sequence[str],
        sort: Q,
        condition: Q | None = None,
        violation_error_message: StrOrPromise | None = None,
        violation_error_code: str | None = None,
    ) -> None:
        super().__init__(
            name=name,
            keys=keys,
            condition=condition,
            violation_error_message=violation_error_message,
            violation_error_code=violation_error_code,
        )
        self.sort = sort
        span = Func(self._number(0), self._number(1), function="INT4RANGE")
        self.expressions = [*self.expressions, (span, "-|-")]

    def _number(self, least: int) -> Case:
        return Case(
            When(self.sort, then=Value(least + 1)),
            default=Value(least),
            output_field=models.IntegerField(),
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "sort": self.sort}

    def used_names(self) -> Sequence[str]:
        """Return the names of the fields that the constraint uses."""
        return (*super().used_names(), *self.sort.referenced_base_fields)

    def build_query(self, query: UnsavedRowsQuery) -> Sql:
        """Return the SQL that finds the rows which violate the constraint."""
        keys = [F(key) for key in self.keys]
        return query.find_overlapping(keys, self.condition, [self._number(0)])

    def _conflicting(self, rows: Any, instance: models.Model) -> Any:
        values = {
            f.name: Value(f.value_from_object(instance), f)
            for f in instance._meta.concrete_fields
        }
        is_of_the_sort = self.sort.check(values)
        return rows.exclude(self.sort) if is_of_the_sort else rows.filter(self.sort)
