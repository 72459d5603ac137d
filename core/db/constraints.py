"""Constraints that several models use, and how they are validated and reported."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import (
    CheckConstraint,
    F,
    ForeignKey,
    Func,
    Q,
    Value,
)
from django.utils.translation import gettext_lazy as _

from core.db.constraint_queries import compile_rules
from core.db.unsaved_rows import Sql, UnsavedRowsQuery
from core.errors import ConstraintViolated
from core.text import StrOrPromise

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
IMPLAUSIBLE_DATE = _(
    "A day lies before 1900 or after 2100. Nothing was saved: check the years."
)


def in_order(
    earlier: str, later: str, *, name: str, message: StrOrPromise
) -> CheckConstraint:
    """Require the later day to lie after the earlier one, or to be unknown."""
    return CheckConstraint(
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gt": F(earlier)}),
        name=name,
        violation_error_message=message,
    )


def both_or_neither(
    left: str, right: str, *, name: str, message: StrOrPromise
) -> CheckConstraint:
    """Require both columns to be set or neither: `approved_at` with `approved_by`."""
    return CheckConstraint(
        condition=Q(**{f"{left}__isnull": True, f"{right}__isnull": True})
        | Q(**{f"{left}__isnull": False, f"{right}__isnull": False}),
        name=name,
        violation_error_message=message,
    )


def plausible_dates(*columns: str, name: str) -> CheckConstraint:
    """Require days to lie between 1900 and 2100, or to be unknown.

    Other days are typing errors, and figures would be counted for every month from
    such a day on.
    """
    bounds = (FIRST_DAY, LAST_DAY)
    condition = Q()
    for column in columns:
        ends = [_midnight(d) for d in bounds] if column.endswith("_at") else bounds
        condition &= Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__range": ends})
    return CheckConstraint(
        condition=condition,
        name=name,
        violation_error_message=IMPLAUSIBLE_DATE,
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


class DateRange(Func):
    """The half-open range between two date columns."""

    function = "DATERANGE"


class NoOverlap(ExclusionConstraint):
    """Effective-dated rows of the same key never share a day.

    PostgreSQL enforces this by an exclusion constraint, with the key as a one-point
    range because `btree_gist` is not available everywhere. SQLite has no such
    constraint: there `validate`, called by the action under the one write lock,
    replaces it. What a form could not read (`exclude`) is not compared.
    """

    def __init__(
        self,
        *,
        name: str,
        keys: Sequence[str],
        condition: Q | None = None,
        violation_error_message: StrOrPromise | None = None,
        violation_error_code: str | None = None,
    ) -> None:
        self.keys = list(keys)
        points = [
            (Func(F(key), F(key), Value("[]"), function="INT8RANGE"), "&&")
            for key in self.keys
        ]
        span = DateRange(F("starts_on"), F("ends_on"), Value("[)"))
        super().__init__(
            name=name,
            expressions=[*points, (span, RangeOperators.OVERLAPS)],
            condition=condition,
            violation_error_message=violation_error_message,
            violation_error_code=violation_error_code,
        )

    def deconstruct(self) -> tuple[str, Sequence[Any], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        kwargs.pop("expressions")
        return path, args, {**kwargs, "keys": self.keys}

    def constraint_sql(
        self,
        model: type[models.Model] | None,
        schema_editor: BaseDatabaseSchemaEditor | None,
    ) -> str:
        if schema_editor is None or schema_editor.connection.vendor != "postgresql":
            return ""
        return super().constraint_sql(model, schema_editor)

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().create_sql(model, schema_editor)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        if schema_editor.connection.vendor != "postgresql":
            return None
        return super().remove_sql(model, schema_editor)

    def used_names(self) -> Sequence[str]:
        """Return the names of the fields that the constraint uses."""
        return (*self.keys, "starts_on", "ends_on")

    def build_query(self, query: UnsavedRowsQuery) -> Sql:
        """Return the SQL that finds the rows which violate the constraint."""
        return query.find_overlapping([F(key) for key in self.keys], self.condition)

    def _applies_to(
        self, model: type[models.Model], instance: models.Model, using: str
    ) -> bool:
        """Whether the constraint's condition includes the row."""
        if self.condition is None:
            return True
        values = {
            f.name: Value(f.value_from_object(instance), f)
            for f in model._meta.concrete_fields
        }
        return self.condition.check(values, using=using)

    def _conflicting(self, rows: Any, instance: models.Model) -> Any:
        """Return which rows of the same key and days the row conflicts with: all."""
        return rows

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        unread = set(exclude or ()).intersection(self.used_names())
        if unread or not self._applies_to(model, instance, using):
            return
        starts_on, ends_on = instance.starts_on, instance.ends_on  # type: ignore[attr-defined]
        if ends_on is not None and ends_on <= starts_on:
            return  # an empty period; another constraint refuses it
        rows = model._default_manager.using(using).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on),
            **{key: getattr(instance, f"{key}_id", None) for key in self.keys},
        )
        if self.condition is not None:
            rows = rows.filter(self.condition)
        if ends_on is not None:
            rows = rows.filter(starts_on__lt=ends_on)
        if self._conflicting(rows.exclude(pk=instance.pk), instance).exists():
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )


def validate(instance: models.Model) -> None:
    """Check the row against all its constraints; raise the violated ones' messages.

    The table's constraints and unique columns are checked in one query. Django uses one
    query for each; its own check runs only if a single column is invalid, because it
    knows which constraints to skip then. Rows that are referred to are looked up only
    if the caller has not loaded them.
    """
    try:
        instance.full_clean(
            exclude=_loaded_references(instance),
            validate_unique=_brings_its_key(instance),
            validate_constraints=False,
        )
    except ValidationError:
        try:
            instance.full_clean()
        except ValidationError as error:
            raise ConstraintViolated(rule=" ".join(error.messages)) from error
    validate_all([instance])


def _loaded_references(instance: models.Model) -> set[str]:
    """Return the foreign keys whose row the caller has loaded or written."""
    keys = (f for f in instance._meta.concrete_fields if isinstance(f, ForeignKey))
    return {
        key.name
        for key in keys
        if key.is_cached(instance)
        and (row := key.get_cached_value(instance)) is not None
        and not row._state.adding
    }


def _brings_its_key(instance: models.Model) -> bool:
    """Whether a new row has its primary key already, which another row may have."""
    return instance._state.adding and instance.pk is not None


def check_many(rows: Sequence[models.Model]) -> list[list[str]]:
    """Check many rows of one model against all its constraints, in one query.

    Return for each row, in the order given, the messages of the constraints that it
    violates: the same ones, in the same order, as `full_clean` gives. The rows are
    meant to be written together: their stored versions are ignored, and of two that
    clash the later one violates the constraint.
    """
    broken = find_violated_constraints(rows)
    return [[str(rule.get_violation_error_message()) for rule in own] for own in broken]


def find_violated_constraints(
    rows: Sequence[models.Model],
) -> list[list[models.BaseConstraint]]:
    """Return the constraints that each of many rows violates, in one query."""
    if not rows:
        return []
    broken: dict[int, set[int]] = defaultdict(set)
    rules, query = compile_rules(type(rows[0]))
    for number, row in query.run(rows):
        broken[row].add(number)
    return [
        [rules[number] for number in sorted(broken.get(row, ()))]
        for row, _given in enumerate(rows, start=1)
    ]


def validate_all(rows: Sequence[models.Model]) -> None:
    """Check many rows in one query; raise the messages of the first invalid one."""
    for sentences in check_many(rows):
        if sentences:
            raise ConstraintViolated(rule=" ".join(sentences))
