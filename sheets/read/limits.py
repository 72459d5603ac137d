"""Limits on what a file may cost, and the clock for the time limit."""

import time
from collections.abc import Iterator, Sized
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

from sheets.read.errors import BLANK_ROWS, MEGABYTES, TooLarge, TooSlow

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on one file: a city's whole roster is within them, a bomb is not."""

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 128 * MEGABYTE
    entries: int = 2_000
    sheets: int = 200
    rows: int = 200_000  # with content
    blank_rows: int = 1_048_576  # the most a sheet can have
    columns: int = 500
    cells: int = 4_000_000
    text_length: int = 32_767
    row_length: int = 250_000
    sheet_length: int = 150_000_000
    token_bytes: int = MEGABYTE
    strings: int = 600_000
    string_bytes: int = 28 * MEGABYTE  # with our code below 150 MB of a process
    merges: int = 20_000
    columns_described: int = 16_384  # elements about columns; a sheet has no more
    styles: int = 70_000
    strange_elements: int = 500_000
    tags: int = 1_000_000  # in a part without rows or texts
    text_tags: int = 3_000_000
    row_tags: int = 18_000_000
    open_tags: int = 50_000
    seconds: float = 60.0  # of parsing all its parts
    child_bytes: int = 150 * MEGABYTE
    clock: "Clock | None" = None  # the file's, once it is open

    def start_clock(self) -> "Clock":
        """Return the clock of the whole file, or a new one for a part by itself."""
        return self.clock or Clock(self.seconds)


LIMITS = Limits()


class Clock:
    """Measures the time spent parsing one file, without its consumer's time.

    All parts of a file share one: two hundred sheets of half a minute each would stop
    the only worker for hours.
    """

    def __init__(self, seconds: float) -> None:
        self.left = seconds
        self.started: float | None = None

    @contextmanager
    def running(self) -> Iterator[None]:
        """Subtract the block's time; refuse the file once the time is used up.

        A block inside a running one is not counted a second time.
        """
        if self.started is not None:
            yield
            self.check()
            return
        self.started = time.monotonic()
        try:
            yield
        finally:
            self.left -= time.monotonic() - self.started
            self.started = None
        self.check()

    def check(self) -> None:
        """Refuse the file once the time is used up: for the innermost loops."""
        spent = time.monotonic() - self.started if self.started is not None else 0.0
        if self.left < spent:
            raise TooSlow


class RowCounter:
    """Counts the blank rows of a sheet, which readers pass over without yielding."""

    def __init__(self, limits: Limits) -> None:
        self.most = limits.blank_rows
        self.blank = 0

    def is_blank(self, cells: Sized) -> bool:
        """Whether a row has no content; refuse a sheet with too many of them."""
        if cells:
            return False
        self.blank += 1
        if self.blank > self.most:
            raise TooLarge(limit=self.most, what=BLANK_ROWS)
        return True


def refuse_bytes(limit: int) -> NoReturn:
    """Refuse a file for its size, stated in megabytes."""
    raise TooLarge(limit=max(limit // MEGABYTE, 1), what=MEGABYTES)
