"""The audit log's port: what actions record, where from, and how it is presented."""

from core.audit.port import (
    AuditEvent,
    fill,
    history_of,
    record,
    record_many,
    snapshot,
)

__all__ = [
    "AuditEvent",
    "fill",
    "history_of",
    "record",
    "record_many",
    "snapshot",
]
