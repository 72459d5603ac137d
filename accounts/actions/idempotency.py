"""Remember finished writes by their idempotency key."""

from accounts.models import IdempotencyRecord, User
from core.actors import Actor

MAX_LENGTH = 300


def find_result(key: str, by: Actor) -> str | None:
    """Return the result address of a finished write of the person, by its key."""
    if not isinstance(by, User):
        return None
    locations = IdempotencyRecord.objects.filter(user=by, key=key).values_list(
        "location", flat=True
    )
    return locations.first()


def remember_result(key: str, by: Actor, location: str) -> None:
    """Save the key in the write's own transaction.

    An address that is too long, such as a list with all its filters, is saved without
    its query.
    """
    if len(location) > MAX_LENGTH:
        location = location.partition("?")[0]
    if isinstance(by, User):
        IdempotencyRecord.objects.create(user=by, key=key, location=location)
