"""A database's error is answered with the message of the constraint that it names."""

import pytest
from django.db import IntegrityError

from core.db.constraint_errors import iter_constraints, violated_constraint

CONSTRAINTS = list(iter_constraints())
SENTENCES = [
    "CHECK constraint failed: {name}",
    "UNIQUE constraint failed: index '{name}'",
    'row of "x" violates check constraint "{name}"\nDETAIL: Failing row: (1, {other})',
    'conflicting key value violates exclusion constraint "{name}"',
    "{name}_added: a trigger that holds the rule past the constraint",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_each_constraint_is_answered_with_its_own_message(sentence):
    answered = {}
    for (_model, constraint), (_other_model, other) in zip(
        CONSTRAINTS, CONSTRAINTS[::-1], strict=True
    ):
        error = IntegrityError(sentence.format(name=constraint.name, other=other.name))
        answered[constraint.name] = str(violated_constraint(error).params["rule"])

    assert answered == {
        constraint.name: str(constraint.get_violation_error_message())
        for _model, constraint in CONSTRAINTS
    }


def test_a_name_that_contains_another_is_not_taken_for_it():
    names = {constraint.name for _model, constraint in CONSTRAINTS}

    assert any(one != other and one in other for one in names for other in names)
    assert violated_constraint(IntegrityError("NOT NULL failed: a.b")) is None
