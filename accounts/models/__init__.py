"""Models of accounts, role assignments, the audit log and the desk."""

from accounts.models.audit import (
    AccessEntry,
    AuditEntry,
    DigestEntry,
    DigestSealLine,
    Seal,
    SealLine,
)
from accounts.models.calendars import CalendarAddress
from accounts.models.desk import IdempotencyRecord, Notice
from accounts.models.locks import SignInLock
from accounts.models.passwords import FormerPassword
from accounts.models.people import User
from accounts.models.proof import KeyCheck, Verification
from accounts.models.roles import RoleAssignment
from accounts.models.slips import SignInSlip, SlipConsent

__all__ = [
    "AccessEntry",
    "AuditEntry",
    "CalendarAddress",
    "DigestEntry",
    "DigestSealLine",
    "FormerPassword",
    "IdempotencyRecord",
    "KeyCheck",
    "Notice",
    "RoleAssignment",
    "Seal",
    "SealLine",
    "SignInLock",
    "SignInSlip",
    "SlipConsent",
    "User",
    "Verification",
]
