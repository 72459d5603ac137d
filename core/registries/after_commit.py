"""Handlers that run after a commit: they wake workers, erase files and send mail.

Everything that must not be lost is a row of the action's own transaction; handlers only
wake the workers of those rows. If the process dies in between, a chore finds the row
later.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import transaction

from core.registries.registry import Registry

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class AfterCommit(Generic[E]):
    """One handler: `run` is called with each event of the type, after the commit."""

    key: str
    event: type[E]
    run: Callable[[E], None]


after_commit: Registry[AfterCommit[Any]] = Registry("After-commit handler")


def dispatch_after_commit(event: object) -> None:
    """Call the handlers of an event once the current transaction has committed.

    A handler that fails is logged; it stops neither the others nor the page.
    """
    for handler in after_commit:
        if handler.event is type(event):
            transaction.on_commit(_call(handler, event), robust=True)


def _call(handler: AfterCommit[Any], event: object) -> Callable[[], None]:
    """Bind a handler to an event; Django names the function when it logs a failure."""

    def call() -> None:
        handler.run(event)

    return call
