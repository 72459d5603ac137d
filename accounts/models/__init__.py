"""Models of accounts, role assignments, the audit log and the desk."""

from accounts.models.audit import AccessEntry, AuditEntry, Seal, SealLine
from accounts.models.desk import IdempotencyRecord, Notice
from accounts.models.people import RoleAssignment, SignInSlip, User

__all__ = [
    "AccessEntry",
    "AuditEntry",
    "IdempotencyRecord",
    "Notice",
    "RoleAssignment",
    "Seal",
    "SealLine",
    "SignInSlip",
    "User",
]
