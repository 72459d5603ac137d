"""Tasks that wait for a person, to which every app contributes."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.actors import Actor
from core.registries.registry import Registry
from core.text import StrOrPromise


@dataclass(frozen=True, slots=True)
class Todo:
    """One task, or several of the same kind, waiting for the reader."""

    label: StrOrPromise
    url: str
    count: int = 1
    due_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class TodoSource:
    """The tasks that an app contributes for a person on a day."""

    key: str
    find: Callable[[Actor, dt.date], Iterable[Todo]]


todo_sources: Registry[TodoSource] = Registry("Todo source")


def todos_for(user: Actor, day: dt.date) -> list[Todo]:
    """Return all tasks of the person, the earliest deadline first."""
    todos = [todo for source in todo_sources for todo in source.find(user, day)]
    return sorted(todos, key=lambda todo: (todo.due_on is None, todo.due_on or day))
