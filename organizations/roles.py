"""Role-based access control: roles, grants of a role over a scope, and the scope.

Roles live in this low layer because every queryset names the roles that may see or
manage its rows; `accounts.RoleAssignment` records who holds which role.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A role that can be assigned to a person."""

    STREET_STAFF = "street_staff", _("Street staff")
    SECRETARY = "secretary", _("Community secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    CLERK = "clerk", _("Party affairs clerk")
    BRANCH_SECRETARY = "branch_secretary", _("Branch secretary")
    ACCOUNTANT = "accountant", _("Accountant")
    CASHIER = "cashier", _("Cashier")
    CITY_OFFICER = "city_officer", _("City officer")
    LIAISON = "liaison", _("Unit liaison")
    MEMBER = "member", _("Party member")
    SYSTEM_ADMIN = "system_admin", _("System administrator")
    SECURITY_ADMIN = "security_admin", _("Security administrator")
    AUDITOR = "auditor", _("Auditor")


D = Role
INSTALLATION = frozenset({D.SYSTEM_ADMIN, D.SECURITY_ADMIN, D.AUDITOR})
WITH_A_PLACE = frozenset(Role) - INSTALLATION
COMMUNITY_KEEPERS = frozenset({D.SECRETARY, D.DEPUTY, D.CLERK})
RECORD_KEEPERS = frozenset({D.STREET_STAFF, *COMMUNITY_KEEPERS})
MEETING_KEEPERS = RECORD_KEEPERS | {D.BRANCH_SECRETARY}
APPROVERS = frozenset({D.STREET_STAFF, D.SECRETARY, D.DEPUTY})
"""Who lets out what somebody else drafted (R-72)."""
MONEY_KEEPERS = frozenset({D.ACCOUNTANT, D.CASHIER})
READERS = MEETING_KEEPERS | {D.CITY_OFFICER}
MONEY_READERS = RECORD_KEEPERS | MONEY_KEEPERS | {D.CITY_OFFICER}
SUBTREE = MEETING_KEEPERS | MONEY_KEEPERS | {D.CITY_OFFICER}
NO_ROLES: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held today: over a subtree, over one resident unit, or neither."""

    role: str
    path: str | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """All grants of one person today, and the member they are.

    `guided` are the grants over organizations that the person's own organization guides
    (S2-50): they allow viewing and nothing else.
    """

    grants: tuple[Grant, ...] = ()
    member_id: int | None = None
    guided: tuple[Grant, ...] = ()

    def paths(self, roles: Iterable[str]) -> list[str]:
        """Return the subtrees over which one of the roles is held."""
        return _paths(self.grants, roles)

    def seen_paths(self, roles: Iterable[str]) -> list[str]:
        """Return the subtrees the person may view: their own and the guided ones."""
        return _paths((*self.grants, *self.guided), roles)

    def units(self) -> list[int]:
        """Return the resident units the person is liaison of."""
        return [g.unit_id for g in self.grants if g.unit_id is not None]

    def has_role(self, roles: Iterable[str]) -> bool:
        """Whether one of the roles is held anywhere."""
        names = set(roles)
        return any(grant.role in names for grant in self.grants)

    def has_role_over(self, path: str, roles: Iterable[str]) -> bool:
        """Whether one of the roles is held over the organization with this path."""
        return any(path.startswith(top) for top in self.paths(roles))


def _paths(grants: Iterable[Grant], roles: Iterable[str]) -> list[str]:
    names = set(roles)
    return sorted({g.path for g in grants if g.path and g.role in names})
