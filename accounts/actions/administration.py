"""Checks that keep an installation governable."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from accounts.errors import LastAdministrator
from accounts.models import RoleAssignment, User
from core.db.locks import lock_exclusive
from organizations.roles import Role

ADMINISTRATION = "administration"
"""The lock under which it is asked whether an administrator is the last one."""


def holders_of(role: Role, day: dt.date) -> QuerySet[User]:
    """Return the people with an open account who hold the role on the day."""
    held = RoleAssignment.objects.current(day).of_roles([role])
    open_accounts: QuerySet[User] = User.objects.filter(is_active=True)
    return open_accounts.filter(Exists(held.filter(user=OuterRef("pk"))))


def require_other_administrator(user: User, role: Role, day: dt.date) -> None:
    """Refuse to take the last holder of an administration away on a day.

    Nobody could assign a role, open an account or read the log any more. The lock makes
    two of them who end each other's role at the same moment come one after the other.
    """
    lock_exclusive(ADMINISTRATION, [0])
    if not holders_of(role, day).exclude(pk=user.pk).exists():
        raise LastAdministrator(name=user, role=role.label)
