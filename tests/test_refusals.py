"""A sentence that is filled in gets the parameters that it names."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from core.errors import DomainError

PLACEHOLDER = re.compile(r"%\((\w+)\)")
MODULES = [
    path.with_suffix("").relative_to(settings.BASE_DIR)
    for app in settings.OUR_APPS
    for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py"))
    if "migrations" not in path.parts
]


def refusals_raised_in(path: Path) -> Iterator[tuple[int, type[DomainError], set[str]]]:
    """Yield each refusal that a module makes, with the parameters that it is given."""
    module = importlib.import_module(".".join(path.parts).removesuffix(".__init__"))
    source = (settings.BASE_DIR / path).with_suffix(".py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        named = getattr(module, node.func.id, None)
        if isinstance(named, type) and issubclass(named, DomainError):
            given = {keyword.arg for keyword in node.keywords}
            if None not in given:  # parameters by ** are known when it runs
                yield node.lineno, named, {name for name in given if name}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_refusal_is_raised_with_the_parameters_of_its_sentence(language):
    with translation.override(language):
        calls = [
            (f"{path}:{line} {refusal.__name__}", given, str(refusal.message))
            for path in MODULES
            for line, refusal, given in refusals_raised_in(path)
            if "__init__" not in refusal.__dict__
        ]

    wrong = [
        f"{where} names {sorted(missing)}"
        for where, given, sentence in calls
        if (missing := {*PLACEHOLDER.findall(sentence)} - given)
    ]
    assert wrong == []
    assert len(calls) > 200


def sentences_filled_in(path: Path) -> Iterator[tuple[int, str, set[str]]]:
    """Yield each sentence that is filled in where it stands, with its parameters."""
    source = (settings.BASE_DIR / path).with_suffix(".py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.BinOp(
                left=ast.Call(
                    func=ast.Name(id=called), args=[ast.Constant(value=text), *_]
                ),
                op=ast.Mod(),
                right=ast.Dict(keys=keys),
            ) if "gettext" in called or called == "_":
                yield node.lineno, text, {getattr(key, "value", None) for key in keys}


def test_a_sentence_is_filled_in_with_the_parameters_that_it_names():
    filled_in = [
        (f"{path}:{line}", text, given)
        for path in MODULES
        for line, text, given in sentences_filled_in(path)
    ]

    wrong = [
        f"{where} names {sorted(missing)}"
        for where, text, given in filled_in
        if (missing := {*PLACEHOLDER.findall(text)} - given)
    ]
    assert wrong == []
    assert len(filled_in) > 20
