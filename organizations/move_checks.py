"""Checks of moves in the tree, by which upper apps may refuse them."""

from collections.abc import Callable
from dataclasses import dataclass

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


move_checks: Registry[MoveCheck] = Registry("Check of a move")
