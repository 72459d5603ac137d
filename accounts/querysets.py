"""Querysets of accounts, role assignments, slips, notices and the audit log."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.enums import ProofTrouble
from core.actors import Actor, scope_of
from core.db.querysets import InstallationQuerySet, ScopedQuerySet, any_of, current_on
from core.db.tree import path_range
from core.months import today
from core.names import search_spellings
from organizations.roles import INSTALLATION, NO_ROLES, RECORD_KEEPERS, Role

if TYPE_CHECKING:
    from accounts.models import (
        AccessEntry,
        AuditEntry,
        CalendarAddress,
        DigestEntry,
        Notice,
        RoleAssignment,
        Seal,
        SignInLock,
        SignInSlip,
        SlipConsent,
        User,
        Verification,
    )


SLIP_TRIES = 5
KNOWN_FOR = dt.timedelta(days=90)
"""How long an address counts as one from which the account signs in."""
ROLE_LOOKUPS = ("organization", "unit__host")
MEMBER_LOOKUPS = ("member__organization", "member__community")


class UserQuerySet(models.QuerySet["User"]):
    """Accounts."""

    seen_with = INSTALLATION | RECORD_KEEPERS
    managed_with = frozenset({Role.SYSTEM_ADMIN})

    def visible_to(self, user: Actor) -> Self:
        """Office accounts for administrators; people of their area for record keepers.

        That somebody is a member is member data, which administrators do not see.
        """
        scope = scope_of(user)
        if scope.has_role(INSTALLATION):
            return self.of_the_office()
        paths = scope.paths(RECORD_KEEPERS)
        if not paths:
            return self.filter(pk=getattr(user, "pk", None))
        own = Q(pk=getattr(user, "pk", None))
        near = _in_any(MEMBER_LOOKUPS, paths)
        work_near = self._roles_of_account().filter(_in_any(ROLE_LOOKUPS, paths))
        return self.filter(own | near | Exists(work_near))

    def managed_by(self, user: Actor) -> Self:
        """Office accounts for the system administrator; none for others."""
        may_manage = scope_of(user).has_role(self.managed_with)
        return self.of_the_office() if may_manage else self.none()

    def of_the_office(self) -> Self:
        """Of people with an office role or with none yet: no ordinary members."""
        held = self._roles_of_account()
        return self.filter(~Exists(held) | Exists(held.exclude(role=Role.MEMBER)))

    def _roles_of_account(self) -> "models.QuerySet[RoleAssignment]":
        """Return the role assignments of an outer account, without voided ones.

        A join would find voided rows as well: no manager filters it.
        """
        assignments: Any = self.model._meta.get_field("role_assignments").related_model
        rows: models.QuerySet[RoleAssignment] = assignments.objects.all()
        return rows.filter(user=OuterRef("pk"))


def _in_any(lookups: Iterable[str], paths: Iterable[str]) -> Q:
    """Return the condition of lying in one of the subtrees by one of the lookups."""
    roots = list(paths)
    return any_of(path_range(lookup, path) for lookup in lookups for path in roots)


class RoleAssignmentQuerySet(ScopedQuerySet["RoleAssignment"]):
    """Role assignments, past and present."""

    managed_with = frozenset({Role.STREET_STAFF})
    seen_with = RECORD_KEEPERS

    def visible_to(self, user: Actor) -> Self:
        """All but ordinary members' for administrators, their area's for keepers."""
        if scope_of(user).has_role(INSTALLATION):
            return self.exclude(role=Role.MEMBER)
        return super().visible_to(user)

    def managed_by(self, user: Actor) -> Self:
        """All for security administrators, those of their street for street staff.

        System administrators create accounts and print slips but assign no roles, so
        that nobody alone can give themselves access.
        """
        if scope_of(user).has_role({Role.SECURITY_ADMIN}):
            return self.exclude(role=Role.MEMBER)
        return super().managed_by(user)

    def current(self, day: dt.date | None = None) -> Self:
        """In force on a day, by default today."""
        return self.filter(current_on(day or today()))

    def standing(self, day: dt.date | None = None) -> Self:
        """In force on a day, by default today, or from a later one."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day or today()))

    def of_roles(self, roles: Iterable[str]) -> Self:
        """Of one of the roles."""
        return self.filter(role__in=list(roles))


class SignInSlipQuerySet(models.QuerySet["SignInSlip"]):
    """Printed one-time slips."""

    def good(self, now: dt.datetime) -> Self:
        """Not used, not expired, and not tried too often with wrong particulars."""
        return self.filter(used_at=None, runs_out_at__gt=now, tries__lt=SLIP_TRIES)


class SignInLockQuerySet(models.QuerySet["SignInLock"]):
    """Locks of signing in."""

    def visible_to(self, user: Actor) -> Self:
        """Office accounts' and unknown names' for the system administrator.

        Street staff see those of the people in their area.
        """
        scope = scope_of(user)
        accounts: Any = self.model._meta.get_field("user").related_model
        if scope.has_role({Role.SYSTEM_ADMIN}):
            office = accounts.objects.of_the_office().order_by()
            return self.filter(Q(user=None) | Q(user__in=office.values("pk")))
        if scope.has_role({Role.STREET_STAFF}):
            own = accounts.objects.visible_to(user).order_by()
            return self.filter(user__in=own.values("pk"))
        return self.none()

    def holding(self, now: dt.datetime) -> Self:
        """Not run out and not lifted."""
        return self.filter(runs_out_at__gt=now, lifted_at=None)

    def against(self, name: str, address: str) -> Self:
        """Of the account, of the address, or of the account at the address."""
        both, either = Q(name=name, address=address), Q(name=name, address="")
        return self.filter(both | either | Q(name="", address=address))


class SlipConsentQuerySet(models.QuerySet["SlipConsent"]):
    """Consents to slips for administrators."""

    def visible_to(self, user: Actor) -> Self:
        """All for administrators."""
        return self.all() if scope_of(user).has_role(INSTALLATION) else self.none()

    def asked_since(self, moment: dt.datetime) -> Self:
        """Asked for at that moment or later, and not used."""
        return self.filter(asked_at__gte=moment, used_at=None)


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    """Addresses at which calendar programs fetch a person's own dates."""

    def visible_to(self, user: Actor) -> Self:
        """One's own."""
        return self.filter(user_id=user.pk)

    def current(self) -> Self:
        """Not ended."""
        return self.filter(revoked_at=None)

    def opening(self, digest: str) -> Self:
        """Those that open by an address today: not ended, and of an open account."""
        return self.current().filter(digest=digest, user__is_active=True)


class AuditEntryQuerySet(ScopedQuerySet["AuditEntry"]):
    """Audit entries: all for auditors, the street's for its staff, one's own."""

    managed_with = NO_ROLES
    seen_with = frozenset({Role.STREET_STAFF})

    def visible_to(self, user: Actor) -> Self:
        """All for auditors, the subtree's for street staff; administrators' own."""
        if scope_of(user).has_role({Role.AUDITOR}):
            return self.all()
        return super().visible_to(user)

    def seen_by(self, user: Actor) -> Q:
        """Return the condition for the entries; administrators see what they did."""
        is_administrator = scope_of(user).has_role(INSTALLATION)
        own = [Q(actor_id=user.pk)] if is_administrator else []
        return any_of([super().seen_by(user), *own])

    def named(self, name: str) -> Self:
        """About subjects of this whole name, however typed.

        Never of a part of it: readers of the log could list people by it. Names of
        rows about a person begin with the person's, then a blank.
        """
        return self.filter(
            any_of(
                Q(subject_name=spelling) | Q(subject_name__startswith=f"{spelling} ")
                for spelling in search_spellings(name)
            )
        )

    def about(self, subject: models.Model) -> Self:
        """About one subject, the latest first."""
        return self.filter(
            subject_type=subject._meta.label, subject_id=str(subject.pk)
        ).order_by("-pk")

    def unsealed(self, floor: int) -> Self:
        """Without a seal; entries up to the floor are known to be sealed."""
        return self.filter(pk__gt=floor, seal_line=None).order_by("pk")


class DigestEntryQuerySet(models.QuerySet["DigestEntry"]):
    """Digests of written rows."""

    def unsealed(self, floor: int) -> Self:
        """Without a seal; entries up to the floor are known to be sealed."""
        return self.filter(pk__gt=floor, seal_line=None).order_by("pk")


class AccessEntryQuerySet(AuditEntryQuerySet):
    """Views, exports and unmaskings of personal data."""

    def about_any(self, model: type[models.Model], keys: Iterable[int]) -> Self:
        """About any of some rows of a model."""
        return self.filter(
            subject_type=model._meta.label, subject_id__in=[str(key) for key in keys]
        )


class SealQuerySet(InstallationQuerySet["Seal"]):
    """Seals, visible to auditors."""

    seen_with = frozenset({Role.AUDITOR})


class VerificationQuerySet(InstallationQuerySet["Verification"]):
    """Runs of `verify`, visible to auditors."""

    seen_with = frozenset({Role.AUDITOR})

    def trouble(self, now: dt.datetime) -> ProofTrouble | None:
        """Why somebody has to look after `verify`: what it found comes first."""
        last = self.first()
        if last is not None and not last.holds:
            return ProofTrouble.BROKEN
        return ProofTrouble.OVERDUE if self._is_overdue(now) else None

    def _is_overdue(self, now: dt.datetime) -> bool:
        """Whether the last run is older than the installation expects."""
        if not settings.VERIFY_EXPECTED_HOURS:
            return False
        earliest = now - dt.timedelta(hours=settings.VERIFY_EXPECTED_HOURS)
        return not self.filter(finished_at__gte=earliest).exists()


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices."""

    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(user_id=getattr(user, "pk", None))

    def about(self, subject: models.Model) -> Self:
        """About one record."""
        return self.filter(subject_type=subject._meta.label, subject_id=str(subject.pk))

    def unread(self) -> Self:
        """Not read yet."""
        return self.filter(read_at=None)
