"""`@action`: one function, one transaction, one name in the audit log.

    @action(label=_("Project started"))
    def start_project(...) -> Project: ...

The decorator opens the transaction, registers the label that readers of the audit log
see, and names every event that `core.audit.record` writes meanwhile
`<app>.<function>`. An action may call another one: each records its own events, the
outermost owns the transaction.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import update_wrapper
from typing import Generic, ParamSpec, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from core.db.digests import digesting, name_in_app
from core.registries.registry import Registry
from core.text import StrOrPromise

P = ParamSpec("P")
R = TypeVar("R")


class Action(Generic[P, R]):
    """A function that changes records; called like the function itself.

    `key` is its name in the audit log, `label` what readers call it there. Entries from
    before a renaming keep `former_key`, because the audit log is never rewritten. An
    action that only `discloses` personal data writes an access entry, not a change.
    """

    def __init__(
        self,
        function: Callable[P, R],
        label: StrOrPromise,
        former_name: str = "",
        *,
        discloses: bool = False,
    ) -> None:
        self.function, self.label, self.discloses = function, label, discloses
        self.key = name_in_app(function)
        self.former_key = _former_key(self.key.partition(".")[0], former_name)
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the function in a transaction, its audit events named after it.

        The rows that it writes are digested before the transaction ends.
        """
        token = _running.set(self.key)
        try:
            with transaction.atomic(), digesting(self.key):
                return self.function(*args, **kwargs)
        finally:
            _running.reset(token)


def _former_key(app: str, former_name: str) -> str:
    """Return the key under a former name, which says its app if that was another."""
    is_whole = not former_name or "." in former_name
    return former_name if is_whole else f"{app}.{former_name}"


actions: Registry[Action] = Registry("Action")
_running: ContextVar[str] = ContextVar("running_action")


def action(
    *, label: StrOrPromise, former_name: str = "", discloses: bool = False
) -> Callable[[Callable[P, R]], Action[P, R]]:
    """Declare a function as an action; `former_name` is what it was called before.

    Where it was in another app, the name says so: `accounts.record_log_export`.
    """

    def declare(function: Callable[P, R]) -> Action[P, R]:
        declared = Action(function, label, former_name, discloses=discloses)
        actions.add(declared)
        return declared

    return declare


def find_action(key: str) -> Action | None:
    """Return the action that the audit log records under a key, now or formerly."""
    if key in actions:
        return actions.get(key)
    return next((item for item in actions if key and item.former_key == key), None)


def running_action() -> str:
    """Return the key of the action that is running; there must be one."""
    try:
        return _running.get()
    except LookupError as error:
        raise ImproperlyConfigured(
            "An audit event was recorded outside an @action."
        ) from error


def running_access() -> str:
    """Return the key of the running action, which must be declared to disclose data.

    Only declared actions can therefore appear in the log of accesses.
    """
    key = running_action()
    if not actions.get(key).discloses:
        raise ImproperlyConfigured(f"{key} records an access but does not say so.")
    return key


def keys_of(key: str) -> list[str]:
    """Return the key of an action and the one it had before, if it had another."""
    one = actions.get(key)
    return [name for name in (one.key, one.former_key) if name]


def disclosing_actions() -> list[Action]:
    """Return the actions that write access entries."""
    return [one for one in actions if one.discloses]


def changing_actions() -> list[Action]:
    """Return the actions that write entries of changes."""
    return [one for one in actions if not one.discloses]
