"""Reads of sittings of bodies, of what was decided, and of honours."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from core.db.querysets import ScopedQuerySet
from organizations.roles import MEETING_KEEPERS, READERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from communities.models import Honour, Resolution, Sitting, SittingAttendance


class SittingQuerySet(ScopedQuerySet["Sitting"]):
    """Sittings of the bodies of the reader's area."""

    organization_lookups = ("body__organization",)
    seen_with = READERS
    managed_with = MEETING_KEEPERS

    def with_counts(self) -> Self:
        """Annotate who could vote, who of them came, and what was decided."""
        came = Q(attendances__was_present=True)
        valid = Q(resolutions__voided_at=None)
        return self.annotate(
            voters=Count("attendances", distinct=True),
            voters_there=Count("attendances", filter=came, distinct=True),
            decisions=Count("resolutions", filter=valid, distinct=True),
        )


class SittingAttendanceQuerySet(ScopedQuerySet["SittingAttendance"]):
    """Who was at sittings, for who reads the names in the body."""

    organization_lookups = ("sitting__body__organization",)
    seen_with = MEETING_KEEPERS


class ResolutionQuerySet(ScopedQuerySet["Resolution"]):
    """Decisions of bodies and of meetings in the reader's area."""

    organization_lookups = ("sitting__body__organization", "meeting__organization")
    seen_with = READERS
    managed_with = MEETING_KEEPERS

    def that_hold(self) -> Self:
        """Of sittings and meetings that were not voided."""
        return self.filter(sitting__voided_at=None, meeting__voided_at=None)

    def adopted(self) -> Self:
        """For which more than half of those present voted."""
        return self.filter(in_favour__gt=F("present") - F("in_favour"))

    def rejected(self) -> Self:
        """That found no majority."""
        return self.filter(in_favour__lte=F("present") - F("in_favour"))

    def open(self) -> Self:
        """Still to be carried out."""
        return self.adopted().filter(done_on=None)

    def overdue(self, day: dt.date) -> Self:
        """Still to be carried out though their day has passed."""
        return self.open().filter(due_on__lt=day)

    def with_sources(self) -> Self:
        """Read where each was decided, and annotate the day."""
        return self.select_related(
            *("sitting__body__organization", "sitting__body__kind"),
            *("meeting__organization", "watched_by"),
        ).annotate(day=Coalesce("sitting__held_on", "meeting__held_on"))


class HonourQuerySet(ScopedQuerySet["Honour"]):
    """Honours of the reader's area; members see their own."""

    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def with_honoured(self) -> Self:
        """Read who was honoured."""
        rows = self.select_related("organization", "member")
        return rows.defer("member__id_number", "member__phone")
