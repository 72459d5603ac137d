"""Digests of the audit log; each seal includes the digest of the one before.

Seals are keyed: who can write to the database but does not have the key cannot compute
a chain that fits. Seals of before are plain and are only recomputed.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import AuditEntry, DigestEntry, Seal
from core.crypto import keyed_digest

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
    """Digest entries in key order, starting from the previous digest, without a key."""
    hashed = hashlib.sha256(previous.encode())
    for entry in entries:
        values = {name: getattr(entry, name) for name in SEALED}
        values["at"] = _in_utc(entry.at)
        hashed.update(_as_text(values).encode())
    return hashed.hexdigest()


def seal_digest(
    seal: Seal, entries: Iterable[AuditEntry], digests: Iterable[DigestEntry]
) -> str:
    """Return the digest that a seal over these entries has, in key order."""
    if not seal.keyed:
        return digest_of(seal.previous, entries)
    own = {
        name: getattr(seal, name)
        for name in ("number", "previous", "entries", "digest_entries", "floor")
    } | {"digest_floor": seal.digest_floor, "at": _in_utc(seal.sealed_at)}
    hashed = hashlib.sha256(_as_text(own).encode())
    hashed.update(digest_of("", entries).encode())
    for digest in digests:
        hashed.update(f"{digest.pk} {entry_mac(digest)}".encode())
    return keyed_digest(f"seal {hashed.hexdigest()}")


def entry_mac(entry: DigestEntry) -> str:
    """Return the authentication that a digest entry must carry."""
    body = [_in_utc(entry.at), entry.action, entry.after_seal, entry.rows]
    return keyed_digest(f"entry {_as_text(body)}")


def _in_utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()


def _as_text(values: Any) -> str:
    return json.dumps(values, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
