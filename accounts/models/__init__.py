"""Models of accounts, role assignments, the audit log and the desk."""

from accounts.models.audit import AccessEntry, AuditEntry, Seal, SealLine
from accounts.models.desk import IdempotencyRecord, Notice
from accounts.models.passwords import FormerPassword
from accounts.models.people import User
from accounts.models.roles import RoleAssignment
from accounts.models.slips import SignInSlip, SlipConsent

__all__ = [
    "AccessEntry",
    "AuditEntry",
    "FormerPassword",
    "IdempotencyRecord",
    "Notice",
    "RoleAssignment",
    "Seal",
    "SealLine",
    "SignInSlip",
    "SlipConsent",
    "User",
]
