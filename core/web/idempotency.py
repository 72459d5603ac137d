"""A write sent twice is done once: the port to the table of finished writes."""

import re
from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from core.actors import Actor
from core.errors import KeyMissing

Find = Callable[[str, Actor], str | None]
Remember = Callable[[str, Actor, str], None]
_port: list[tuple[Find, Remember]] = []
KEY_SHAPE = re.compile(r"[0-9A-Za-z_-]{1,64}")


def fill(find: Find, remember: Remember) -> None:
    """Plug in the table that keeps the keys."""
    _port[:] = [(find, remember)]


def is_key(text: object) -> bool:
    """Whether the text can be the key of a write."""
    return isinstance(text, str) and KEY_SHAPE.fullmatch(text) is not None


def run_once(key: str, *, by: Actor, run: Callable[[], str]) -> tuple[str, bool]:
    """Do the deed unless its key was done; return where it led, and whether it was new.

    A write without a key is refused: nobody could know its second sending for one.
    `run` calls the action and returns the address of its result. Of two requests with
    one key that run at the same moment, the second breaks on the key's uniqueness, or
    is refused because of what the first has just done; it is rolled back whole and
    answers with the first one's result.
    """
    if not _port:
        raise ImproperlyConfigured("Nothing keeps the keys: accounts is not loaded.")
    find, remember = _port[0]
    if not is_key(key):
        raise KeyMissing
    if (earlier := find(key, by)) is not None:
        return earlier, False
    try:
        with transaction.atomic():
            location = run()
            remember(key, by, location)
    except Exception:  # whatever stopped it: the first sending may have come first
        if (earlier := find(key, by)) is not None:
            return earlier, False
        raise
    return location, True
