"""Nothing stands in the code that only tests, or nobody, would miss."""

import ast
import re
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).parent.parent
APPS = sorted({*settings.OUR_APPS, "config"})
# Django and Gunicorn find these by their place or their name.
LOADED_BY_NAME = {"apps.py"}
LOADED_FOLDERS = {"commands", "migrations"}
NAME = re.compile(r"[\w.]+")


def used_names(path):
    """Yield the names that a module uses: read, called, or given in a short string.

    An import alone, or a line of `__all__`, uses nothing.
    """
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Constant) and path.name != "__init__.py":
            yield from split_path(str(node.value))


def split_path(text):
    """Return the names in a text that is a dotted path, and nothing of any other."""
    return text.split(".") if NAME.fullmatch(text) else []


def declared_names(path):
    """Yield the functions and classes of a module that nothing registers by itself."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.name


def test_every_function_and_class_is_used_outside_tests():
    modules = [
        path
        for top in (*APPS, "tools", "deploy")
        for path in sorted((ROOT / top).rglob("*.py"))
    ]
    used = {name for path in modules for name in used_names(path)}
    for template in (ROOT / "templates").rglob("*.html"):
        used.update(re.findall(r"\w+", template.read_text()))
    declared = {
        (str(path.relative_to(ROOT)), name)
        for path in modules
        if path.relative_to(ROOT).parts[0] in APPS
        and path.name not in LOADED_BY_NAME
        and not LOADED_FOLDERS & set(path.parts)
        for name in declared_names(path)
    }
    assert len(declared) > 1000
    assert {(path, name) for path, name in declared if name not in used} == set()
