"""Digests of audit entries; each seal includes the digest of the one before."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import AuditEntry

MAX_TRANSACTION_TIME = dt.timedelta(hours=1)
SEALED = (
    "pk",
    "at",
    "actor_id",
    "actor_name",
    "channel",
    "address",
    "request_id",
    "action",
    "subject_type",
    "subject_id",
    "subject_name",
    "organization_id",
    "reason",
    "before",
    "after",
)


def digest_of(previous: str, entries: Iterable[AuditEntry]) -> str:
    """Digest entries in key order, starting from the previous digest."""
    hashed = hashlib.sha256(previous.encode())
    for entry in entries:
        values = {name: getattr(entry, name) for name in SEALED}
        values["at"] = entry.at.astimezone(dt.UTC).isoformat()
        body = json.dumps(
            values, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False
        )
        hashed.update(body.encode())
    return hashed.hexdigest()
