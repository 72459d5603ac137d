"""Waiting for one another where no row is there to be locked.

Locks last until the transaction ends. SQLite has one writer at a time (its
transactions begin IMMEDIATE), so there is nothing left to hold there.
"""

from collections.abc import Iterable

from django.db import connection

EACH = "(hashtext(%s), k) FROM unnest(%s::int[]) AS k"
SHARED = f"SELECT pg_advisory_xact_lock_shared{EACH}"
ALONE = f"SELECT pg_advisory_xact_lock{EACH}"
TRY = f"SELECT pg_try_advisory_xact_lock{EACH}"


def _take(sql: str, purpose: str, keys: Iterable[int]) -> bool:
    wanted = sorted(set(keys))
    if connection.vendor != "postgresql" or not wanted:
        return True
    with connection.cursor() as cursor:
        cursor.execute(sql, [purpose, wanted])
        return all(got is not False for (got,) in cursor.fetchall())


def hold_together(purpose: str, keys: Iterable[int]) -> None:
    """Hold things beside others who hold them so; waits for who holds them alone."""
    _take(SHARED, purpose, keys)


def hold_alone(purpose: str, keys: Iterable[int]) -> None:
    """Hold things alone; waits for everybody else."""
    _take(ALONE, purpose, keys)


def try_alone(purpose: str, key: int = 0) -> bool:
    """Hold one thing alone if nobody else does; say whether that came off."""
    return _take(TRY, purpose, [key])
