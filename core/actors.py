"""The acting person as every layer knows them: signed in or not, and their scope.

Roles are plain strings here; `organizations.roles` names them, `accounts` assigns them.
"""

from collections.abc import Iterable
from typing import Protocol


class Scope(Protocol):
    """What one person has roles over: subtrees, resident units and themselves."""

    @property
    def member_id(self) -> int | None:
        """The key of the person's own member record, if they have one."""

    def paths(self, roles: Iterable[str]) -> list[str]:
        """Return the subtrees over which one of the roles is held."""

    def seen_paths(self, roles: Iterable[str]) -> list[str]:
        """Return the subtrees that one of the roles lets the person view."""

    def units(self) -> list[int]:
        """Return the resident units that the person is liaison of."""

    def has_role(self, roles: Iterable[str]) -> bool:
        """Return whether one of the roles is held anywhere."""

    def has_role_over(self, path: str, roles: Iterable[str]) -> bool:
        """Return whether one of the roles is held over the node with this path."""


class Actor(Protocol):
    """A person on whose behalf something is read or done.

    Accounts and Django's anonymous user both qualify. Where an action also runs without
    a person (commands, tasks), it takes `Actor | None`.
    """

    @property
    def pk(self) -> int | None:
        """The key of the account; none for people who are not signed in."""

    @property
    def is_authenticated(self) -> bool:
        """Whether the person is signed in."""


class NoScope:
    """The empty scope of people who are not signed in."""

    member_id = None

    def paths(self, roles: Iterable[str]) -> list[str]:
        """Return no subtree."""
        return []

    seen_paths = paths

    def units(self) -> list[int]:
        """Return no unit."""
        return []

    def has_role(self, roles: Iterable[str]) -> bool:
        """Return that no role is held."""
        return False

    def has_role_over(self, path: str, roles: Iterable[str]) -> bool:
        """Return that no role is held."""
        return False


def scope_of(actor: Actor) -> Scope:
    """Return the person's scope today; an empty one if they are not signed in."""
    if not actor.is_authenticated:
        return NoScope()
    scope: Scope = actor.scope()  # type: ignore[attr-defined] # accounts have one
    return scope
