"""Organizations and months in which members' work is counted.

Targets of a unit count the work of its employees, so these are recounted when a
member's employer changes.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.registries.registry import Registry


@dataclass(frozen=True, slots=True)
class CountedWork:
    """The organizations and months in which some members' work is counted."""

    key: str
    months_of: Callable[[Iterable[int]], Iterable[tuple[int, dt.date]]]


counted_work: Registry[CountedWork] = Registry("CountedWork")
