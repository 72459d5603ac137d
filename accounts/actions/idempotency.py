"""Remember finished writes by their idempotency key."""

from accounts.models import IdempotencyRecord, User
from core.actors import Actor
from core.web.idempotency import FinishedWrite

MAX_LENGTH = 300


def find_finished_write(key: str, by: Actor) -> FinishedWrite | None:
    """Return a finished write of the person by its key."""
    if not isinstance(by, User):
        return None
    records = IdempotencyRecord.objects.filter(user=by, key=key)
    found = records.values_list("location", "digest").first()
    return FinishedWrite(*found) if found is not None else None


def remember_finished_write(key: str, by: Actor, write: FinishedWrite) -> None:
    """Save the key in the write's own transaction.

    An address that is too long, such as a list with all its filters, is saved without
    its query.
    """
    location = write.location
    if len(location) > MAX_LENGTH:
        location = location.partition("?")[0]
    if isinstance(by, User):
        IdempotencyRecord.objects.create(
            user=by, key=key, location=location, digest=write.digest
        )
