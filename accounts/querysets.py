"""Reads of people, duties and the trail."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.duties import INSTALLATION, NOBODY, RECORD_KEEPERS, DutyCode, scope_of
from core.months import today
from core.querysets import ScopedQuerySet, any_of, current_on
from core.tree import path_range

if TYPE_CHECKING:
    from accounts.models import AccessEntry, AuditEntry, Duty, Notice, SignInSlip, User


class UserQuerySet(models.QuerySet["User"]):
    """People who may sign in."""

    def visible_to(self, user: object) -> Self:
        """Everyone for administrators; for keepers, who holds a duty in their area."""
        scope = scope_of(user)
        if scope.holds(INSTALLATION):
            return self.all()
        paths = scope.paths(RECORD_KEEPERS)
        if not paths:
            return self.filter(pk=getattr(user, "pk", None))
        held = any_of(path_range("duties__organization", path) for path in paths)
        unit = any_of(path_range("duties__unit__host", path) for path in paths)
        return self.filter(held | unit | Q(pk=getattr(user, "pk", None))).distinct()

    def managed_by(self, user: object) -> Self:
        """Accounts are kept by the system administrator."""
        held = scope_of(user).holds({DutyCode.SYSTEM_ADMIN})
        return self.all() if held else self.none()


class DutyQuerySet(ScopedQuerySet["Duty"]):
    """Duties, past and present."""

    managed_with = frozenset({DutyCode.STREET_STAFF})
    seen_with = RECORD_KEEPERS

    def visible_to(self, user: object) -> Self:
        """All for administrators, those of the area for keepers."""
        if scope_of(user).holds(INSTALLATION):
            return self.all()
        return super().visible_to(user)

    def managed_by(self, user: object) -> Self:
        """Administrators charge with any duty, street staff within their street."""
        if scope_of(user).holds({DutyCode.SYSTEM_ADMIN, DutyCode.SECURITY_ADMIN}):
            return self.all()
        return super().managed_by(user)

    def current(self, day: dt.date | None = None) -> Self:
        """Held on a day, today unless said."""
        return self.filter(current_on(day or today()))

    def of_codes(self, codes: Iterable[str]) -> Self:
        """With one of the codes."""
        return self.filter(code__in=list(codes))


class SignInSlipQuerySet(models.QuerySet["SignInSlip"]):
    """Printed one-time slips."""

    def good(self, now: dt.datetime) -> Self:
        """Neither used nor run out."""
        return self.filter(used_at=None, runs_out_at__gt=now)


class AuditEntryQuerySet(ScopedQuerySet["AuditEntry"]):
    """The trail: all of it for auditors, the street's part for its staff."""

    managed_with = NOBODY
    seen_with = frozenset({DutyCode.STREET_STAFF})

    def visible_to(self, user: object) -> Self:
        """All for auditors, those of the subtree for street staff."""
        if scope_of(user).holds({DutyCode.AUDITOR}):
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


class NoticeQuerySet(models.QuerySet["Notice"]):
    """What people were told."""

    def visible_to(self, user: object) -> Self:
        """One's own."""
        return self.filter(user_id=getattr(user, "pk", None))

    def unread(self) -> Self:
        """Not looked at yet."""
        return self.filter(read_at=None)
