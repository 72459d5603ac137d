"""Stages races: the first call holds its transaction open while the second tries.

Staged races need PostgreSQL, where rows are really locked, and which says who waits for
whom: the first goes on as soon as the second waits for it or has ended.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

PATIENCE = 60
# The table of locks is read anew each time, unlike that of sessions.
SOMEBODY_WAITS_FOR = """
SELECT EXISTS (
    SELECT FROM pg_locks WHERE NOT granted AND %s = ANY (pg_blocking_pids(pid))
)"""


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


def waits_for_us(rival: Future) -> bool:
    """Wait until a call waits for a lock of this transaction, or has ended.

    A connection of its own asks, because the transaction may be broken by a refusal.
    """
    ours = connection.connection.info.backend_pid
    until = time.monotonic() + PATIENCE
    with closing(connection.copy()) as apart, apart.cursor() as cursor:
        while not wait([rival], timeout=0.01).done:
            cursor.execute(SOMEBODY_WAITS_FOR, [ours])
            if cursor.fetchone() == (True,):
                return True
            assert time.monotonic() < until, "neither ends nor waits for the first"
    return False


def race(first: Callable[[], Any], second: Callable[[], Any]) -> Race:
    """Run the first call, keep it uncommitted while the second tries, then commit."""
    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            done = first()
            rival = pool.submit(on_its_own_connection, second)
            waited = waits_for_us(rival)
        wait([rival])
    return Race(done, rival, waited)
