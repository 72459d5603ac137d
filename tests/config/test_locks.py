"""A lock file that lacks a package, or has one too old, is found out."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def tool(monkeypatch):
    """Import a tool by its name."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    before = set(sys.modules)
    yield import_module
    for name in set(sys.modules) - before:
        if name.startswith("lock"):
            del sys.modules[name]


def test_the_base_lock_is_closed(tool):
    closure = tool("lock_closure")

    versions = closure.pinned_versions(ROOT / "requirements" / "base.txt")

    assert "django" in versions
    assert list(closure.open_ends(versions)) == []


def test_a_package_taken_out_of_a_lock_is_missed(tool):
    closure = tool("lock_closure")
    versions = closure.pinned_versions(ROOT / "requirements" / "base.txt")

    del versions["sqlparse"]

    faults = list(closure.open_ends(versions))
    assert [fault.split(" requires ")[0] for fault in faults] == ["django"]


def test_a_version_that_does_not_fit_is_found(tool):
    closure = tool("lock_closure")
    needs = {"a": ["b[x]>=2"], "b": ["c; extra == 'x'"], "c": []}

    assert list(closure.open_ends({"a": "1", "b": "1", "c": "1"}, needs.get)) == [
        "a requires b[x]>=2, but 1 is pinned"
    ]
    assert list(closure.open_ends({"a": "1", "b": "2"}, needs.get)) == [
        "b requires c; extra == 'x', which is not pinned"
    ]


def test_each_lock_says_which_platforms_it_serves(tool):
    platforms = tool("lock_platforms").PLATFORMS

    for name in ("base", "prod", "test", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        head = "\n".join(line for line in text.splitlines() if line.startswith("#"))
        assert [platform for platform in platforms if platform not in head] == []
