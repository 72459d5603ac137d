"""Decisions that take so many records along that a worker carries them out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from core.actors import Actor
from core.registries.port import Port

LARGE = 100
"""Of more rows a worker takes along. Each takes some 60 ms: a hundred are what a person
waits for at a page, and three hundred what the line to the server waits for."""

Progress = Callable[[int], None]
order_decision: Port[Callable[[str, str, str, Actor], str]] = Port("Large decisions")
"""Hands a decision to a worker: the address of its page, what was typed there, what
it is called, and who typed it. Returns the page on which they see how far it is."""
_progress: ContextVar[Progress | None] = ContextVar("progress", default=None)


@contextmanager
def reporting(progress: Progress) -> Iterator[None]:
    """Report while a decision is carried out how many percent have gone along."""
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)


def report_moved(moved: int, of: int) -> None:
    """Say how many rows have gone along; nobody listens to a small decision."""
    if progress := _progress.get():
        progress(moved * 100 // max(of, 1))
