"""Write the tables of `docs/reference/` that the code itself can tell.

A page keeps its own prose; only what stands between two marks is written. `--check`
writes nothing and fails where a page is out of step.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT))

from mission_table import mission_counts, mission_table  # noqa: E402 -- needs ROOT
from permissions_table import (  # noqa: E402 -- needs ROOT as well
    access_table,
    nouns_table,
    questions_table,
)
from rules_table import rules_table  # noqa: E402 -- needs ROOT as well
from telling import CHINESE, ENGLISH, first_sentence, said, table  # noqa: E402

from core.registries.chores import Chore, chores  # noqa: E402 -- found from ROOT
from core.registries.invariants import invariants  # noqa: E402 -- found from ROOT


def indicators_table() -> str:
    """Every figure, in the order in which the apps declare them."""
    from figures.definitions import indicators

    rows = [
        [
            f"`{figure.key}`",
            figure.fill_label(said(figure.label, CHINESE), None),
            figure.fill_label(said(figure.label, ENGLISH), None),
            said(figure.unit, CHINESE),
            str(figure.kind),
            f"`{figure.source.key}`",
            f"sum of `{figure.total}`" if figure.total else "count",
            "yes" if figure.source.project else "",
            "yes" if figure.fixed else "",
        ]
        for figure in indicators
    ]
    heads = ["Key", "Label", "In English", "Unit", "Kind", "Source", "Computed as"]
    return table([*heads, "By project", "Fixed"], rows)


def comes_round(chore: Chore) -> str:
    """When a chore is done."""
    if chore.daily_at is None:
        return f"every {chore.every:g} s"
    hour, minute = chore.daily_at
    return f"daily at {hour:02}:{minute:02}"


def chores_table() -> str:
    """Work that comes round by itself."""
    rows = [
        [f"`{chore.key}`", comes_round(chore), first_sentence(chore.run)]
        for chore in chores
    ]
    return table(["Chore", "When", "What it does"], rows)


def invariants_table() -> str:
    """The sentences that `verify` proves."""
    rows = [
        [f"`{one.key}`", said(one.label, CHINESE), said(one.label, ENGLISH)]
        for one in invariants
    ]
    return table(["Key", "Sentence", "In English"], rows)


TABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "nouns": ("permissions.md", nouns_table),
    "questions": ("permissions.md", questions_table),
    "doors": ("permissions.md", access_table),
    "indicators": ("indicators.md", indicators_table),
    "rules": ("rules.md", rules_table),
    "chores": ("commands.md", chores_table),
    "invariants": ("commands.md", invariants_table),
    "mission-counts": ("mission.md", mission_counts),
    "mission": ("mission.md", mission_table),
}


def with_table(text: str, name: str, body: str) -> str:
    """The page with the named table in place of the older one."""
    begin, end = f"<!-- table: {name} -->", f"<!-- end: {name} -->"
    before, rest = text.split(begin)
    _older, after = rest.split(end)
    return f"{before}{begin}\n\n{body}\n\n{end}{after}"


def main() -> int:
    """Write the tables, or only look with --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    only_look = parser.parse_args().check
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    stale = set()
    for name, (page, write) in TABLES.items():
        path = PAGES / page
        text = path.read_text(encoding="utf-8")
        fresh = with_table(text, name, write())
        if fresh != text:
            stale.add(page)
        if not only_look:
            path.write_text(fresh, encoding="utf-8")
    for page in sorted(stale if only_look else ()):
        print(f"docs/reference/{page} is out of step: run make reference.")
    return int(only_look and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
