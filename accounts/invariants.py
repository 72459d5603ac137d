"""Invariants of the audit log and of role assignments."""

from collections.abc import Iterator

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.chain import MAX_TRANSACTION_TIME
from accounts.chain_heads import find_lost_heads
from accounts.finished_writes import find_unproved_writes
from accounts.models import AuditEntry, DigestEntry, RoleAssignment, Seal
from accounts.money_roles import find_both_money_roles
from accounts.proofs import broken_chain, find_rows_without_action
from accounts.sign_ins import find_unrecorded_sign_ins
from accounts.swapped_values import find_swapped_values
from core.db.guards import find_missing_guards, find_wrong_storage
from core.db.privileges import find_more_privileges
from core.db.server_settings import find_wrong_settings
from core.registries.invariants import Invariant, invariants
from organizations.roles import INSTALLATION, Role


def unsealed_too_long() -> Iterator[str]:
    """Yield unsealed entries that the sealer should have sealed by now."""
    before = timezone.now() - 2 * MAX_TRANSACTION_TIME
    floor = Seal.objects.aggregate(floor=Max("floor"))["floor"] or 0
    unsealed = AuditEntry.objects.filter(seal_line=None)
    overdue = unsealed.filter(at__lt=before) | unsealed.filter(pk__lte=floor)
    for pk in overdue.order_by("pk").values_list("pk", flat=True).iterator():
        yield f"audit entry {pk}"
    digests = DigestEntry.objects.filter(seal_line=None, at__lt=before)
    for pk in digests.order_by("pk").values_list("pk", flat=True).iterator():
        yield f"digest entry {pk}"


def holders_of_both_money_roles() -> Iterator[str]:
    """Yield people who hold both roles over the same money today (R-61)."""
    for found in find_both_money_roles(RoleAssignment.objects.current()):
        paths = (row.grant.path for row in (found.one, found.other))
        yield f"account {found.one.user_id}: {' / '.join(map(str, paths))}"


def administrators_with_other_roles() -> Iterator[str]:
    """Yield administrators who hold another office role today."""
    held = RoleAssignment.objects.current().exclude(role=Role.MEMBER)
    several = held.values("user").annotate(roles=Count("role", distinct=True))
    administrators = held.of_roles(INSTALLATION).values("user")
    mixed = several.filter(roles__gt=1, user__in=administrators)
    for user_id in mixed.values_list("user", flat=True):
        yield f"account {user_id}"


invariants.add(
    Invariant(
        "accounts.guards",
        _("Every trigger and constraint of this version is in force"),
        find_missing_guards,
    ),
    Invariant(
        "accounts.storage",
        _("Every table survives a crash and numbers its rows on"),
        find_wrong_storage,
    ),
    Invariant(
        "accounts.settings",
        _("No setting of the database loses writes or lifts a guard"),
        find_wrong_settings,
    ),
    Invariant(
        "accounts.privileges",
        _("The role of the database may do no more than its rows need"),
        find_more_privileges,
    ),
    Invariant(
        "accounts.sign_ins",
        _("Every account's last sign-in is the one that the audit log recorded"),
        find_unrecorded_sign_ins,
    ),
    Invariant(
        "accounts.chain", _("The audit log's seals form one chain"), broken_chain
    ),
    Invariant(
        "accounts.heads",
        _("Every head of the chain that left this machine is still in it"),
        find_lost_heads,
    ),
    Invariant(
        "accounts.masked",
        _("Every masked value is the one that the audit log recorded"),
        find_swapped_values,
    ),
    Invariant(
        "accounts.digests",
        _("Every record is as the last action left it"),
        find_rows_without_action,
    ),
    Invariant(
        "accounts.finished_writes",
        _("Every finished write is as the application remembered it"),
        find_unproved_writes,
    ),
    Invariant(
        "accounts.sealed", _("Every audit log entry is sealed"), unsealed_too_long
    ),
    Invariant(
        "accounts.money_hands",
        _("Accountant and cashier are never one person"),
        holders_of_both_money_roles,
    ),
    Invariant(
        "accounts.administrators_apart",
        _("Administrators hold no other office role"),
        administrators_with_other_roles,
    ),
)
