"""Heartbeat of a running worker."""

import threading
from collections.abc import Callable
from types import TracebackType

from django.db import DatabaseError, connection

BEAT = 2.0


class Heartbeat(threading.Thread):
    """Calls `beat` periodically while a block runs, on a connection of its own.

    The work itself may be one long transaction, in which no other process would see a
    heartbeat. Where the database cannot be written meanwhile (SQLite), a beat is
    skipped.
    """

    def __init__(self, beat: Callable[[], None], every: float = BEAT) -> None:
        super().__init__(daemon=True)
        self.beat = beat
        self.every = every
        self.over = threading.Event()

    def run(self) -> None:
        """Call `beat` until the block ends."""
        try:
            while not self.over.wait(self.every):
                try:
                    self.beat()
                except DatabaseError:
                    continue
        finally:
            connection.close()

    def __enter__(self) -> "Heartbeat":
        self.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.over.set()
        self.join()
