"""Recognizes failures whose only reason is that the database went away."""

from collections.abc import Iterator

import psycopg2
from django.db import InterfaceError, OperationalError

UNREACHABLE = (OperationalError, InterfaceError)
# The server was told to end the connection (57P), or the connection failed (08).
CUT_STATES = ("57P", "08")


def was_cut(error: BaseException | None) -> bool:
    """Whether the failure comes of a connection to PostgreSQL that was cut.

    What follows a cut inside a transaction fails in other ways, so whatever the error
    was raised from or during counts too. A lost connection has no SQLSTATE.
    """
    return any(_is_cut(link) for link in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_cut(error: BaseException) -> bool:
    """Whether this error is the driver's for a connection that was cut.

    Django's errors come of the driver's. Where Django closes a cursor that was read in
    parts, the driver's own error arrives, wrapped in none.
    """
    if isinstance(error, psycopg2.InterfaceError):
        return "connection already closed" in str(error)
    if not isinstance(error, psycopg2.OperationalError):
        return False
    return error.pgcode is None or error.pgcode.startswith(CUT_STATES)
