"""The file from which an installation is set up: its keys, and which row is wrong."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from core.errors import DomainError

ROW_KEYS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "orgs": (
        frozenset({"code", "level", "name", "full", "parent"}),
        frozenset({"aliases", "aliases_within"}),
    ),
    "existing_members": (
        frozenset(
            (
                *("key", "name", "sex", "id_number", "birth_date", "member_type"),
                *("category", "branch", "affiliated_on"),
            )
        ),
        frozenset({"join_date", "full_member_date", "phone"}),
    ),
    "users": (
        frozenset({"login", "duty"}),
        frozenset({"role", "scope", "member"}),
    ),
}
"""The lists of rows, each with the keys that a row must have and those it may have."""
MONTHS = "closed_periods"
# What a file may say to those who read it; nothing is set up from it.
NOTES = frozenset({"note", "open_periods", "import_day_hint"})


class FileWrong(ValueError):
    """What the file says cannot be set up; the message names the list and the row."""


def check_keys(world: Any) -> None:
    """Refuse a file with a key that nobody reads or without one that is needed."""
    known = {*ROW_KEYS, MONTHS}
    if not isinstance(world, dict) or "orgs" not in world:
        raise FileWrong(_("the file has no list named orgs."))
    _refuse_unknown(_("the file"), world, known | NOTES)
    for name in known & world.keys():
        if not isinstance(world[name], list):
            raise FileWrong(_("%(name)s is not a list.") % {"name": name})
    for name, (needed, optional) in ROW_KEYS.items():
        for number, row in enumerate(world.get(name, []), 1):
            _check_row(name_row(name, number, row), row, needed, optional)


def _check_row(
    where: str, row: Any, needed: frozenset[str], optional: frozenset[str]
) -> None:
    if not isinstance(row, dict):
        raise FileWrong(_("%(row)s is not an object with keys.") % {"row": where})
    _refuse_unknown(where, row, needed | optional)
    if missing := sorted(needed - row.keys()):
        raise FileWrong(
            _("%(row)s has no %(names)s.") % {"row": where, "names": ", ".join(missing)}
        )


def _refuse_unknown(
    where: str, row: Mapping[str, Any], known: set[str] | frozenset[str]
) -> None:
    if unknown := sorted(row.keys() - known):
        raise FileWrong(
            _("%(row)s has %(unknown)s, which nothing reads; the names are %(names)s.")
            % {
                "row": where,
                "unknown": ", ".join(unknown),
                "names": ", ".join(sorted(known - NOTES)),
            }
        )


def name_row(name: str, number: int, row: Any) -> str:
    """Return how messages call one row of a list: “users, row 3 (liming)”."""
    keys = ("code", "key", "login")
    called = (
        next((row[key] for key in keys if key in row), "")
        if isinstance(row, dict)
        else ""
    )
    place = _("%(list)s, row %(number)d") % {"list": name, "number": number}
    return place + (_(" (%(name)s)") % {"name": called} if called else "")


@contextmanager
def naming(where: str) -> Iterator[None]:
    """Put the list and the row in front of what is wrong with it."""
    try:
        yield
    except FileWrong:
        raise
    except KeyError as error:
        sentence = _("%(row)s: %(name)s is not in the file.")
        message = sentence % {"row": where, "name": error}
        raise FileWrong(message) from error
    except (DomainError, IntegrityError, TypeError, ValueError) as error:
        raise FileWrong(f"{where}：{error!s}") from error
