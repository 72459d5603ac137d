"""Recognizes that a disk is full or takes no more, whichever program says so."""

import errno
from collections.abc import Iterator

from django.db import DatabaseError

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SAID = ("disk is full", "No space left", "disk I/O error", "Disk quota exceeded")
"""What SQLite and PostgreSQL answer, in English whatever the locale of the messages."""
STATE = "53100"  # PostgreSQL's name for it, in whatever language it speaks


def is_disk_full(error: BaseException | None) -> bool:
    """Whether the failure, or what it was raised from, comes of a full disk."""
    return any(map(_is_full, iter_causes(error)))


def iter_causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error and what it was raised from or during."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException) -> bool:
    if getattr(error, "pgcode", None) == STATE:
        return True
    if isinstance(error, OSError):
        return error.errno in FULL
    return isinstance(error, DatabaseError) and any(s in str(error) for s in SAID)
