"""The beat of a worker at work."""

import threading
from collections.abc import Callable
from types import TracebackType

from django.db import DatabaseError, connection

BEAT = 2.0


class Heartbeat(threading.Thread):
    """Calls `beat` every so often while a block runs, on a connection of its own.

    The work itself may sit in one long transaction, through which nobody would see a
    beat. Where the database cannot be written meanwhile (SQLite), a beat is left out.
    """

    def __init__(self, beat: Callable[[], None], every: float = BEAT) -> None:
        super().__init__(daemon=True)
        self.beat = beat
        self.every = every
        self.over = threading.Event()

    def run(self) -> None:
        """Beat until the block is over."""
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
