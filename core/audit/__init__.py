"""The audit log: what actions record, in which context, and how it is presented."""

from core.audit.port import (
    AuditEvent,
    AuditLog,
    audit_log,
    history_of,
    record,
    record_many,
    record_void,
    recording,
    snapshot,
    was_last_changed_by,
)

__all__ = [
    "AuditEvent",
    "AuditLog",
    "audit_log",
    "history_of",
    "record",
    "record_many",
    "record_void",
    "recording",
    "snapshot",
    "was_last_changed_by",
]
