"""A queue in front of SQLite's one write lock: first come, first served.

SQLite itself gives the lock to whoever happens to ask when it is free, and a waiting
writer sleeps longer and longer between two questions. Beside writers that never pause
one of them can therefore wait for ever. Here everybody takes a number first and waits
for all lower ones; the number is a locked byte of a file beside the database, so the
kernel takes it back from a process that dies. The order is all that this lock is for:
SQLite's own lock still keeps two writers apart, whatever becomes of the file.
"""

import fcntl
import os
import sqlite3
import struct
import time
from pathlib import Path

from django.db import OperationalError

SUFFIX = "-queue"
LONGEST_WAIT = 60.0  # seconds; an import of 20,000 rows holds the lock for about ten
PAUSE = 0.003
ALL = range(0)  # a length of nothing means: to the end
COUNTER = struct.Struct("=q")
LOCK = "hhqqi0q"  # struct flock of Linux: type, whence, start, length, process
# Locks of an open file, not of a process: threads wait for one another, too. Elsewhere
# than on Linux there is no queue, and SQLite's own waiting has to do.
HAS_QUEUE = hasattr(fcntl, "F_OFD_SETLK")


class WriteQueueTooLong(OperationalError):
    """Others have been writing for longer than anybody should wait."""


def is_locked(error: BaseException | None) -> bool:
    """Whether SQLite was locked for too long, as by a program outside the queue."""
    code = getattr(getattr(error, "__cause__", None), "sqlite_errorcode", None)
    return isinstance(error, OperationalError) and code == sqlite3.SQLITE_BUSY


class WriteQueue:
    """One connection's place in the queue of a database file."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._file: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether it is this connection's turn."""
        return self._file is not None

    def enter(self) -> None:
        """Take a number and wait until no lower one is left."""
        if not HAS_QUEUE or self.is_held:
            return
        try:
            file = self._open()
        except OSError:  # a folder that one may only read: SQLite says what is wrong
            return
        until = time.monotonic() + LONGEST_WAIT
        try:
            number = _take_number(file, until)
            _wait_for(file, fcntl.F_RDLCK, range(1, number), until)
        except BaseException:
            os.close(file)
            raise
        self._file = file

    def leave(self) -> None:
        """Let the next one write."""
        if self._file is None:
            return
        file, self._file = self._file, None
        _lock(file, fcntl.F_UNLCK, ALL)  # a child process may hold the file, too
        os.close(file)

    def _open(self) -> int:
        path = f"{self.database}{SUFFIX}"
        rights = self.database.stat().st_mode & 0o666
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, rights)


def _take_number(file: int, until: float) -> int:
    """Count on, and lock the byte of the number before anybody takes the next one."""
    _wait_for(file, fcntl.F_WRLCK, range(1), until)
    last = os.pread(file, COUNTER.size, 0).ljust(COUNTER.size, b"\0")
    number: int = COUNTER.unpack(last)[0] + 1
    _lock(file, fcntl.F_WRLCK, range(number, number + 1))
    os.pwrite(file, COUNTER.pack(number), 0)
    _lock(file, fcntl.F_UNLCK, range(1))
    return number


def _wait_for(file: int, kind: int, numbers: range, until: float) -> None:
    while numbers and not _lock(file, kind, numbers):
        if time.monotonic() > until:
            raise WriteQueueTooLong("Others have been writing for too long.")
        time.sleep(PAUSE)


def _lock(file: int, kind: int, numbers: range) -> bool:
    """Lock or free bytes of the file without waiting; return whether that was done."""
    asked = struct.pack(LOCK, kind, os.SEEK_SET, numbers.start, len(numbers), 0)
    try:
        fcntl.fcntl(file, fcntl.F_OFD_SETLK, asked)
    except BlockingIOError:
        return False
    return True
