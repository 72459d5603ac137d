"""Reads of sittings of bodies, of what was decided, and of honours."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

from communities.enums import COMMITTEES, MeetingKind
from core.db.querysets import ScopedQuerySet
from organizations.roles import MEETING_KEEPERS, READERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from communities.models import Body, Honour, Resolution, Sitting, SittingAttendance


def _people(condition: Q | None = None) -> CombinedExpression:
    """Return the number of people on the attendance list, each counted once."""
    holding = "attendances__holding"
    nobody = Q(
        **{f"{holding}__member": None, f"{holding}__non_member": None},
        attendances__isnull=False,
    )
    kept = condition or Q()
    members = Count(f"{holding}__member", filter=kept, distinct=True)
    others = Count(f"{holding}__non_member", filter=kept, distinct=True)
    units = Count(holding, filter=nobody & kept, distinct=True)
    return members + others + units


def held_outside(prefix: str = "attendances__", day: str = "held_on") -> Q:
    """Return the condition that somebody listed did not hold the seat on the day.

    The entry about the seat was voided since, or given other days.
    """
    return (
        Q(**{f"{prefix}holding__voided_at__isnull": False})
        | Q(**{f"{prefix}holding__ends_on__lte": F(day)})
        | Q(**{f"{prefix}holding__starts_on__gt": F(day)})
    )


def committee_meetings(body: "Body", prefix: str = "") -> Q:
    """Return the condition on meetings that they are those of a Party committee.

    They are recorded as meetings of the organization; other bodies have none.
    """
    if body.kind.code not in COMMITTEES:
        return Q(pk__in=())
    found = Q(
        **{
            f"{prefix}organization": body.organization_id,
            f"{prefix}kind": MeetingKind.COMMITTEE,
            f"{prefix}held_on__gte": body.starts_on,
        }
    )
    if body.ends_on is not None:
        found &= Q(**{f"{prefix}held_on__lt": body.ends_on})
    return found


class SittingQuerySet(ScopedQuerySet["Sitting"]):
    """Sittings of the bodies of the reader's area."""

    organization_lookups = ("body__organization",)
    seen_with = READERS
    managed_with = MEETING_KEEPERS

    def with_counts(self) -> Self:
        """Annotate who could vote, who of them came, and what was decided.

        Whoever holds two seats is one person and has one vote; a unit that names nobody
        has one for each seat.
        """
        came = Q(attendances__was_present=True)
        valid = Q(resolutions__voided_at=None)
        return self.annotate(
            voters=_people(),
            voters_there=_people(came),
            outside=Count("attendances", filter=held_outside(), distinct=True),
            decisions=Count("resolutions", filter=valid, distinct=True),
        )


class SittingAttendanceQuerySet(ScopedQuerySet["SittingAttendance"]):
    """Who was at sittings, for who reads the names in the body."""

    organization_lookups = ("sitting__body__organization",)
    seen_with = MEETING_KEEPERS

    def outside_their_seat(self) -> Self:
        """Of people who, by what is on record now, held no seat on the day."""
        valid = self.filter(sitting__voided_at=None)
        return valid.filter(held_outside("", "sitting__held_on"))


class ResolutionQuerySet(ScopedQuerySet["Resolution"]):
    """Decisions of bodies and of meetings in the reader's area."""

    organization_lookups = ("sitting__body__organization", "meeting__organization")
    seen_with = READERS
    managed_with = MEETING_KEEPERS

    def decided_by_body(self, body: "Body") -> Self:
        """Decided at sittings of a body, or at the meetings of a Party committee."""
        return self.filter(
            Q(sitting__body=body) | committee_meetings(body, "meeting__")
        )

    def of_voided_meetings(self) -> Self:
        """Of sittings and meetings that were voided, though the decision was not."""
        return self.filter(
            Q(sitting__voided_at__isnull=False) | Q(meeting__voided_at__isnull=False)
        )

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
