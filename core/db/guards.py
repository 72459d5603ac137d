"""Which triggers and constraints of this version the database does not enforce.

Who owns the tables can drop, disable or replace them. Every row may still be right, yet
the next wrong one would be stored. So what the database holds under each name is
compared with what this version would make.
"""

import re
from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection, models

from core.db import guards_on_postgresql, guards_on_sqlite
from core.db.catalogue import catalogue_alone
from core.db.columns import find_changed_columns
from core.db.keys import find_missing_keys
from core.db.sequences import find_unsound_storage
from core.db.strangers import find_strangers

ITEM = r"(?:\('[^']*'::[a-z ]+\)::[a-z]+|'[^']*'(?:::[a-z ]+)?)"
LISTED = re.compile(f"{ITEM}(?:, {ITEM})+")
CONVERTED = re.compile(r"\((\w+)\)::numeric")
Guards = dict[tuple[str, str], str]


def find_missing_guards() -> Iterator[str]:
    """Yield each trigger, constraint and key that is missing, disabled or another one.

    Rules, row security, functions and triggers of strangers are named too.
    """
    with catalogue_alone():
        lines = list(_find_missing())
    yield from lines


def find_wrong_storage() -> Iterator[str]:
    """Yield tables that a crash empties or whose next row takes a wrong number."""
    with catalogue_alone():
        lines = list(find_unsound_storage(our_models()))
    yield from lines


def our_models() -> list[type[models.Model]]:
    """Return the models whose tables this version makes, those of joins among them."""
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed]


def _find_missing() -> Iterator[str]:
    on_postgresql = connection.vendor == "postgresql"
    guards = guards_on_postgresql if on_postgresql else guards_on_sqlite
    ours = our_models()
    tables = [model._meta.db_table for model in ours]
    if on_postgresql:
        yield from find_strangers(tables)
        yield from find_changed_columns(ours)
    yield from find_missing_keys(ours)
    in_force = guards.guards_in_force(tables)
    for model in ours:
        held = in_force.get(model._meta.db_table, {})
        made = guards.make_guards(model, _enforced(model))
        if any(_compare(model._meta.db_table, held, made)):
            again = guards.word_again(model, made)  # as after a restore
            yield from _compare(model._meta.db_table, held, made, again)


def _compare(table: str, held: Guards, *wordings: Guards) -> Iterator[str]:
    """Compare one table's; a trigger that is none of ours could swallow a change."""
    for guard in wordings[0]:
        what = "{} {} of {}".format(*guard, table)
        if guard not in held:
            yield f"{what} is missing"
        elif _alike(held[guard]) not in {_alike(made[guard]) for made in wordings}:
            yield f"{what} does something else"
    for kind, name in sorted(held.keys() - wordings[0].keys()):
        if kind == "trigger":
            yield f"trigger {name} of {table} is none of this version"


def _alike(definition: str) -> str:
    """Return a definition without what means nothing.

    A list that was made of a set has no order. A check that is older than the whole
    numbers in its column converts them.
    """
    plain = CONVERTED.sub(r"\1", definition)
    return LISTED.sub(lambda found: ", ".join(sorted(found[0].split(", "))), plain)


def _enforced(model: type[models.Model]) -> list[models.BaseConstraint]:
    """Return what this database enforces; SQLite knows no exclusion constraints."""
    return [
        one
        for one in model._meta.constraints
        if connection.vendor == "postgresql" or not isinstance(one, ExclusionConstraint)
    ]
