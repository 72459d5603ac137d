"""Advisory locks, where there is no row to lock.

Locks last until the transaction ends, unless stated otherwise. SQLite has one writer at
a time (its transactions begin IMMEDIATE), so nothing needs to be locked there.
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


def _acquire(sql: str, purpose: str, keys: Iterable[int]) -> bool:
    sorted_keys = sorted(set(keys))
    if connection.vendor != "postgresql" or not sorted_keys:
        return True
    with connection.cursor() as cursor:
        cursor.execute(sql, [purpose, sorted_keys])
        return all(got is not False for (got,) in cursor.fetchall())


def lock_shared(purpose: str, keys: Iterable[int]) -> None:
    """Take shared locks; wait for exclusive holders."""
    _acquire(SHARED, purpose, keys)


def lock_exclusive(purpose: str, keys: Iterable[int]) -> None:
    """Take exclusive locks; wait for all other holders."""
    _acquire(ALONE, purpose, keys)


def try_lock_exclusive(purpose: str, key: int = 0) -> bool:
    """Take one exclusive lock if it is free; return whether it was taken."""
    return _acquire(TRY, purpose, [key])


@contextmanager
def hold_locks(purpose: str, keys: Iterable[int]) -> Iterator[None]:
    """Hold exclusive locks from before a transaction begins until after it has ended.

    A waiting process has not begun to read, so its snapshot contains what the process
    before it wrote. Inside an open transaction the locks are held until that one ends.
    """
    sorted_keys = list(keys)
    if connection.in_atomic_block:
        lock_exclusive(purpose, sorted_keys)
        yield
        return
    _acquire(BEFORE, purpose, sorted_keys)
    try:
        yield
    finally:
        _acquire(AFTER, purpose, sorted_keys)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Run the block in one transaction that reads one snapshot.

    Inside an open transaction that transaction's isolation applies.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
