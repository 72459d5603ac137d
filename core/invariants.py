"""What must always be true of live data, and the command that proves it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.registry import Registry
from core.words import Words


@dataclass(frozen=True, slots=True)
class Invariant:
    """A sentence about the data, and a search for the rows that belie it."""

    key: str
    label: Words
    broken: Callable[[], Iterable[str]]


invariants: Registry[Invariant] = Registry("Invariant")
