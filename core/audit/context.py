"""Where the work at hand comes from: which channel, which address, which request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AuditContext:
    """What the trail notes beside who did a thing."""

    channel: str = "command"
    address: str = ""
    request_id: str = ""


_current: ContextVar[AuditContext | None] = ContextVar("origin", default=None)


def current_audit_context() -> AuditContext:
    """Return where the work at hand comes from."""
    return _current.get() or AuditContext()


@contextmanager
def audit_context(origin: AuditContext) -> Iterator[None]:
    """Do the enclosed work on behalf of the origin."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
