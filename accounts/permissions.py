"""Permissions on accounts and sign-in slips."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import RoleAssignment, SlipConsent, User
from core.actors import scope_of
from core.db.querysets import any_of
from core.db.tree import path_range
from organizations.roles import INSTALLATION, Role

LOG_READERS = INSTALLATION | {Role.STREET_STAFF}
LOCK_LIFTERS = frozenset({Role.SYSTEM_ADMIN, Role.STREET_STAFF})
SLIP_ISSUERS = frozenset({Role.SYSTEM_ADMIN, Role.STREET_STAFF})


def accounts_for_slips(user: User) -> QuerySet[User]:
    """Return the accounts for which a person may print a sign-in slip.

    System administrators print for the office. Street staff print for people who work
    in their street and have no role elsewhere, today or later: a slip opens everything
    its account may do, so it must not reach further than the person who prints it.
    """
    others: QuerySet[User] = User.objects.filter(is_active=True).exclude(pk=user.pk)
    scope = scope_of(user)
    if scope.has_role({Role.SYSTEM_ADMIN}):
        managed: QuerySet[User] = User.objects.managed_by(user).filter(pk__in=others)
        return managed
    paths = scope.paths({Role.STREET_STAFF})
    in_street = any_of(
        path_range(lookup, path)
        for lookup in ("organization", "unit__host")
        for path in paths
    )
    held = RoleAssignment.objects.filter(user=OuterRef("pk"))
    inside = held.current().filter(in_street)
    beyond = held.standing().exclude(role=Role.MEMBER).exclude(in_street)
    return others.filter(Exists(inside), ~Exists(beyond))


def can_issue_slip(user: User, account: User) -> bool:
    """Whether the person may print a slip for the account."""
    return accounts_for_slips(user).filter(pk=account.pk).exists()


def can_print_slips(user: User) -> bool:
    """Whether the person may print slips for the office at all."""
    return scope_of(user).has_role(SLIP_ISSUERS)


def can_read_logs(user: User) -> bool:
    """Auditors read both logs, street staff their area's, administrators their own."""
    return scope_of(user).has_role(LOG_READERS)


def can_read_proof(user: User) -> bool:
    """Auditors read what `verify` proved, and the head of the log."""
    return scope_of(user).has_role({Role.AUDITOR})


def can_lift_locks(user: User) -> bool:
    """Whether the person may let somebody sign in again before a lock runs out."""
    return scope_of(user).has_role(LOCK_LIFTERS)


def can_see_consents(user: User) -> bool:
    """Whether the person takes part in consents to slips for administrators."""
    return scope_of(user).has_role(INSTALLATION)


def can_agree_to_slip(user: User, consent: SlipConsent) -> bool:
    """Whether the person is the second administrator: neither asking nor concerned."""
    is_second = user.pk not in {consent.asked_by_id, consent.user_id}
    return is_second and consent.agreed_by_id is None and can_see_consents(user)
