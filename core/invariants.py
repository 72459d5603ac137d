"""What must always be true of live data, and the command that proves it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Invariant:
    """A sentence about the data, and a search for the rows that belie it."""

    key: str
    label: str | Promise
    broken: Callable[[], Iterable[str]]


invariants: Registry[Invariant] = Registry("Invariant")
