"""Reads of uploads, batches and jobs."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from core.actors import Actor, scope_of
from core.db.querysets import ScopedQuerySet, any_of
from core.months import today
from exchange.enums import UNFINISHED, BatchState, JobState, Verdict
from exchange.import_kinds import import_kinds
from organizations.roles import RECORD_KEEPERS, Role

if TYPE_CHECKING:
    from exchange.models import (
        Attachment,
        BackupRun,
        BulkRun,
        ImportBatch,
        ImportRow,
        Job,
        KnownDay,
        ListExport,
        OrderedDecision,
    )


class AttachmentQuerySet(ScopedQuerySet["Attachment"]):
    """Attachments and their bytes on disk."""

    seen_with = RECORD_KEEPERS
    managed_with = RECORD_KEEPERS

    def on_disk(self) -> Self:
        """Return those whose bytes are on disk."""
        return self.filter(erased_at=None)

    def expired_by(self, day: dt.date) -> Self:
        """Return those that are due for erasure."""
        return self.on_disk().filter(erase_on__lte=day)


class ImportBatchQuerySet(ScopedQuerySet["ImportBatch"]):
    """Imports, visible to those who may import their kind there."""

    seen_with = RECORD_KEEPERS
    managed_with = RECORD_KEEPERS

    def visible_to(self, user: Actor) -> Self:
        """Batches of each kind where the person holds one of that kind's roles."""
        scope = scope_of(user)
        return self.filter(
            any_of(
                Q(kind=kind.key) & below
                for kind in import_kinds
                for below in self._below(scope.paths(kind.managed_with))
            )
        )

    def managed_by(self, user: Actor) -> Self:
        """The same: everyone who sees an import may also confirm it."""
        return self.visible_to(user)

    def waiting_for(self, user: Actor) -> Self:
        """Uploaded by the person, read, and neither confirmed nor discarded."""
        return self.filter(
            state=BatchState.PLANNED, uploaded_by_id=getattr(user, "pk", None)
        )


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Rows of an import with their outcome."""

    def in_sheet_order(self) -> Self:
        """Return the rows in the order of the file."""
        return self.order_by("position")

    def refused(self) -> Self:
        """Return the refused rows in the order of the file."""
        return self.in_sheet_order().filter(verdict=Verdict.REFUSE)

    def tally(self) -> dict[str, int]:
        """Return how many rows there are of each verdict."""
        pairs = self.order_by().values_list("verdict").annotate(rows=Count("pk"))
        return dict(pairs)


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, each visible to the person who asked for it."""

    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(owner_id=getattr(user, "pk", None))

    def waiting(self) -> Self:
        """Return jobs that no worker has claimed, the oldest first."""
        return self.filter(state=JobState.QUEUED).order_by("queued_at", "pk")

    def waiting_in_turn(self) -> Self:
        """Return waiting jobs so that owners take turns: the first job of each first.

        The single sheet of one person does not wait behind five of another.
        """
        earlier = self.model.objects.unfinished().filter(
            owner=OuterRef("owner"), pk__lt=OuterRef("pk")
        )
        ahead = earlier.order_by().values("owner").annotate(n=Count("pk")).values("n")
        return (
            self.waiting()
            .annotate(ahead=Coalesce(Subquery(ahead), 0))
            .order_by("ahead", "queued_at", "pk")
        )

    def of_owner(self, owner: Actor | None) -> Self:
        """Return the jobs that a person asked for."""
        return self.filter(owner_id=getattr(owner, "pk", None))

    def unfinished(self) -> Self:
        """Return jobs that are waiting or running."""
        return self.filter(state__in=UNFINISHED)

    def silent_since(self, moment: dt.datetime) -> Self:
        """Return running jobs whose worker has sent no heartbeat since."""
        return self.filter(state=JobState.RUNNING, heartbeat__lt=moment)


class ListExportQuerySet(models.QuerySet["ListExport"]):
    """Lists that are written for somebody, each visible to that person."""

    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(owner_id=getattr(user, "pk", None))

    def filtered_since_before(self, moment: dt.datetime) -> Self:
        """Asked for before that moment, with the filter of the list."""
        return self.filter(asked_at__lt=moment, address__contains="?")


class OrderedDecisionQuerySet(models.QuerySet["OrderedDecision"]):
    """Decisions that a worker carries out, each visible to who typed it."""

    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(owner_id=getattr(user, "pk", None))

    def open(self) -> Self:
        """Neither carried out nor given up."""
        return self.filter(decided_at=None, dropped_at=None)

    def waiting(self) -> Self:
        """Open, and no worker is at it: somebody has to look."""
        return self.open().exclude(job__state__in=UNFINISHED)

    def shown_since_before(self, moment: dt.datetime) -> Self:
        """Worked out before that moment, with what would change; no worker is at it."""
        return self.waiting().filter(shown__isnull=False, job__finished_at__lt=moment)


class BulkRunQuerySet(models.QuerySet["BulkRun"]):
    """Actions on many rows, each visible to the person who asked for it."""

    def visible_to(self, user: Actor) -> Self:
        """The user's own."""
        return self.filter(owner_id=getattr(user, "pk", None))

    def kept_since_before(self, moment: dt.datetime) -> Self:
        """Asked for before that moment, with what was found, typed or filtered by."""
        kept = ~Q(outcome=[]) | ~Q(values={}) | Q(address__contains="?")
        return self.filter(kept, asked_at__lt=moment)


class KnownDayQuerySet(models.QuerySet["KnownDay"]):
    """The known day, visible to system administrators."""

    def visible_to(self, user: Actor) -> Self:
        """Return the row to system administrators, nothing to others."""
        is_admin = scope_of(user).has_role({Role.SYSTEM_ADMIN})
        return self.all() if is_admin else self.none()

    def is_clock_in_doubt(self) -> bool:
        """Whether today is far from the last day that the installation knows."""
        known = self.first()
        if known is None:
            return False
        tolerance = dt.timedelta(days=settings.CLOCK_TOLERANCE_DAYS)
        return abs(today() - known.day) > tolerance


class BackupRunQuerySet(models.QuerySet["BackupRun"]):
    """Runs of the backup, visible to system administrators."""

    def visible_to(self, user: Actor) -> Self:
        """Return all runs to system administrators, nothing to others."""
        is_admin = scope_of(user).has_role({Role.SYSTEM_ADMIN})
        return self.all() if is_admin else self.none()

    def succeeded(self) -> Self:
        """Return the runs that wrote a whole backup."""
        return self.filter(succeeded=True)

    def is_overdue(self, now: dt.datetime) -> bool:
        """Whether the last good backup is older than the installation expects."""
        if not settings.BACKUP_EXPECTED_HOURS:
            return False
        earliest = now - dt.timedelta(hours=settings.BACKUP_EXPECTED_HOURS)
        return not self.succeeded().filter(finished_at__gte=earliest).exists()
