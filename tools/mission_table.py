"""The mission map: what the field studies ask for, on which page it is, what proves it.

The rows stand in `docs/reference/mission.csv`; the tests name them by a mark,
`@pytest.mark.mission("S0-25")`, which is read here without running them.
"""

import ast
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver
from markdown_tables import table

ROOT = Path(__file__).resolve().parent.parent
ROWS = ROOT / "docs" / "reference" / "mission.csv"
STATES = {"yes": "done", "thin": "thin", "no": ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing asked for; `pages` are names of addresses, none where nothing is."""

    key: str
    app: str
    asks: str
    state: str
    pages: list[str]


def rows() -> list[Row]:
    """Every row of the map, app by app."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return [
            Row(row["row"], row["app"], row["asks"], row["state"], row["page"].split())
            for row in csv.DictReader(file)
        ]


def rows_named(decorator: ast.expr) -> Iterator[str]:
    """The rows that a decorator names, if it is the mark."""
    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).endswith(
        "mark.mission"
    ):
        yield from (ast.literal_eval(argument) for argument in decorator.args)


def proofs() -> dict[str, list[str]]:
    """The tests that name each row, by file and name."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        if "mark.mission" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            for decorator in getattr(node, "decorator_list", ()):
                for key in rows_named(decorator):
                    found[key].append(f"{path.relative_to(ROOT)}::{node.name}")  # type: ignore[attr-defined]
    return found


def addresses(
    patterns: list[URLPattern | URLResolver], name: str = "", path: str = ""
) -> Iterator[tuple[str, str]]:
    """Every address with its name, those of the admin included."""
    for one in patterns:
        whole = path + str(one.pattern)
        if isinstance(one, URLResolver):
            space = f"{name}{one.namespace}:" if one.namespace else name
            yield from addresses(one.url_patterns, space, whole)
        elif one.name:
            yield f"{name}{one.name}", f"/{whole}"


def pages() -> dict[str, str]:
    """Addresses by name."""
    return dict(addresses(get_resolver().url_patterns))


def mission_table() -> str:
    """Every row with its page and its tests."""
    known, proved = pages(), proofs()
    return table(
        ["Row", "App", "Asks for", "State", "Page", "Tests"],
        [
            [
                row.key,
                f"`{row.app}`",
                row.asks,
                STATES[row.state],
                "<br>".join(f"`{known[name]}`" for name in row.pages),
                "<br>".join(f"`{test}`" for test in proved.get(row.key, ())),
            ]
            for row in rows()
        ],
    )


def mission_counts() -> str:
    """How many rows of each app are done, thin or open."""
    counted = Counter((row.app, row.state) for row in rows())
    apps = list(dict.fromkeys(row.app for row in rows()))
    lines = [[f"`{app}`", *(str(counted[app, s]) for s in STATES)] for app in apps]
    whole = [str(sum(counted[app, s] for app in apps)) for s in STATES]
    return table(["App", "Done", "Thin", "Open"], [*lines, ["together", *whole]])
