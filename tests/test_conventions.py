"""House rules that a tool can hold everybody to."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CheckConstraint, DateField, UniqueConstraint

ROOT = Path(__file__).parent.parent
OURS = set(settings.OUR_APPS)
# Days that actions compute from others, and months, which addresses already bound.
COMPUTED = {"month", "withdrawn_month", "erase_on", "due_on"}
MODELS = [m for m in apps.get_models() if m._meta.app_label in OURS]
MODULES = [
    path
    for app in sorted(OURS | {"config"})
    for path in sorted((ROOT / app).rglob("*.py"))
    if "migrations" not in path.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
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
    bounded = {
        column
        for rule in model._meta.constraints
        if rule.name.endswith("_plausible_dates")
        for column in re.findall(r"'(\w+)__range'", str(rule.condition))
    }
    written = {
        field.name
        for field in model._meta.concrete_fields
        if type(field) is DateField and field.editable and field.name not in COMPUTED
    }
    assert written <= bounded


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_rules_are_constraints_not_the_old_options(model):
    assert not model._meta.unique_together
    assert all(
        isinstance(c, CheckConstraint | UniqueConstraint)
        or type(c).__name__ == "NoOverlap"
        for c in model._meta.constraints
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_module_outgrows_a_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300
    assert path.name not in DRAWERS


@pytest.mark.parametrize("path", TESTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_test_module_outgrows_two(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path):
    text = path.read_text(encoding="utf-8").strip()
    assert not text or text.startswith(('"""', "#!"))


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_template_carries_script_or_style_of_its_own(path):
    text = path.read_text(encoding="utf-8")
    assert " style=" not in text
    assert " onclick=" not in text
    assert " onchange=" not in text
    assert "<style" not in text
    assert len(text.splitlines()) <= 200
