"""Write the tables of `docs/reference/` that are derived from the code.

A page keeps its own prose; only the text between two markers is written. `--check`
writes nothing and fails if a page is outdated.
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

from markdown_tables import (  # noqa: E402 -- beside this file
    CHINESE,
    ENGLISH,
    first_sentence,
    table,
    translate_label,
)
from mission_table import mission_counts, mission_table  # noqa: E402 -- needs ROOT
from permissions_table import (  # noqa: E402 -- needs ROOT as well
    addresses_table,
    nouns_table,
    questions_table,
)
from rules_table import rules_table  # noqa: E402 -- needs ROOT as well
from settings_table import settings_table  # noqa: E402 -- needs ROOT as well

from core.registries.chores import Chore, chores  # noqa: E402 -- found from ROOT
from core.registries.invariants import invariants  # noqa: E402 -- found from ROOT


def indicators_table() -> str:
    """Return every indicator, in the order in which the apps declare them."""
    from figures.definitions import indicators

    rows = [
        [
            f"`{figure.key}`",
            figure.fill_label(translate_label(figure.label, CHINESE), None),
            figure.fill_label(translate_label(figure.label, ENGLISH), None),
            translate_label(figure.unit, CHINESE),
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


def ratios_table() -> str:
    """Return every ratio, in the order in which the apps declare them."""
    from figures.ratios import ratios

    rows = [
        [
            f"`{one.key}`",
            translate_label(one.label, CHINESE),
            translate_label(one.definition, CHINESE),
            translate_label(one.definition, ENGLISH),
            f"`{one.numerator.key}`",
            f"`{one.denominator.key}`",
            f"`{one.denominator.source.key}`",
            "%" if one.is_share else translate_label(one.per, CHINESE),
            "stored" if one.is_stored else "counted when shown",
        ]
        for one in ratios
    ]
    heads = ["Key", "Label", "Definition", "In English", "Numerator", "Denominator"]
    return table([*heads, "Source", "Unit", "Figures"], rows)


def describe_schedule(chore: Chore) -> str:
    """Return when a chore runs."""
    if chore.daily_at is None:
        return f"every {chore.every:g} s"
    hour, minute = chore.daily_at
    return f"daily at {hour:02}:{minute:02}"


def chores_table() -> str:
    """Return the table of periodic work."""
    rows = [
        [f"`{chore.key}`", describe_schedule(chore), first_sentence(chore.run)]
        for chore in chores
    ]
    return table(["Chore", "When", "What it does"], rows)


def invariants_table() -> str:
    """Return the table of invariants that `verify` proves."""
    rows = [
        [
            f"`{one.key}`",
            translate_label(one.label, CHINESE),
            translate_label(one.label, ENGLISH),
        ]
        for one in invariants
    ]
    return table(["Key", "Sentence", "In English"], rows)


def import_kinds_table() -> str:
    """Return the kinds of sheet that `import_sheet` takes."""
    from exchange.import_kinds import import_kinds

    rows = [
        [
            f"`{kind.key}`",
            translate_label(kind.label, CHINESE),
            translate_label(kind.label, ENGLISH),
            "、".join(f"`{question.key}`" for question in kind.questions),
        ]
        for kind in import_kinds
    ]
    return table(["KIND", "Sheet", "In English", "Questions it may ask"], rows)


TABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "nouns": ("permissions.md", nouns_table),
    "questions": ("permissions.md", questions_table),
    "addresses": ("permissions.md", addresses_table),
    "indicators": ("indicators.md", indicators_table),
    "ratios": ("indicators.md", ratios_table),
    "rules": ("rules.md", rules_table),
    "chores": ("commands.md", chores_table),
    "import-kinds": ("commands.md", import_kinds_table),
    "invariants": ("commands.md", invariants_table),
    "settings": ("settings.md", settings_table),
    "mission-counts": ("mission.md", mission_counts),
    "mission": ("mission.md", mission_table),
}


def replace_table(text: str, name: str, body: str) -> str:
    """Return the page with the named table replaced."""
    begin, end = f"<!-- table: {name} -->", f"<!-- end: {name} -->"
    before, rest = text.split(begin)
    _older, after = rest.split(end)
    return f"{before}{begin}\n\n{body}\n\n{end}{after}"


def main() -> int:
    """Write the tables, or only compare with --check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    only_check = parser.parse_args().check
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    outdated = set()
    for name, (page, write) in TABLES.items():
        path = PAGES / page
        text = path.read_text(encoding="utf-8")
        updated = replace_table(text, name, write())
        if updated != text:
            outdated.add(page)
        if not only_check:
            path.write_text(updated, encoding="utf-8")
    for page in sorted(outdated if only_check else ()):
        print(f"docs/reference/{page} is out of step: run make reference.")
    return int(only_check and bool(outdated))


if __name__ == "__main__":
    sys.exit(main())
