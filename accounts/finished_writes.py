"""Keyed proofs of finished writes, so that nobody else says what is done.

A finished write answers the next form that has its key: whoever wrote one, or changed
where it leads to, would keep a person's work from being saved, or send them elsewhere.
A row that was deleted can only let a form be written twice.
"""

import hmac
import json
from collections.abc import Iterator

from accounts.models import IdempotencyRecord
from core.crypto import keyed_digest


def proof_of(record: IdempotencyRecord) -> str:
    """Return the proof that a finished write must carry."""
    body = [record.user_id, record.key, record.location, record.digest]
    return keyed_digest(f"finished write {json.dumps(body)}")


def is_proved(record: IdempotencyRecord) -> bool:
    """Whether the application wrote the row as it stands."""
    return hmac.compare_digest(record.proof, proof_of(record))


def find_unproved_writes() -> Iterator[str]:
    """Yield finished writes that the application did not write as they stand."""
    for record in IdempotencyRecord.objects.order_by("pk").iterator():
        if not is_proved(record):
            yield f"finished write {record.pk} was changed or forged"
