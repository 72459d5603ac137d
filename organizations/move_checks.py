"""Checks of moves in the tree, by which upper apps may refuse them."""

from collections.abc import Callable
from dataclasses import dataclass

from core.db.locks import lock_exclusive, lock_shared
from core.registries.registry import Registry
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class MoveCheck:
    """A check of the tree as it is after a move, in the same transaction.

    `refuse` gets the moved organization with its new path, and raises if the
    combination of what is above and below it is not allowed; the move is then rolled
    back.
    """

    key: str
    refuse: Callable[[Organization], None]


TREE_LOCK = "organizations.tree"


def lock_tree() -> None:
    """Wait for whoever relies on the lines of the tree; nothing else moves meanwhile.

    A check of a move does not see what another transaction has not committed yet.
    """
    lock_exclusive(TREE_LOCK, [0])


def rely_on_tree() -> None:
    """Wait for a move under way; nothing moves until this transaction has ended."""
    lock_shared(TREE_LOCK, [0])


move_checks: Registry[MoveCheck] = Registry("Check of a move")
