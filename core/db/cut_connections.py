"""Recognizes failures whose only reason is that the database went away."""

from collections.abc import Iterator
from typing import Any

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
    cause: Any = error.__cause__
    if not isinstance(error, UNREACHABLE) or not hasattr(cause, "pgcode"):
        return False
    if isinstance(error, InterfaceError):
        return "connection already closed" in str(error)
    state: str | None = cause.pgcode
    return state is None or state.startswith(CUT_STATES)
