"""Every address × every person: who gets through, and what a refused request changes.

The expected answers are written by hand in `tests/access_matrix/`; an address that is
missing there fails.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access_matrix.base import CANARY, PEOPLE
from tests.access_matrix.tables import all_access
from tests.changes import Changes, watched
from tests.client import Browser
from tests.html import shows_rule_number

ACCESS = all_access()
NAMES = "names the other street"
REFUSED = {403, 404, 405}
LOOKS = {"accounts.AccessEntry", "accounts.DigestEntry"}
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


# The people in four groups: each address is in every run, each time for another group.
GROUPS = [PEOPLE[number::4] for number in range(4)]


@pytest.mark.parametrize("people", GROUPS, ids=lambda people: people[0])
@pytest.mark.parametrize("name", sorted(ACCESS))
def test_only_those_it_is_for_get_through(name, people, world):
    access, wrong = ACCESS[name], []
    own, foreign = access.args(world)
    data = access.data(world) if access.method == "post" else {}

    for person in people:
        session = signed_in(world.people[person]).cookies
        tries = [(own, access.own[person], "own")]
        if access.foreign is not None:
            tries.append((foreign, access.foreign[person], "foreign"))
        for args, expected, whose in tries:
            with transaction.atomic():
                client = Browser()
                client.cookies.update(session)
                ask = getattr(client, access.method)
                with watched() as changes:
                    answer = ask(reverse(name, args=args), data)
                    said = [*faults(answer, expected, person, whose, changes)]
                if access.method == "get" and only_looked(changes):
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


def only_looked(changes: Changes) -> set[str]:
    """Tables that a look changed; who looked, and its digest, is all it may write."""
    return changes.tables() - LOOKS


def faults(answer, expected, person, whose, changes) -> Iterator[str]:
    """What is wrong with an answer: its kind, what it moved, who is named in it."""
    text = body_of(answer)
    if answer.status_code != expected:
        yield f"{answer.status_code} instead of {expected}"
    turned_away = answer.status_code in REFUSED or (
        person == "nobody" and answer.status_code == 302
    )
    if turned_away and changes.tables():
        yield "was refused, but something was written"
    if shows_rule_number(answer):
        yield "shows the number of a rule"
    blind = person not in SEES_EVERY_NAME and whose == "own"
    if (blind or answer.status_code in REFUSED) and CANARY in text:
        yield NAMES


def body_of(answer) -> str:
    """The text of an answer, streamed or not."""
    if getattr(answer, "streaming", False):
        return b"".join(answer.streaming_content).decode("utf-8", "ignore")
    return answer.content.decode("utf-8", "ignore")
