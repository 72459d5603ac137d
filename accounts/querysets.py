"""Reads of people, role_assignments and the trail."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.actors import Actor, scope_of
from core.db.querysets import InstallationQuerySet, ScopedQuerySet, any_of, current_on
from core.db.tree import path_range
from core.months import today
from organizations.roles import INSTALLATION, NOBODY, RECORD_KEEPERS, Role

if TYPE_CHECKING:
    from accounts.models import (
        AccessEntry,
        AuditEntry,
        Notice,
        RoleAssignment,
        Seal,
        SignInSlip,
        User,
    )


SLIP_TRIES = 5
PLACES = (
    "role_assignments__organization",
    "role_assignments__unit__host",
    "member__organization",
    "member__community",
)


class UserQuerySet(models.QuerySet["User"]):
    """People who may sign in."""

    seen_with = INSTALLATION | RECORD_KEEPERS
    managed_with = frozenset({Role.SYSTEM_ADMIN})

    def visible_to(self, user: Actor) -> Self:
        """Office accounts for administrators; for keepers, the people of their area.

        That somebody is a member is member data, which administrators do not see.
        """
        scope = scope_of(user)
        if scope.holds(INSTALLATION):
            return self.of_the_office()
        paths = scope.paths(RECORD_KEEPERS)
        if not paths:
            return self.filter(pk=getattr(user, "pk", None))
        near = any_of(path_range(place, path) for place in PLACES for path in paths)
        return self.filter(near | Q(pk=getattr(user, "pk", None))).distinct()

    def managed_by(self, user: Actor) -> Self:
        """Accounts are kept by the system administrator."""
        held = scope_of(user).holds(self.managed_with)
        return self.of_the_office() if held else self.none()

    def of_the_office(self) -> Self:
        """Whose holder works here, or is charged with nothing yet: no plain members."""
        office = [code for code in Role if code != Role.MEMBER]
        charged = Q(role_assignments__isnull=True) | Q(
            role_assignments__role__in=office
        )
        return self.filter(charged).distinct()


class RoleAssignmentQuerySet(ScopedQuerySet["RoleAssignment"]):
    """Duties, past and present."""

    managed_with = frozenset({Role.STREET_STAFF})
    seen_with = RECORD_KEEPERS

    def visible_to(self, user: Actor) -> Self:
        """All but plain members' for administrators, those of the area for keepers."""
        if scope_of(user).holds(INSTALLATION):
            return self.exclude(role=Role.MEMBER)
        return super().visible_to(user)

    def managed_by(self, user: Actor) -> Self:
        """Security administrators charge with any duty, street staff in their street.

        System administrators make accounts and print slips, and charge nobody: no one
        person can let himself in where he holds no duty.
        """
        if scope_of(user).holds({Role.SECURITY_ADMIN}):
            return self.exclude(role=Role.MEMBER)
        return super().managed_by(user)

    def current(self, day: dt.date | None = None) -> Self:
        """Held on a day, today unless said."""
        return self.filter(current_on(day or today()))

    def standing(self, day: dt.date | None = None) -> Self:
        """Held on a day, or to be held from a later one."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day or today()))

    def of_roles(self, codes: Iterable[str]) -> Self:
        """With one of the codes."""
        return self.filter(role__in=list(codes))


class SignInSlipQuerySet(models.QuerySet["SignInSlip"]):
    """Printed one-time slips."""

    def good(self, now: dt.datetime) -> Self:
        """Neither used, nor run out, nor tried too often with wrong particulars."""
        return self.filter(used_at=None, runs_out_at__gt=now, tries__lt=SLIP_TRIES)


class AuditEntryQuerySet(ScopedQuerySet["AuditEntry"]):
    """The trail: all of it for auditors, the street's part for its staff."""

    managed_with = NOBODY
    seen_with = frozenset({Role.STREET_STAFF})

    def visible_to(self, user: Actor) -> Self:
        """All for auditors, those of the subtree for street staff."""
        if scope_of(user).holds({Role.AUDITOR}):
            return self.all()
        return super().visible_to(user)

    def about(self, subject: models.Model) -> Self:
        """What was done to one subject, the latest first."""
        return self.filter(
            subject_type=subject._meta.label, subject_id=str(subject.pk)
        ).order_by("-pk")

    def unsealed(self, floor: int) -> Self:
        """Not in any seal yet; everything up to the floor is known to be sealed."""
        return self.filter(pk__gt=floor, seal_line=None).order_by("pk")


class AccessEntryQuerySet(AuditEntryQuerySet):
    """Who looked, exported, unmasked."""


class SealQuerySet(InstallationQuerySet["Seal"]):
    """Links of the chain, for those who audit it."""

    seen_with = frozenset({Role.AUDITOR})


class NoticeQuerySet(models.QuerySet["Notice"]):
    """What people were told."""

    def visible_to(self, user: Actor) -> Self:
        """One's own."""
        return self.filter(user_id=getattr(user, "pk", None))

    def unread(self) -> Self:
        """Not looked at yet."""
        return self.filter(read_at=None)
