"""What is waiting for a person, told by every app and shown on one desk."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.actors import Actor
from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing, or one heap of alike things, that waits for the reader."""

    label: StrOrPromise
    url: str
    count: int = 1
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TodoSource:
    """What an app has waiting for a person on a day."""

    key: str
    find: Callable[[Actor, dt.date], Iterable[Todo]]


todo_sources: Registry[TodoSource] = Registry("Todo source")


def todos_for(user: Actor, day: dt.date) -> list[Todo]:
    """Everything that waits for the person, the earliest deadline first."""
    found = [todo for source in todo_sources for todo in source.find(user, day)]
    return sorted(found, key=lambda todo: (todo.due_on is None, todo.due_on or day))
