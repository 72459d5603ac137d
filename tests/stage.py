"""Stages races: the first call holds its transaction open while the second tries.

Staged races need PostgreSQL, where rows are really locked.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

LONG_ENOUGH = 0.5  # to slip past a lock that is not there


@dataclass(frozen=True)
class Race:
    """The results of both calls, and whether the second had to wait."""

    first: Any
    rival: Future
    waited: bool

    @property
    def refusal(self) -> BaseException | None:
        """What the second was refused with, if it was."""
        return self.rival.exception()


def on_its_own_connection(action: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Run the action as another person's request would."""
    try:
        return action(*args, **kwargs)
    finally:
        connection.close()


def race(first: Callable[[], Any], second: Callable[[], Any]) -> Race:
    """Run the first call, keep it uncommitted while the second tries, then commit."""
    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            done = first()
            rival = pool.submit(on_its_own_connection, second)
            waited = rival in wait([rival], timeout=LONG_ENOUGH).not_done
        wait([rival])
    return Race(done, rival, waited)
