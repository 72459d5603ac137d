"""Rules that recur, each under a name, each with a sentence for the user."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import CheckConstraint, F, Func, Q, UniqueConstraint, Value
from django.utils.translation import gettext_lazy as _

from core.db.unsaved_rows import Sql, UnsavedRows, names_in
from core.errors import RuleBroken
from core.text import StrOrPromise

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
OUT_OF_OUR_TIME = _(
    "A day lies before 1900 or after 2100. Nothing was saved: check the years."
)


def in_order(
    earlier: str, later: str, *, name: str, message: StrOrPromise
) -> CheckConstraint:
    """The later day lies after the earlier one, or is not known yet."""
    return CheckConstraint(
        condition=Q(**{f"{later}__isnull": True}) | Q(**{f"{later}__gt": F(earlier)}),
        name=name,
        violation_error_message=message,
    )


def both_or_neither(
    left: str, right: str, *, name: str, message: StrOrPromise
) -> CheckConstraint:
    """Either both columns are set or neither is: `approved_at` with `approved_by`."""
    return CheckConstraint(
        condition=Q(**{f"{left}__isnull": True, f"{right}__isnull": True})
        | Q(**{f"{left}__isnull": False, f"{right}__isnull": False}),
        name=name,
        violation_error_message=message,
    )


def plausible_dates(*columns: str, name: str) -> CheckConstraint:
    """Days lie where days of our records can lie, or are not known.

    What stands outside was mistyped, and one such day would be counted month by month
    from then on.
    """
    bounds = (FIRST_DAY, LAST_DAY)
    condition = Q()
    for column in columns:
        ends = [_midnight(d) for d in bounds] if column.endswith("_at") else bounds
        condition &= Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__range": ends})
    return CheckConstraint(
        condition=condition,
        name=name,
        violation_error_message=OUT_OF_OUR_TIME,
    )


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


class DateRange(Func):
    """The half-open span between two date columns."""

    function = "DATERANGE"


class NoOverlap(ExclusionConstraint):
    """Spells of the same key never share a day.

    PostgreSQL holds the rule by an exclusion constraint; the key stands in it as a
    one-point range, because `btree_gist` is not everywhere to be had. SQLite has no
    such constraint: there `validate`, called by the deed under the one write lock,
    stands in for it.
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

    def _concerns(
        self, model: type[models.Model], instance: models.Model, using: str
    ) -> bool:
        """Whether the row is one of those that the rule is about."""
        if self.condition is None:
            return True
        values = {
            f.name: Value(f.value_from_object(instance), f)
            for f in model._meta.concrete_fields
        }
        return self.condition.check(values, using=using)

    def validate(
        self,
        model: type[models.Model],
        instance: models.Model,
        exclude: Any = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        if not self._concerns(model, instance, using):
            return
        starts_on, ends_on = instance.starts_on, instance.ends_on  # type: ignore[attr-defined]
        if ends_on is not None and ends_on <= starts_on:
            return  # holds no day; that it must is another rule
        rows = model._default_manager.using(using).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on),
            **{key: getattr(instance, f"{key}_id", None) for key in self.keys},
        )
        if self.condition is not None:
            rows = rows.filter(self.condition)
        if ends_on is not None:
            rows = rows.filter(starts_on__lt=ends_on)
        if rows.exclude(pk=instance.pk).exists():
            raise ValidationError(
                self.get_violation_error_message(), code=self.violation_error_code
            )


def validate(instance: models.Model) -> None:
    """Hold the row against all its rules; raise the first broken one's sentence.

    The table's rules are asked in one query. Django asks one for each, and asks again
    here only where a column is wrong by itself: then it knows which rules to leave out.
    """
    try:
        instance.full_clean(validate_constraints=False)
    except ValidationError:
        try:
            instance.full_clean()
        except ValidationError as error:
            raise RuleBroken(rule=" ".join(error.messages)) from error
    validate_all([instance])


def check_many(rows: Sequence[models.Model]) -> list[list[str]]:
    """Hold many rows of one model against all its rules, in one query.

    For each row, in the order given, the sentences of the rules that it breaks: those
    that `full_clean` finds in the table's rules, in its words and order. The rows are
    meant to be written together: what is stored of them counts no more, and where two
    of them clash the later one breaks the rule.
    """
    broken = broken_rules(rows)
    return [[str(rule.get_violation_error_message()) for rule in own] for own in broken]


def broken_rules(rows: Sequence[models.Model]) -> list[list[models.BaseConstraint]]:
    """Return the rules that each of many rows of one model breaks, in one query."""
    if not rows:
        return []
    broken: dict[int, set[int]] = defaultdict(set)
    rules = [*_unique_columns(type(rows[0])), *rows[0]._meta.constraints]
    given = UnsavedRows(rows, {name for rule in rules for name in _names(rule)})
    for question, row in given.ask(_question(given, rule) for rule in rules):
        broken[row].add(question)
    return [
        [rules[question] for question in sorted(broken.get(row, ()))]
        for row, _given in enumerate(rows, start=1)
    ]


def validate_all(rows: Sequence[models.Model]) -> None:
    """Hold many rows against all their rules; raise the first broken one's sentence."""
    for sentences in check_many(rows):
        if sentences:
            raise RuleBroken(rule=" ".join(sentences))


def _unique_columns(model: type[models.Model]) -> Iterator[UniqueConstraint]:
    """Return what is said by `unique=True`, as rules like the others."""
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            said = model().unique_error_message(model, (field.name,))
            yield UniqueConstraint(
                fields=[field.name],
                name=f"{model._meta.model_name}_{field.name}",
                violation_error_message=said.messages[0],
            )


def _names(rule: models.BaseConstraint) -> Iterator[str]:
    """Return the names of the fields that a rule speaks of."""
    yield from getattr(rule, "fields", ())
    if isinstance(rule, NoOverlap):
        yield from (*rule.keys, "starts_on", "ends_on")
    elif isinstance(rule, UniqueConstraint):
        yield from (name for part in rule.expressions for name in names_in(part))
    if (condition := getattr(rule, "condition", None)) is not None:
        yield from names_in(condition)


def _question(given: UnsavedRows, rule: models.BaseConstraint) -> Sql:
    """Return how to find the rows that break the rule."""
    if isinstance(rule, NoOverlap):
        return given.overlapping([F(key) for key in rule.keys], rule.condition)
    if isinstance(rule, UniqueConstraint):
        keys = rule.expressions or [F(name) for name in rule.fields]
        return given.clashing(keys, rule.condition)
    if isinstance(rule, CheckConstraint):
        return given.failing(rule.condition)
    raise TypeError(f"{rule!r} is held by the database alone.")


def all_constraints() -> Iterator[tuple[type[models.Model], models.BaseConstraint]]:
    """Every named rule of every table of ours."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            yield model, constraint


def violated_constraint(error: IntegrityError) -> RuleBroken | None:
    """Find the rule that a database error comes from, in the user's words.

    SQLite names the columns of a plain unique rule instead of the rule.
    """
    text = str(error)
    for model, constraint in all_constraints():
        columns = _columns(model, getattr(constraint, "fields", ()))
        if constraint.name in text or (columns and text.endswith(f": {columns}")):
            return RuleBroken(rule=constraint.get_violation_error_message())
    return None


def _columns(model: type[models.Model], names: Sequence[str]) -> str:
    fields = (cast(models.Field, model._meta.get_field(name)) for name in names)
    return ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields)


@contextmanager
def translate_integrity_errors() -> Iterator[None]:
    """Turn what the database refuses inside into the refusal of the broken rule."""
    try:
        yield
    except IntegrityError as error:
        if (rule := violated_constraint(error)) is None:
            raise
        raise rule from error
