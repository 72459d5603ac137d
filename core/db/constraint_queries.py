"""A model's constraints and the query that asks about all of them at once."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol, runtime_checkable

from django.db import models
from django.db.models import CheckConstraint, F, UniqueConstraint
from django.utils.functional import lazy

from core.db.unsaved_rows import Sql, UnsavedRowsQuery, names_in


@runtime_checkable
class OwnQuery(Protocol):
    """A constraint of ours that says itself how its violations are found."""

    def used_names(self) -> Iterable[str]:
        """Return the names of the fields that the constraint uses."""

    def build_query(self, query: UnsavedRowsQuery) -> Sql:
        """Return the SQL that finds the rows which violate the constraint."""


@cache
def compile_rules(
    model: type[models.Model],
) -> tuple[list[models.BaseConstraint], UnsavedRowsQuery]:
    """Return a model's constraints and the query that asks them all.

    Every action validates, and neither changes while a process lives.
    """
    rules = [*_unique_columns(model), *model._meta.constraints]
    names = {name for rule in rules for name in _field_names(rule)}
    query = UnsavedRowsQuery(model, names)
    query.ask(_build_query(query, rule) for rule in rules)
    return rules, query


def _unique_columns(model: type[models.Model]) -> Iterator[UniqueConstraint]:
    """Return a `UniqueConstraint` for each unique column but generated keys."""
    for field in model._meta.concrete_fields:
        if field.unique and not isinstance(field, models.AutoField):
            yield UniqueConstraint(
                fields=[field.name],
                name=f"{model._meta.model_name}_{field.name}",
                violation_error_message=_message_if_taken(model, field.name),
            )


def _say_taken(model: type[models.Model], name: str) -> str:
    """Return what Django says when another row has the column's value."""
    return model().unique_error_message(model, (name,)).messages[0]


# The constraint is kept longer than the reader's language is active.
_message_if_taken = lazy(_say_taken, str)


def _field_names(rule: models.BaseConstraint) -> Iterator[str]:
    """Return the names of the fields that a constraint uses."""
    yield from getattr(rule, "fields", ())
    if isinstance(rule, OwnQuery):
        yield from rule.used_names()
    elif isinstance(rule, UniqueConstraint):
        yield from (name for part in rule.expressions for name in names_in(part))
    if (condition := getattr(rule, "condition", None)) is not None:
        yield from names_in(condition)


def _build_query(query: UnsavedRowsQuery, rule: models.BaseConstraint) -> Sql:
    """Return the SQL that finds the rows which violate the constraint."""
    if isinstance(rule, OwnQuery):
        return rule.build_query(query)
    if isinstance(rule, UniqueConstraint):
        keys = rule.expressions or [F(name) for name in rule.fields]
        return query.find_clashing(keys, rule.condition)
    if isinstance(rule, CheckConstraint):
        return query.find_failing(rule.condition)
    raise TypeError(f"{rule!r} can be checked by the database alone.")
