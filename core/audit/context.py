"""The origin of the current work: channel, client address and request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditContext:
    """What the audit log records about the origin of an event."""

    channel: str = "command"
    address: str = ""
    request_id: str = ""


_current: ContextVar[AuditContext | None] = ContextVar("audit_context", default=None)


def current_audit_context() -> AuditContext:
    """Return the context of the current work."""
    return _current.get() or AuditContext()


@contextmanager
def audit_context(context: AuditContext) -> Iterator[None]:
    """Run the block in the given context."""
    token = _current.set(context)
    try:
        yield
    finally:
        _current.reset(token)
