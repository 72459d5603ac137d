"""Remembering finished writes."""

from accounts.models import IdempotencyRecord, User
from core.actors import Actor

LONGEST = 300


def find_result(key: str, by: Actor) -> str | None:
    """Return where the write with the key led, if the person finished it before."""
    if not isinstance(by, User):
        return None
    found = IdempotencyRecord.objects.filter(user=by, key=key).values_list(
        "location", flat=True
    )
    return found.first()


def remember_result(key: str, by: Actor, location: str) -> None:
    """Keep the key, in the write's own transaction.

    Of an address that is too long, such as a list with all its filters, the page is
    kept without them.
    """
    if len(location) > LONGEST:
        location = location.partition("?")[0]
    if isinstance(by, User):
        IdempotencyRecord.objects.create(user=by, key=key, location=location)
