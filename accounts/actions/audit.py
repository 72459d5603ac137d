"""Write the audit log and seal it into a chain."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.chain import MAX_TRANSACTION_TIME, seal_digest
from accounts.models import (
    AccessEntry,
    AuditEntry,
    DigestEntry,
    DigestSealLine,
    Seal,
    SealLine,
    User,
)
from accounts.notices import read_notices_about
from core.actions import running_access
from core.actors import Actor
from core.audit import AuditEvent
from core.audit.context import current_audit_context
from core.db.locks import try_lock_exclusive

BATCH_SIZE = 5000


def _entry_origin(by: Actor | None) -> dict[str, Any]:
    context = current_audit_context()
    actor = by if isinstance(by, User) else None
    return {
        "actor": actor,
        "actor_name": str(actor) if actor else "",
        "channel": context.channel,
        "address": context.address,
        "request_id": context.request_id,
    }


def write_entries(events: Iterable[AuditEvent], by: Actor | None) -> None:
    """Write the events of an action, in the action's own transaction.

    What the person dealt with is no longer news to them: their notices are read.
    """
    events, origin = list(events), _entry_origin(by)
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                action=event.action,
                subject_type=event.subject._meta.label,
                subject_id=str(event.subject.pk),
                subject_name=str(event.subject)[:120],
                organization_id=event.organization_id,
                before=event.before,
                after=event.after,
                reason=event.reason,
                **origin,
            )
            for event in events
        ),
        batch_size=1000,
    )
    if isinstance(by, User):
        read_notices_about((event.subject for event in events), user=by)


def entries_about(subject: models.Model, user: Actor) -> Iterable[AuditEntry]:
    """Return the audit entries about a subject that the user may see."""
    return AuditEntry.objects.visible_to(user).about(subject).select_related("actor")


def was_last_by(subject: models.Model, user: Actor) -> bool:
    """Return whether the latest entry about a subject, seen or not, is the user's."""
    latest = AuditEntry.objects.about(subject).first()
    return latest is not None and latest.actor_id == user.pk


def record_access(
    subject: models.Model | type[models.Model],
    *,
    by: User,
    organization_id: int | None = None,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Record that a person viewed, exported or unmasked personal data.

    A model as the subject stands for the list of its rows.
    """
    is_list = isinstance(subject, type)
    name = subject._meta.verbose_name_plural if is_list else subject
    AccessEntry.objects.create(
        action=running_access(),
        subject_type=subject._meta.label,
        subject_id="" if is_list else str(subject.pk or ""),
        subject_name=str(name)[:120],
        organization_id=organization_id,
        reason=reason,
        details=dict(details or {}),
        **_entry_origin(by),
    )


@transaction.atomic
def seal_entries() -> int:
    """Put unsealed entries under a new seal; return how many.

    Only one sealer runs at a time: an advisory lock on PostgreSQL, the write lock on
    SQLite. Actions never wait for it.
    """
    if not try_lock_exclusive("accounts.seal"):
        return 0
    last = Seal.objects.order_by("number").last() or Seal(number=0)
    entries = list(AuditEntry.objects.unsealed(last.floor)[:BATCH_SIZE])
    digests = list(DigestEntry.objects.unsealed(last.digest_floor)[:BATCH_SIZE])
    if not entries and not digests:
        return 0
    seal = Seal(
        number=last.number + 1,
        previous=last.digest,
        entries=len(entries),
        digest_entries=len(digests),
        floor=_next_floor(last.floor, entries),
        digest_floor=_next_floor(last.digest_floor, digests),
        keyed=True,
    )
    seal.digest = seal_digest(seal, entries, digests)
    seal.save(force_insert=True)
    SealLine.objects.bulk_create(
        [SealLine(entry=entry, seal=seal) for entry in entries], batch_size=1000
    )
    DigestSealLine.objects.bulk_create(
        [DigestSealLine(entry=entry, seal=seal) for entry in digests], batch_size=1000
    )
    return len(entries)


def _next_floor(floor: int, entries: Iterable[AuditEntry | DigestEntry]) -> int:
    """Return the key below which no transaction can still commit an entry."""
    oldest = timezone.now() - MAX_TRANSACTION_TIME
    return max([floor, *(entry.pk for entry in entries if entry.at < oldest)])
