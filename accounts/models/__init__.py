"""Rows of people, duties, the trail and the desk."""

from accounts.models.desk import DoneDeed, Notice
from accounts.models.people import Duty, SignInSlip, User
from accounts.models.trail import AccessEntry, AuditEntry, Seal, SealLine

__all__ = [
    "AccessEntry",
    "AuditEntry",
    "DoneDeed",
    "Duty",
    "Notice",
    "Seal",
    "SealLine",
    "SignInSlip",
    "User",
]
