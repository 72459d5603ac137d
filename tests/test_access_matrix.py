"""Every address × every person: who gets through, and what a refused request changes.

The expected answers are written by hand in `tests/access_matrix/`; an address that is
missing there fails.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_matrix.base import CANARY, PEOPLE, build_world
from tests.access_matrix.tables import all_access
from tests.client import Browser

ACCESS = all_access()
NAMES = "names the other street"
REFUSED = {403, 404, 405}
LOOKS = "accounts.AccessEntry"
STRANGERS_HERE = {"clerk_elsewhere", "staff_elsewhere", "officer"}
SEES_EVERY_NAME = STRANGERS_HERE | {"system_admin", "security_admin", "auditor"}


def our_names(patterns: list, prefix: str = "") -> Iterator[str]:
    """Names of every address, the admin's own left to its own test."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "admin":
                continue
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from our_names(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_address_is_in_the_matrix():
    assert sorted(set(our_names(get_resolver().url_patterns))) == sorted(ACCESS)


def fingerprint() -> dict[str, list]:
    """Every row of every table of ours: what a refused request must leave alone."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.app_label in settings.OUR_APPS
    }


@pytest.mark.parametrize("name", sorted(ACCESS))
@pytest.mark.django_db
def test_only_those_it_is_for_get_through(name):
    access, world = ACCESS[name], build_world()
    own, foreign = access.args(world)
    data = access.data(world) if access.method == "post" else {}
    before, wrong = fingerprint(), []

    for person in PEOPLE:
        tries = [(own, access.own[person], "own")]
        if access.foreign is not None:
            tries.append((foreign, access.foreign[person], "foreign"))
        for args, expected, whose in tries:
            with transaction.atomic():
                client = signed_in(world.people[person])
                kept = expected in REFUSED or access.method == "get"
                prepared = fingerprint() if kept else before
                answer = getattr(client, access.method)(reverse(name, args=args), data)
                said = [*faults(answer, expected, person, whose, prepared)]
                if access.method == "get" and only_looked(prepared):
                    said.append("was only looked at, but something was written")
                wrong += [
                    f"{person}, {whose}: {fault}"
                    for fault in said
                    if not (access.names_all and fault == NAMES and expected == 200)
                ]
                transaction.set_rollback(True)

    assert wrong == []


def signed_in(user) -> Browser:
    """A browser in which the person has signed in, or nobody."""
    client = Browser()
    if user is not None:
        client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return client


def only_looked(before) -> set[str]:
    """Tables that a look changed; who looked is all that it may write."""
    now = fingerprint()
    return {label for label in now if now[label] != before[label]} - {LOOKS}


def faults(answer, expected, person, whose, before) -> Iterator[str]:
    """What is wrong with an answer: its kind, what it moved, whom it names."""
    text = body_of(answer)
    if answer.status_code != expected:
        yield f"{answer.status_code} instead of {expected}"
    turned_away = answer.status_code in REFUSED or (
        person == "nobody" and answer.status_code == 302
    )
    if turned_away and fingerprint() != before:
        yield "was refused, but something was written"
    blind = person not in SEES_EVERY_NAME and whose == "own"
    if (blind or answer.status_code in REFUSED) and CANARY in text:
        yield NAMES


def body_of(answer) -> str:
    """The text of an answer, streamed or not."""
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content).decode("utf-8", "ignore")
    return answer.content.decode("utf-8", "ignore")
