"""Idempotency: a write that is sent twice runs once."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from core.actors import Actor
from core.errors import MissingIdempotencyKey
from core.registries.port import Port

KEY_SHAPE = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True, slots=True)
class FinishedWrites:
    """The functions that find and store the results of finished writes by key."""

    find: Callable[[str, Actor], str | None]
    remember: Callable[[str, Actor, str], None]


finished_writes: Port[FinishedWrites] = Port("Idempotency keys")


def is_key(text: object) -> bool:
    """Whether the text can be the key of a write."""
    return isinstance(text, str) and KEY_SHAPE.fullmatch(text) is not None


def earlier_result(key: str, *, by: Actor) -> str | None:
    """Return the address of a finished write of the person, by its key."""
    return finished_writes.get().find(key, by) if is_key(key) else None


def run_once(key: str, *, by: Actor, run: Callable[[], str]) -> tuple[str, bool]:
    """Run a write unless its key was used; return its result's address and its newness.

    A write without a key is refused, because a repetition could not be recognized.
    `run` calls the action and returns the address of its result. Of two concurrent
    requests with one key, the second fails on the key's uniqueness, or is refused
    because of what the first has just done; it is rolled back and returns the first
    one's result.
    """
    records = finished_writes.get()
    if not is_key(key):
        raise MissingIdempotencyKey
    if (earlier := records.find(key, by)) is not None:
        return earlier, False
    try:
        with transaction.atomic():
            location = run()
            records.remember(key, by, location)
    except Exception:  # whatever the reason, the first request may have won
        if (earlier := records.find(key, by)) is not None:
            return earlier, False
        raise
    return location, True
