"""Whatever is written into the trail has a name that its readers understand.

The sources are asked: whatever takes a `deed` notes one, and each of its callers must
say which.
"""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils import translation

from core.history import deed_names

ROOT = Path(__file__).parents[2]
HAN = re.compile("[㐀-鿿]")
READS = "core.history"
"""Tells deeds again; notes none."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of ours that may note a deed, by its dotted name."""
    for app in settings.OUR_APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            if "migrations" not in parts and name != READS:
                yield name, ast.parse(path.read_text())


def parameters(node: ast.AST) -> list[str]:
    """What a function takes, or a dataclass is made of, in order."""
    if isinstance(node, ast.FunctionDef):
        return [a.arg for a in (*node.args.args, *node.args.kwonlyargs)]
    if isinstance(node, ast.ClassDef) and node.decorator_list:
        rows = (row for row in node.body if isinstance(row, ast.AnnAssign))
        return [ast.unparse(row.target) for row in rows]
    return []


def defined(tree: ast.AST) -> dict[str, list[str]]:
    """What a module defines, with what each thing takes."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    found = (node for node in ast.walk(tree) if isinstance(node, kinds))
    return {node.name: parameters(node) for node in found}


MODULES = dict(modules())
NOTES = {
    name: taken
    for tree in MODULES.values()
    for name, taken in defined(tree).items()
    if "deed" in taken
}
"""What is told which deed it notes: `record`, `Happening`, and what stands on them."""


def noted() -> Iterator[str]:
    """Every deed that a module of ours writes into the trail."""
    for module, tree in MODULES.items():
        known = NOTES | defined(tree)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                for value in said_in(function, known):
                    yield from meant(value, function, module)


def said_in(
    function: ast.FunctionDef, known: dict[str, list[str]]
) -> Iterator[ast.expr]:
    """What a function calls the deeds it notes: in its calls, or as its default."""
    for call in ast.walk(function):
        if isinstance(call, ast.Call):
            taken = known.get(ast.unparse(call.func).rpartition(".")[2], [])
            given = dict(zip(taken, call.args, strict=False))
            given |= {word.arg: word.value for word in call.keywords}
            if "deed" in taken and "deed" in given:
                yield given["deed"]
    names = [a.arg for a in function.args.kwonlyargs]
    defaults = dict(zip(names, function.args.kw_defaults, strict=True))
    if (default := defaults.get("deed")) is not None:
        yield default


def meant(value: ast.expr, function: ast.FunctionDef, module: str) -> Iterator[str]:
    """The deeds an expression may stand for; a parameter's are its callers'."""
    if isinstance(value, ast.Constant):
        yield value.value
        return
    name = ast.unparse(value)
    kept = [
        ast.literal_eval(node.value)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    ]
    if kept:
        yield from kept
    elif name not in parameters(function):
        yield getattr(import_module(module), name)


def test_every_deed_that_is_noted_has_a_name_and_every_name_a_deed():
    assert set(noted()) == {item.key for item in deed_names}


def test_a_deed_is_named_in_both_languages():
    with translation.override("en"):
        english = {item.key: str(item.words) for item in deed_names}
    with translation.override("zh-hans"):
        chinese = {item.key: str(item.words) for item in deed_names}

    assert [key for key, name in english.items() if HAN.search(name)] == []
    assert [key for key, name in chinese.items() if not HAN.search(name)] == []
