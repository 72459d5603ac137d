"""Reads of meetings and of who attended them."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, Q

from communities.enums import DECIDING, Presence
from core.db.querysets import ScopedQuerySet
from core.db.voidable import VoidableFactQuerySet
from organizations.roles import MEETING_KEEPERS, READERS

if TYPE_CHECKING:
    from communities.models import Attendance, Meeting


class MeetingQuerySet(VoidableFactQuerySet["Meeting"]):
    """Meetings, by the organization that held them."""

    seen_with = READERS
    managed_with = MEETING_KEEPERS

    def counted_in(self, month: dt.date) -> Self:
        """Counting in a month; ask it of all rows, voided ones included."""
        return self.not_void_in(month).held().filter(month=month)

    def held(self) -> Self:
        """Without those that had to have a quorum and had none (R-47)."""
        return self.filter(counts_as_held=True)

    def with_attendance(self) -> Self:
        """Annotate how many were called, came, had a vote, and had one and came."""
        listed = "attendances"
        came = Q(attendances__presence=Presence.PRESENT)
        votes = Q(attendances__votes=True)
        return self.annotate(
            called=Count(listed, filter=~Q(attendances__presence=Presence.GUEST)),
            came=Count(listed, filter=came),
            voters=Count(listed, filter=votes),
            voters_there=Count(listed, filter=votes & came),
        )

    def decided_without_quorum(self) -> Self:
        """With a decision though half of the votes or more were away (R-47)."""
        return self.without_quorum().exclude(decision="")

    def without_quorum(self) -> Self:
        """Of a kind that decides, with half of the votes or more away (R-47)."""
        half = Q(voters__gte=F("voters_there") * 2)
        return self.with_attendance().filter(half, kind__in=DECIDING)


class AttendanceQuerySet(ScopedQuerySet["Attendance"]):
    """Attendance at meetings; names are visible only to meeting keepers."""

    organization_lookups = ("meeting__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = MEETING_KEEPERS

    def attended(self) -> Self:
        """Present, with a vote or without."""
        return self.exclude(presence=Presence.ABSENT)

    def called(self) -> Self:
        """Members of the organization, whether they came or not."""
        return self.exclude(presence=Presence.GUEST)

    def guests(self) -> Self:
        """Attending without a vote: not called by their own organization."""
        return self.filter(presence=Presence.GUEST)

    def of_valid_meetings(self) -> Self:
        """At meetings that were not voided."""
        return self.filter(meeting__voided_at=None)
