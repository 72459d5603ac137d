"""Write the tables of `docs/reference/` that the code itself can tell.

Who sees and keeps which rows is found by asking each queryset on behalf of each duty;
who gets through which door stands in the doors that the suite tries; figures are asked
of their registry. A page keeps its own prose; only what stands between its two marks
is written. `--check` writes nothing and fails where a page is out of step.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402 -- needs the settings named above

django.setup()

from django.apps import apps  # noqa: E402 -- needs the apps loaded
from django.conf import settings  # noqa: E402 -- as above
from django.core.exceptions import EmptyResultSet  # noqa: E402 -- as above
from django.db import connection, models  # noqa: E402 -- as above
from django.urls import URLPattern, URLResolver, get_resolver  # noqa: E402 -- as above
from django.utils import translation  # noqa: E402 -- as above

from core.duties import INSTALLATION, DutyCode, Grant, Scope  # noqa: E402 -- as above
from core.indicators import indicators  # noqa: E402 -- as above

CHINESE, ENGLISH = "zh-hans", "en"
PLACE, UNIT, MEMBER, ACCOUNT = "000042", -21, -31, -11
REFUSED = {403, 404, 405}


class Asker:
    """Somebody who holds one duty and nothing else, in places that do not exist."""

    is_authenticated = True
    pk = ACCOUNT

    def __init__(self, code: DutyCode) -> None:
        self.code = code

    def scope(self) -> Scope:
        """The one duty, over whatever kind of place it is held."""
        if self.code in INSTALLATION:
            return Scope((Grant(self.code),))
        if self.code == DutyCode.LIAISON:
            return Scope((Grant(self.code, unit_id=UNIT),))
        if self.code == DutyCode.MEMBER:
            return Scope((Grant(self.code),), MEMBER)
        return Scope((Grant(self.code, PLACE),))


def narrowed_by(rows: models.QuerySet) -> set[object] | None:
    """What the rows are narrowed by; None where there can be none at all."""
    try:
        _sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return set(parameters)


def cell(rows: Any, code: DutyCode) -> str:
    """What one duty may do with one kind of row."""
    asker = Asker(code)
    if hasattr(rows, "managed_by") and narrowed_by(rows.managed_by(asker)) is not None:
        return "keeps"
    seen = narrowed_by(rows.visible_to(asker))
    if seen is None:
        return ""
    own = ACCOUNT in seen and not seen & {PLACE, UNIT, MEMBER}
    return "own" if own else "sees"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    lines = [list(heads)]
    lines.append(["---"] * len(lines[0]))
    lines += [list(row) for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def said(words: object, language: str) -> str:
    """A label in one language."""
    with translation.override(language):
        return str(words)


def first_sentence(thing: object) -> str:
    """What a docstring says first."""
    text = (getattr(thing, "__doc__", None) or "").strip().split("\n\n")[0]
    return " ".join(text.split())


# ---- duty and noun ---------------------------------------------------------------


def scoped_models() -> list[type[models.Model]]:
    """Models whose rows know who may see them, floor by floor."""
    return [
        model
        for name in settings.OUR_APPS
        for model in apps.get_app_config(name).get_models()
        if hasattr(model._default_manager.none(), "visible_to")
    ]


def noun(model: type[models.Model]) -> str:
    """Identifier and Chinese name of a model."""
    return f"`{model._meta.label}` {said(model._meta.verbose_name, CHINESE)}"


def own_words(model: type[models.Model]) -> Iterator[str]:
    """How a queryset of its own describes what it does otherwise than the rest."""
    kind = type(model._default_manager.none())
    for name, verb in (("visible_to", "sees"), ("managed_by", "keeps")):
        method = getattr(kind, name, None)
        if method is not None and method.__qualname__.startswith(f"{kind.__name__}."):
            yield f"{verb}: {first_sentence(method)}"


def nouns_table() -> str:
    """Duty × noun; duties that may do the same stand in one column."""
    nouns = scoped_models()
    columns: dict[tuple[str, ...], list[DutyCode]] = {}
    for code in DutyCode:
        cells = tuple(cell(model._default_manager.all(), code) for model in nouns)
        columns.setdefault(cells, []).append(code)
    heads = ["Noun", *(", ".join(f"`{c}`" for c in same) for same in columns.values())]
    rows = [
        [noun(model), *(cells[place] for cells in columns)]
        for place, model in enumerate(nouns)
    ]
    notes = [
        f"- `{model._meta.label}` — {words}"
        for model in nouns
        for words in own_words(model)
    ]
    return "\n".join(
        [table(heads, rows), "", "Nouns with a rule of their own:", "", *notes]
    )


# ---- questions and doors ---------------------------------------------------------


def questions_table() -> str:
    """Each `can_…` question that pages and templates ask, with its answer in words."""
    rows = []
    for name in settings.OUR_APPS:
        if find_spec(f"{name}.permissions") is None:
            continue
        module = import_module(f"{name}.permissions")
        asked = [key for key in vars(module) if key.startswith("can_")]
        rows += [
            [f"`{name}.{key}`", first_sentence(getattr(module, key))]
            for key in sorted(asked)
        ]
    return table(["Question", "What it asks"], rows)


def views(patterns: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of ours by name, with the view behind it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from views(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield f"{prefix}{pattern.name}", view


def let_through(answers: list[int] | None, people: Iterable[str]) -> str:
    """The people whom a door does not turn away."""
    if answers is None:
        return ""
    passed = [
        person
        for person, answer in zip(people, answers, strict=True)
        if answer not in REFUSED and (person, answer) != ("nobody", 302)
    ]
    return ", ".join(passed) or "nobody"


def doors_table() -> str:
    """Who may do what: every address that is written to, as the suite tries it."""
    doors = import_module("tests.doors.tables").all_doors()
    people = import_module("tests.doors.base").PEOPLE
    known = dict(views(get_resolver().url_patterns))
    rows = [
        [
            f"`{name}`",
            first_sentence(known.get(name)),
            let_through(door.own, people),
            let_through(door.foreign, people),
        ]
        for name, door in sorted(doors.items())
        if door.method == "post"
    ]
    return table(["Address", "Deed", "Gets through", "With a row elsewhere"], rows)


# ---- figures ---------------------------------------------------------------------


def indicators_table() -> str:
    """Every figure, in the order in which the apps declare them."""
    rows = [
        [
            f"`{figure.key}`",
            said(figure.label, CHINESE),
            said(figure.label, ENGLISH),
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


# ---- writing ---------------------------------------------------------------------

TABLES: dict[str, tuple[str, Callable[[], str]]] = {
    "nouns": ("permissions.md", nouns_table),
    "questions": ("permissions.md", questions_table),
    "doors": ("permissions.md", doors_table),
    "indicators": ("indicators.md", indicators_table),
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
