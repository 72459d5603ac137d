"""The port to the audit log: who, when, where, what, before and after.

Actions call `record` inside their own transaction; `accounts` connects its table to the
port. Secrets are masked: `snapshot` never returns an encrypted value in clear.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models

from core.actions import running_action
from core.actors import Actor
from core.crypto import keyed_digest
from core.db.fields import EncryptedTextField
from core.registries.port import Port

Values = Mapping[str, Any]
DIGEST_SUFFIX = ".digest"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One change of one subject, as actions record it."""

    subject: models.Model
    organization_id: int | None = None
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)
    reason: str = ""
    action: str = field(default_factory=running_action)


@dataclass(frozen=True, slots=True)
class AuditLog:
    """The functions that write events and read the entries about a subject."""

    write: Callable[[Iterable[AuditEvent], Actor | None], None]
    entries_about: Callable[[models.Model, Actor], Iterable[Any]]
    was_last_by: Callable[[models.Model, Actor], bool]


audit_log: Port[AuditLog] = Port("The audit log")


def history_of(subject: models.Model, user: Actor) -> Iterable[Any]:
    """Return the subject's audit entries the reader may see, the latest first."""
    return audit_log.get().entries_about(subject, user)


def was_last_changed_by(subject: models.Model, user: Actor) -> bool:
    """Whether the latest entry about the subject is the person's own.

    Everybody may know that of themselves, whatever entries they may read.
    """
    return audit_log.get().was_last_by(subject, user)


def record_many(events: Iterable[AuditEvent], *, by: Actor | None) -> None:
    """Record many events of one actor, in the transaction that caused them."""
    audit_log.get().write(events, by)


def record(
    subject: models.Model,
    *,
    by: Actor | None,
    organization_id: int | None = None,
    before: Values | None = None,
    after: Values | None = None,
    reason: str = "",
) -> None:
    """Record one event, in the transaction that caused it."""
    event = AuditEvent(subject, organization_id, before or {}, after or {}, reason)
    record_many([event], by=by)


@contextmanager
def recording(
    subject: models.Model,
    *columns: str,
    by: Actor | None,
    organization_id: int | None = None,
    reason: str = "",
) -> Iterator[None]:
    """Record what the block changes in columns of a row, with what stood there before.

    If the block fails, nothing is recorded.
    """
    before = snapshot(subject, *columns)
    yield
    record(
        subject,
        by=by,
        organization_id=organization_id,
        before=before,
        after=snapshot(subject, *columns),
        reason=reason,
    )


VOID_COLUMNS = ("voided_at", "void_reason", "void_month")


def record_void(
    subject: models.Model,
    *,
    by: Actor | None,
    organization_id: int | None,
    reason: str,
    values: Values | None = None,
) -> None:
    """Record that a row was voided, with what it said; `values` where it is cut."""
    own = [f.name for f in subject._meta.concrete_fields if f.name not in VOID_COLUMNS]
    record(
        subject,
        by=by,
        organization_id=organization_id,
        before=snapshot(subject, *own) if values is None else values,
        after=snapshot(subject, "voided_at"),
        reason=reason,
    )


def snapshot(instance: models.Model, *names: str) -> dict[str, Any]:
    """Return the named columns, or all of them, as plain and masked values.

    A masked value is followed by its keyed digest: two numbers of the same last digits
    have one mask, and a change from one to the other must show.
    """
    fields = {f.name: f for f in instance._meta.concrete_fields}
    values: dict[str, Any] = {}
    for name in names or fields:
        if name.endswith(DIGEST_SUFFIX):
            continue  # written with its column
        column = fields[name]
        values[name] = _plain(column, instance)
        if isinstance(column, EncryptedTextField):
            value = column.value_from_object(instance)
            values[name + DIGEST_SUFFIX] = digest_masked(column, value)
    return values


def digest_masked(column: EncryptedTextField, value: str | None) -> str:
    """Return the keyed digest of an encrypted column's value; "" for no value."""
    return keyed_digest(f"{column.context} {value}")[:32] if value else ""


def _plain(column: models.Field, instance: models.Model) -> Any:
    value = column.value_from_object(instance)
    if value is None or value == "":
        return value
    if isinstance(column, EncryptedTextField):
        return column.mask(value) if column.mask else "***"
    if isinstance(value, (dt.date, dt.datetime, dt.time)):
        return value.isoformat()
    if isinstance(value, (Decimal, bytes)):
        return str(value)
    return value
