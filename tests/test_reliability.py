"""The list of promises is true: every test that it names exists."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "reference" / "reliability.md"
ROW = re.compile(r"^\| (\d+) \|", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
PROMISED = {1, 2, *range(4, 10), 13, 14, 15, 17, 18, 19, 26, 31, 35, *range(48, 55)}
PROMISED |= {*range(56, 61), 62, 63}


def functions_of(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_every_promise_has_its_row_and_a_test():
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = {int(found[1]): line for line in lines if (found := ROW.match(line))}

    assert {*rows} == PROMISED
    assert [row for row, line in rows.items() if not TEST.search(line)] == []


def test_every_test_that_a_promise_names_exists():
    named = TEST.findall(PAGE.read_text(encoding="utf-8"))

    missing = [
        f"{path}::{name}" for path, name in named if name not in functions_of(path)
    ]

    assert missing == []
