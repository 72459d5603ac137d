"""Checks of what a move in the tree brings together: upper apps may refuse it."""

from collections.abc import Callable
from dataclasses import dataclass

from core.registries.registry import Registry
from organizations.models import Organization


@dataclass(frozen=True, slots=True)
class MoveCheck:
    """A question about the tree as it is after a move, in the same transaction.

    `refuse` gets the moved organization with its new path and raises if what stands
    above and below it may not stand on one line; nothing is moved then.
    """

    key: str
    refuse: Callable[[Organization], None]


move_checks: Registry[MoveCheck] = Registry("Check of a move")
