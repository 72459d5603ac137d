"""Sentences about the rows that are closed with a membership or a check-in."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from core.text import StrOrPromise
from members.ends.closers import closers


def describe_closed_rows(done: StrOrPromise, closed: Iterable[str]) -> str:
    """Return a message about the action, and the rows that were closed with it."""
    items = gettext("; ").join(closed)
    also = gettext("Also settled: %(items)s.") % {"items": items}
    return f"{done}{also}" if items else str(done)


def describe_open_rows(counts: Mapping[str, int]) -> str:
    """Return a sentence about what will be closed too, or none if nothing is open."""
    items = gettext("; ").join(closers.describe_rows(counts))
    return (
        gettext("Settled at the same time: %(items)s.") % {"items": items}
        if items
        else ""
    )


def describe_kept_closed(done: StrOrPromise, kept: Iterable[str]) -> str:
    """Return a message about an end that was voided, and what did not come back."""
    items = gettext("; ").join(kept)
    rest = gettext(
        "This did not come back; if it still holds, enter it again: %(items)s."
    ) % {"items": items}
    return f"{done}{rest}" if items else str(done)
