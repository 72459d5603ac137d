"""Long rows of things, taken in lists of a bounded length."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def chunked(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the rows in lists of at most a size, read one after the other."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk
