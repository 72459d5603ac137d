"""Remember finished writes by their idempotency key."""

import logging

from accounts.finished_writes import is_proved, proof_of
from accounts.models import IdempotencyRecord, User
from core.actors import Actor
from core.web.idempotency import FinishedWrite

log = logging.getLogger(__name__)

MAX_LENGTH = 300
UNPROVED = FinishedWrite(location="/", digest="unproved")
"""Stands for a row that was tampered with: like other content under a used key."""


def find_finished_write(key: str, by: Actor) -> FinishedWrite | None:
    """Return a finished write of the person by its key.

    One without a valid proof leads nowhere and is of no content: nothing is written,
    and the person is told so, with what they typed.
    """
    if not isinstance(by, User):
        return None
    record = IdempotencyRecord.objects.filter(user=by, key=key).first()
    if record is None:
        return None
    if not is_proved(record):
        log.error("Finished write %s was changed or forged.", record.pk)
        return UNPROVED
    return FinishedWrite(record.location, record.digest)


def remember_finished_write(key: str, by: Actor, write: FinishedWrite) -> None:
    """Save the key in the write's own transaction.

    An address that is too long, such as a list with all its filters, is saved without
    its query.
    """
    location = write.location
    if len(location) > MAX_LENGTH:
        location = location.partition("?")[0]
    if isinstance(by, User):
        record = IdempotencyRecord(
            user=by, key=key, location=location, digest=write.digest
        )
        record.proof = proof_of(record)
        record.save(force_insert=True)
