"""Who reaches what, told by the code: duty and noun, questions, doors.

Who sees and keeps which rows is found by asking each queryset on behalf of each duty;
who gets through which door stands in the tables that the suite tries.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.urls import URLPattern, URLResolver, get_resolver
from telling import CHINESE, first_sentence, said, table

from organizations.roles import INSTALLATION, Grant, Role, Scope

PLACE, UNIT, MEMBER, ACCOUNT = "000042", -21, -31, -11
REFUSED = {403, 404, 405}


class Asker:
    """Somebody who holds one duty and nothing else, in places that do not exist."""

    is_authenticated = True
    pk = ACCOUNT

    def __init__(self, code: Role) -> None:
        self.code = code

    def scope(self) -> Scope:
        """The one duty, over whatever kind of place it is held."""
        if self.code in INSTALLATION:
            return Scope((Grant(self.code),))
        if self.code == Role.LIAISON:
            return Scope((Grant(self.code, unit_id=UNIT),))
        if self.code == Role.MEMBER:
            return Scope((Grant(self.code),), MEMBER)
        return Scope((Grant(self.code, PLACE),))


def narrowed_by(rows: models.QuerySet) -> set[object] | None:
    """What the rows are narrowed by; None where there can be none at all."""
    try:
        _sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return set(parameters)


def cell(rows: Any, code: Role) -> str:
    """What one duty may do with one kind of row."""
    asker = Asker(code)
    if hasattr(rows, "managed_by") and narrowed_by(rows.managed_by(asker)) is not None:
        return "keeps"
    seen = narrowed_by(rows.visible_to(asker))
    if seen is None:
        return ""
    own = ACCOUNT in seen and not seen & {PLACE, UNIT, MEMBER}
    return "own" if own else "sees"


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
    """Duty and noun; duties that may do the same stand in one column."""
    nouns = scoped_models()
    columns: dict[tuple[str, ...], list[Role]] = {}
    for code in Role:
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
    """Each `can_…` question that pages and templates ask, in the words of the code."""
    rows = []
    for name in settings.OUR_APPS:
        if find_spec(f"{name}.permissions") is None:
            continue
        module = import_module(f"{name}.permissions")
        own = {k: v for k, v in vars(module).items() if k.startswith("can_")}
        asked = [k for k, v in own.items() if v.__module__ == module.__name__]
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


def writes(view: Any) -> bool:
    """Whether a page takes what is sent to it."""
    return hasattr(view, "post") and "post" in view.http_method_names


def let_through(answers: Mapping[str, int] | None) -> str:
    """Name the people whom an address does not refuse."""
    if answers is None:
        return ""
    passed = [
        person
        for person, answer in answers.items()
        if answer not in REFUSED and (person, answer) != ("nobody", 302)
    ]
    return ", ".join(passed) or "nobody"


def access_table() -> str:
    """Who may do what: every address that is written to, as the suite tries it.

    A form that is opened first is tried by opening it.
    """
    matrix = import_module("tests.access_matrix.tables").all_access()
    known = dict(views(get_resolver().url_patterns))
    rows = [
        [
            f"`{name}`",
            first_sentence(known.get(name)),
            let_through(access.own),
            let_through(access.foreign),
        ]
        for name, access in sorted(matrix.items())
        if access.method == "post" or writes(known.get(name))
    ]
    return table(["Address", "Action", "Gets through", "With a row elsewhere"], rows)
