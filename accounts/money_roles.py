"""People who are accountant and cashier of the same money (R-61)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from accounts.models import RoleAssignment
from accounts.querysets import RoleAssignmentQuerySet
from organizations.models import Organization
from organizations.roles import MONEY_KEEPERS


@dataclass(frozen=True, slots=True)
class BothMoneyRoles:
    """Two role assignments of one person along one line of the tree."""

    one: RoleAssignment
    other: RoleAssignment


def find_both_money_roles(held: RoleAssignmentQuerySet) -> Iterator[BothMoneyRoles]:
    """Yield people who hold both roles over one organization, or above and below."""
    money = held.of_roles(MONEY_KEEPERS)
    by_person = money.order_by().values("user")
    several = by_person.annotate(roles=Count("role", distinct=True))
    users = list(several.filter(roles=2).values_list("user", flat=True))
    rows = money.filter(user__in=users).select_related("user", "organization")
    by_user: dict[int, list[RoleAssignment]] = {}
    for row in rows.order_by("user", "pk"):
        for earlier in by_user.setdefault(row.user_id, []):
            if earlier.role != row.role and _on_one_line(earlier, row):
                yield BothMoneyRoles(earlier, row)
        by_user[row.user_id].append(row)


def _on_one_line(one: RoleAssignment, other: RoleAssignment) -> bool:
    nodes: list[Organization] = [
        row.organization for row in (one, other) if row.organization is not None
    ]
    short, long = sorted((node.path for node in nodes), key=len)
    return long.startswith(short)
