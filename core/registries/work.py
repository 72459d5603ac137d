"""Where people's work is counted: asked when their employer changes.

Targets of a unit count the work of the members it employs, so the places where a
member's work counts are recounted when the employer changes.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.registries.registry import Registry


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """The organizations and months in which some members' work is counted."""

    key: str
    places_of: Callable[[Iterable[int]], Iterable[tuple[int, dt.date]]]


work_facts: Registry[WorkFacts] = Registry("WorkFacts")
