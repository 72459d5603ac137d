"""Waiting for one another where no row is there to be locked.

Locks last until the transaction ends, unless said. SQLite has one writer at a time (its
transactions begin IMMEDIATE), so there is nothing left to hold there.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

EACH = "(hashtext(%s), k) FROM unnest(%s::int[]) AS k"
SHARED = f"SELECT pg_advisory_xact_lock_shared{EACH}"
ALONE = f"SELECT pg_advisory_xact_lock{EACH}"
BEFORE = f"SELECT pg_advisory_lock{EACH}"
AFTER = f"SELECT pg_advisory_unlock{EACH}"
TRY = f"SELECT pg_try_advisory_xact_lock{EACH}"


def _take(sql: str, purpose: str, keys: Iterable[int]) -> bool:
    wanted = sorted(set(keys))
    if connection.vendor != "postgresql" or not wanted:
        return True
    with connection.cursor() as cursor:
        cursor.execute(sql, [purpose, wanted])
        return all(got is not False for (got,) in cursor.fetchall())


def lock_shared(purpose: str, keys: Iterable[int]) -> None:
    """Hold things beside others who hold them so; waits for who holds them alone."""
    _take(SHARED, purpose, keys)


def lock_exclusive(purpose: str, keys: Iterable[int]) -> None:
    """Hold things alone; waits for everybody else."""
    _take(ALONE, purpose, keys)


def try_lock_exclusive(purpose: str, key: int = 0) -> bool:
    """Hold one thing alone if nobody else does; say whether that came off."""
    return _take(TRY, purpose, [key])


@contextmanager
def locked_around(purpose: str, keys: Iterable[int]) -> Iterator[None]:
    """Hold things alone from before a transaction begins until after it has ended.

    What waited has then not begun to read: its snapshot holds what the one before it
    wrote. Inside a transaction already begun, things are held until that one ends.
    """
    wanted = list(keys)
    if connection.in_atomic_block:
        lock_exclusive(purpose, wanted)
        yield
        return
    _take(BEFORE, purpose, wanted)
    try:
        yield
    finally:
        _take(AFTER, purpose, wanted)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Let everything read in the block be of one moment, and written in one piece.

    Inside a transaction already begun it is that transaction's view that counts.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
