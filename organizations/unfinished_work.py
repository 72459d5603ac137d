"""Work of a month that somebody still has to finish, as the apps declare it."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from core.actors import Actor
from core.db.querysets import ScopedQuerySet
from core.registries.registry import Registry
from core.text import StrOrPromise
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class UnfinishedWork:
    """Rows that count in a later month if they are finished after theirs was closed.

    `find` returns those that hold up a month, `describe` says how many there are, and
    `url` is the list in which they are finished.
    """

    key: str
    find: Callable[[dt.date], ScopedQuerySet[Any]]
    describe: Callable[[int], StrOrPromise]
    url: Callable[[], str]


unfinished_work: Registry[UnfinishedWork] = Registry("Unfinished work")


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sentence on what is under way, and the list in which it is finished."""

    text: StrOrPromise
    url: str


def list_unfinished(
    organization: Organization, month: dt.date, reader: Actor
) -> Iterator[Unfinished]:
    """Yield what of an organization's month is under way, as one may see it.

    Whoever submits or accepts a return of the month should know of it.
    """
    for work in sorted(unfinished_work, key=attrgetter("key")):
        rows = work.find(month).visible_to(reader).within(organization)
        if count := rows.count():
            yield Unfinished(work.describe(count), work.url())
