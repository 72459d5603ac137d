"""The audit log: what actions record, in which context, and how it is presented."""

from core.audit.port import (
    AuditEvent,
    connect,
    history_of,
    record,
    record_many,
    snapshot,
)

__all__ = [
    "AuditEvent",
    "connect",
    "history_of",
    "record",
    "record_many",
    "snapshot",
]
