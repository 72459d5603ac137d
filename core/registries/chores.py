"""Periodic work: sealing the audit log, recounting, sweeping jobs.

`manage.py work` and Celery beat both run what is declared here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from core.registries.registry import Registry


@dataclass(frozen=True, slots=True)
class Chore:
    """A short piece of work, safe to run twice; returns how much it did.

    `every` is the pause between two runs in seconds; `daily_at` (hour, minute) replaces
    it for chores that run once a day.
    """

    key: str
    run: Callable[[], int]
    every: float = 2.0
    daily_at: tuple[int, int] | None = None


chores: Registry[Chore] = Registry("Chore")
