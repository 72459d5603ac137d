"""Write the audit log and seal it into a chain."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.chain import MAX_TRANSACTION_TIME, digest_of
from accounts.models import AccessEntry, AuditEntry, Seal, SealLine, User
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
    last = Seal.objects.order_by("number").last()
    floor = last.floor if last else 0
    entries = list(AuditEntry.objects.unsealed(floor)[:BATCH_SIZE])
    if not entries:
        return 0
    old = [e.pk for e in entries if e.at < timezone.now() - MAX_TRANSACTION_TIME]
    previous = last.digest if last else ""
    seal = Seal.objects.create(
        number=last.number + 1 if last else 1,
        digest=digest_of(previous, entries),
        previous=previous,
        entries=len(entries),
        floor=max([floor, *old]),
    )
    SealLine.objects.bulk_create(
        [SealLine(entry=entry, seal=seal) for entry in entries], batch_size=1000
    )
    return len(entries)
