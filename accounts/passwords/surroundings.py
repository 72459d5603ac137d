"""What others know of a person: names, places, birthday, numbers."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q

from accounts.passwords.words import Words
from core.db.querysets import any_of
from core.db.tree import ancestor_paths, path_range
from core.errors import DomainError
from core.identity import phone_index
from organizations.enums import STREET_TIER, OrganizationKind
from organizations.models import Organization

MOBILE_LENGTH = 11
PLACES = (*STREET_TIER, OrganizationKind.COMMUNITY)


def words_known_of(user: Any) -> Words:
    """Return the names of the person, of their places, those below, and of the system.

    For a form that is filled in before the person is known, the account is unsaved and
    has only what was typed.
    """
    words = Words()
    words.add(*settings.PASSWORD_WORDS)
    for name in _place_names(user):
        words.add_name_of_organization(name)
    for name in _names_below(user):
        words.add_name_of_place_below(name)
    if user is None:
        return words
    words.add(user.username, user.email.partition("@")[0])
    words.add_person(user.display_name)
    if (member := getattr(user, "member", None)) is not None:
        words.add_person(member.name)
    return words


def _place_names(user: Any) -> set[str]:
    """Return the names of the person's organizations, all above, and the root."""
    paths = {path for own in _own_paths(user) for path in (own, *ancestor_paths(own))}
    nodes = Organization.objects.filter(Q(path__in=paths) | Q(parent=None))
    names = {name for row in nodes.values_list("name", "full_name") for name in row}
    return {name for name in names | set(_unit_names(user)) if name}


def _names_below(user: Any) -> set[str]:
    """Return the names of the places below those that the person works for.

    Branches are left out: what they are called after is often an everyday word, and a
    city has thousands.
    """
    paths = [] if user is None else [*_own_paths(user)]
    if not paths:
        return set()
    below = any_of(path_range("", path) for path in paths)
    places = Organization.objects.filter(below, kind__in=PLACES)
    names = {name for row in places.values_list("name", "full_name") for name in row}
    return names - {""}


def _own_paths(user: Any) -> Iterator[str]:
    """Yield the paths of the organizations that the person works for or belongs to."""
    if getattr(user, "pk", None) is None:
        return
    assignments = user.role_assignments.standing()
    for lookup in ("organization__path", "unit__host__path"):
        yield from filter(None, assignments.values_list(lookup, flat=True))
    member = getattr(user, "member", None)
    for relation in ("organization", "community"):
        if (node := getattr(member, relation, None)) is not None:
            yield node.path


def _unit_names(user: Any) -> list[str]:
    if getattr(user, "pk", None) is None:
        return []
    return list(
        user.role_assignments.standing()
        .exclude(unit=None)
        .values_list("unit__name", flat=True)
    )


def numbers_of(user: Any, digits: str) -> tuple[list[dt.date], list[str]]:
    """Return the person's birthday, and their phone and identity numbers.

    An account knows only the blind index of its phone; `digits`, those of the password,
    are searched for a number with that index.
    """
    member = getattr(user, "member", None)
    days = [day for day in [getattr(member, "birth_date", None)] if day]
    names = ("phone", "landline", "id_number")
    texts = [str(getattr(member, name, None) or "") for name in names]
    numbers = ["".join(c for c in text if c.isdecimal()) for text in texts]
    index = getattr(user, "phone_index", None)
    numbers += [n for n in _windows(digits) if index and _index_of(n) == index]
    return days, [number for number in numbers if number]


def _windows(digits: str) -> Iterator[str]:
    for start in range(len(digits) - MOBILE_LENGTH + 1):
        yield digits[start : start + MOBILE_LENGTH]


def _index_of(number: str) -> str | None:
    try:
        return phone_index(number)
    except DomainError:
        return None
