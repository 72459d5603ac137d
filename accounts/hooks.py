"""Registrations of this app: its chores, and what a move must not join."""

from typing import cast

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actions import (
    close_unused_accounts,
    end_role_assignment,
    forget_old_attempts,
    seal_entries,
)
from accounts.chain_heads import publish_head
from accounts.errors import MoveJoinsMoneyRoles
from accounts.models import RoleAssignment, User
from accounts.money_roles import find_both_money_roles
from core.registries.chores import Chore, chores
from core.registries.closers import Closer
from organizations.mergers import Merge, Merger, mergers
from organizations.models import Organization
from organizations.move_checks import MoveCheck, move_checks
from organizations.unit_closers import UnitEnd, unit_closers


def refuse_joined_money_roles(moved: Organization) -> None:
    """Refuse a move that makes one person accountant and cashier of one money.

    Two roles that lie inside what is moved, or outside of it, are not joined by it.
    """
    for found in find_both_money_roles(RoleAssignment.objects.standing()):
        paths = [str(row.grant.path) for row in (found.one, found.other)]
        if sum(path.startswith(moved.path) for path in paths) != 1:
            continue
        organizations = [str(row.organization) for row in (found.one, found.other)]
        raise MoveJoinsMoneyRoles(
            name=moved.name,
            person=found.one.user,
            organizations="、".join(organizations),
        )


def close_role_for_unit(row: RoleAssignment, end: UnitEnd) -> None:
    """End the role of a liaison whose unit leaves the register."""
    by = cast("User | None", end.by)
    end_role_assignment(row, by=by, reason=end.reason, on=end.on)


def end_role_of_merged(row: RoleAssignment, merge: Merge) -> None:
    """End a role over an organization that is dissolved into another one."""
    by = cast("User | None", merge.by)
    end_role_assignment(row, by=by, reason=merge.reason, on=merge.on)


def open_roles() -> QuerySet[RoleAssignment]:
    """Return roles without an end."""
    return RoleAssignment.objects.filter(ends_on=None)


mergers.add(
    Merger(
        "accounts.roles",
        _("roles that end: %(count)s (assign them anew where they are wanted)"),
        open_roles,
        end_role_of_merged,
    )
)
unit_closers.add(
    Closer(
        "accounts.liaisons",
        _("roles of liaisons ended: %(count)s"),
        RoleAssignment.objects.standing,
        close_role_for_unit,
        owner="unit",
    )
)
move_checks.add(MoveCheck("accounts.money_roles", refuse_joined_money_roles))
chores.add(Chore("accounts.seal", seal_entries, every=2.0))
chores.add(Chore("accounts.publish_head", publish_head, daily_at=(0, 20)))
chores.add(Chore("accounts.close_unused", close_unused_accounts, daily_at=(2, 40)))
chores.add(Chore("accounts.forget_attempts", forget_old_attempts, daily_at=(2, 50)))
