"""Permissions derived from the code: roles and models, questions, addresses.

The rows that a role sees or manages come from each queryset; the people admitted to an
address come from the access matrix that the suite tests.
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
from markdown_tables import CHINESE, first_sentence, table, translate_label

from organizations.roles import INSTALLATION, Grant, Role, Scope

ORGANIZATION, UNIT, MEMBER, ACCOUNT = "000042", -21, -31, -11
REFUSED = {403, 404, 405}


class RoleHolder:
    """A person with one role and nothing else, in places that do not exist."""

    is_authenticated = True
    pk = ACCOUNT

    def __init__(self, code: Role) -> None:
        self.code = code

    def scope(self) -> Scope:
        """Return the one role, over the kind of place it is held for."""
        if self.code in INSTALLATION:
            return Scope((Grant(self.code),))
        if self.code == Role.LIAISON:
            return Scope((Grant(self.code, unit_id=UNIT),))
        if self.code == Role.MEMBER:
            return Scope((Grant(self.code),), MEMBER)
        return Scope((Grant(self.code, ORGANIZATION),))


def find_narrowing(rows: models.QuerySet) -> set[object] | None:
    """Return the parameters that narrow the rows; None if there can be no rows."""
    try:
        _sql, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    return set(parameters)


def describe_access(rows: Any, code: Role) -> str:
    """Return what one role may do with rows of a model."""
    holder = RoleHolder(code)
    if (
        hasattr(rows, "managed_by")
        and find_narrowing(rows.managed_by(holder)) is not None
    ):
        return "keeps"
    seen = find_narrowing(rows.visible_to(holder))
    if seen is None:
        return ""
    own = ACCOUNT in seen and not seen & {ORGANIZATION, UNIT, MEMBER}
    return "own" if own else "sees"


# ---- roles and models ------------------------------------------------------------


def scoped_models() -> list[type[models.Model]]:
    """Return the models with scoped querysets, layer by layer."""
    return [
        model
        for name in settings.OUR_APPS
        for model in apps.get_app_config(name).get_models()
        if hasattr(model._default_manager.none(), "visible_to")
    ]


def noun(model: type[models.Model]) -> str:
    """Return identifier and Chinese name of a model."""
    return f"`{model._meta.label}` {translate_label(model._meta.verbose_name, CHINESE)}"


def own_words(model: type[models.Model]) -> Iterator[str]:
    """Yield how a model's own queryset methods describe themselves."""
    kind = type(model._default_manager.none())
    for name, verb in (("visible_to", "sees"), ("managed_by", "keeps")):
        method = getattr(kind, name, None)
        if method is not None and method.__qualname__.startswith(f"{kind.__name__}."):
            yield f"{verb}: {first_sentence(method)}"


def nouns_table() -> str:
    """Return the table of models and roles; equal roles share a column."""
    nouns = scoped_models()
    columns: dict[tuple[str, ...], list[Role]] = {}
    for code in Role:
        cells = tuple(
            describe_access(model._default_manager.all(), code) for model in nouns
        )
        columns.setdefault(cells, []).append(code)
    heads = ["Noun", *(", ".join(f"`{c}`" for c in same) for same in columns.values())]
    rows = [
        [noun(model), *(cells[position] for cells in columns)]
        for position, model in enumerate(nouns)
    ]
    notes = [
        f"- `{model._meta.label}` — {words}"
        for model in nouns
        for words in own_words(model)
    ]
    return "\n".join(
        [table(heads, rows), "", "Nouns with a rule of their own:", "", *notes]
    )


# ---- questions and addresses -----------------------------------------------------


def questions_table() -> str:
    """Return each `can_…` question with its docstring."""
    rows = []
    for name in settings.OUR_APPS:
        if find_spec(f"{name}.permissions") is None:
            continue
        module = import_module(f"{name}.permissions")
        own = {k: v for k, v in vars(module).items() if k.startswith("can_")}
        questions = [
            k for k, v in own.items() if v.__module__.startswith(module.__name__)
        ]
        rows += [
            [f"`{name}.{key}`", first_sentence(getattr(module, key))]
            for key in sorted(questions)
        ]
    return table(["Question", "What it asks"], rows)


def views(patterns: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every address of ours by name, with its view."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from views(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", pattern.callback)
            yield f"{prefix}{pattern.name}", view


def writes(view: Any) -> bool:
    """Whether a page accepts POST."""
    return hasattr(view, "post") and "post" in view.http_method_names


def admitted_people(statuses: Mapping[str, int] | None) -> str:
    """Return the people that an address does not refuse."""
    if statuses is None:
        return ""
    admitted = [
        person
        for person, status in statuses.items()
        if status not in REFUSED and (person, status) != ("nobody", 302)
    ]
    return ", ".join(admitted) or "nobody"


def addresses_table() -> str:
    """Return who may write where: every address that accepts POST.

    A form that is opened first is tested by opening it.
    """
    entries = import_module("tests.access_matrix.tables").all_access()
    views_by_name = dict(views(get_resolver().url_patterns))
    rows = [
        [
            f"`{name}`",
            first_sentence(views_by_name.get(name)),
            admitted_people(entry.own),
            admitted_people(entry.foreign),
        ]
        for name, entry in sorted(entries.items())
        if entry.method == "post" or writes(views_by_name.get(name))
    ]
    return table(["Address", "Action", "Admitted", "With a row elsewhere"], rows)
