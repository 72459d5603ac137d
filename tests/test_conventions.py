"""House rules that a tool can hold everybody to."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import (
    CheckConstraint,
    DateField,
    DecimalField,
    FloatField,
    IntegerField,
    UniqueConstraint,
)

from core.db.constraints import NoOverlap
from core.db.money import MoneyField

ROOT = Path(__file__).parent.parent
OURS = set(settings.OUR_APPS)
# Days that actions take from the calendar; months, which forms and addresses bound,
# are known by their names.
COMPUTED_DAYS = {
    *("erase_on", "reminded_on", "opened_on", "closed_on"),
    *(
        "in_force_on",
        "ReturnRound.due_on",
        "MonthlyReturn.extended_to",
        "ChoreRun.done_on",
        "KnownDay.day",
    ),
}
# Numbers that actions count or compute. Those with `editable=False` are so as well.
COUNTED = {
    *("position", "number", "version", "excel_row", "size", "row_count"),
    *("attempts", "tries", "percent", "entries"),
    *("Figure.value", "ReturnLine.computed", "Line.debit", "Line.credit"),
    *("Line.balance_after", "TargetProgress.value", "TargetProgress.month_value"),
    "TargetProgress.expected",
}
MODELS = [m for m in apps.get_models() if m._meta.app_label in OURS]
MODULES = [
    path
    for app in sorted(OURS | {"config"})
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DRAWERS = {"utils.py", "helpers.py", "misc.py", "signals.py", "common.py"}


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_every_model_says_what_a_row_is_and_has_a_chinese_name(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")
    assert not str(model._meta.verbose_name).isascii()
    assert not str(model._meta.verbose_name_plural).isascii()


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_every_constraint_speaks_and_is_named_after_its_model(model):
    for constraint in model._meta.constraints:
        assert constraint.name.startswith(f"{model._meta.model_name}_")
        words = str(constraint.violation_error_message)
        assert words != str(constraint.default_violation_error_message)
        assert not words.isascii(), f"{constraint.name} does not speak Chinese"
        assert str(constraint.get_violation_error_message()) == words


@pytest.mark.parametrize("model", MODELS, ids=str)
def test_every_day_that_people_write_is_plausible(model):
    written = {
        field.name
        for field in model._meta.concrete_fields
        if type(field) is DateField
        and not re.fullmatch(r"(\w+_)?month", field.name)
        and not {field.name, f"{model.__name__}.{field.name}"} & COMPUTED_DAYS
    }
    assert written <= bounded_columns(model)


def bounded_columns(model):
    """The columns that a constraint keeps between a least and a most."""
    conditions = [
        str(rule.condition)
        for rule in model._meta.constraints
        if isinstance(rule, CheckConstraint)
    ]
    return {c for text in conditions for c in re.findall(r"'(\w+)__range'", text)}


def typed_numbers(model):
    """The columns of numbers that people type."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, IntegerField | DecimalField | FloatField | MoneyField)
        and field.editable
        and not (field.primary_key or field.choices)
        and not {field.name, f"{model.__name__}.{field.name}"} & COUNTED
    }


def test_every_number_that_people_type_has_bounds():
    unbounded = {
        f"{model._meta.label}.{name}"
        for model in MODELS
        for name in typed_numbers(model) - bounded_columns(model)
    }

    assert unbounded == set()


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_rules_are_constraints_not_the_old_options(model):
    assert not model._meta.unique_together
    assert all(
        isinstance(c, CheckConstraint | UniqueConstraint | NoOverlap)
        for c in model._meta.constraints
    )


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def longer_than(lines, paths):
    """The files of more lines than these."""
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in paths}
    return {name for name, text in texts.items() if len(text.splitlines()) > lines}


def test_no_module_outgrows_a_sitting():
    assert longer_than(300, MODULES) == set()


def test_no_test_module_outgrows_two():
    assert longer_than(500, TESTS) == set()


def test_no_module_is_a_drawer():
    assert {name_of(path) for path in MODULES if path.name in DRAWERS} == set()


def test_every_module_says_what_it_is_for():
    texts = {name_of(path): path.read_text(encoding="utf-8") for path in MODULES}

    assert {
        name
        for name, text in texts.items()
        if text.strip() and not text.strip().startswith(('"""', "#!"))
    } == set()
