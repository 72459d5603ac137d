"""Reads of recruitments, of who applied, of reserves and of pay."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import (
    CharField,
    Count,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
)
from django.db.models.functions import Coalesce

from core.db.querysets import ScopedQuerySet, current_on
from core.months import today
from organizations.roles import MEETING_KEEPERS, READERS, RECORD_KEEPERS, Role

if TYPE_CHECKING:
    from communities.models import (
        Applicant,
        PayStandard,
        Recruitment,
        Reserve,
        SeatFiling,
        SeatPay,
        ServedPlace,
        UnitCover,
    )

VALID = Q(applicants__voided_at=None)
IN_OFFICE = Q(applicants__holding__isnull=False, applicants__holding__voided_at=None)


class RecruitmentQuerySet(ScopedQuerySet["Recruitment"]):
    """Calls for applications, for who keeps the body that they are for."""

    organization_lookups = ("body__organization",)
    managed_with = RECORD_KEEPERS

    def with_counts(self) -> Self:
        """Annotate how many applied, and how many of them were taken on."""
        return self.annotate(
            applied=Count("applicants", filter=VALID, distinct=True),
            taken=Count("applicants", filter=VALID & IN_OFFICE, distinct=True),
        )

    def open(self) -> Self:
        """Calls under which seats are still to be filled."""
        return self.with_counts().filter(taken__lt=F("seats"), closed_on=None)

    def past_their_day(self) -> Self:
        """Open calls whose last day for applications has passed."""
        return self.open().filter(apply_until__lt=today())


class ApplicantQuerySet(ScopedQuerySet["Applicant"]):
    """Who applied for a seat: only keepers read the names."""

    organization_lookups = ("recruitment__body__organization",)
    managed_with = RECORD_KEEPERS

    def with_people(self) -> Self:
        """Read who applied, and the seat that was taken."""
        rows = self.select_related("member", "non_member", "holding")
        return rows.defer("member__id_number", "member__phone")


class ReserveQuerySet(ScopedQuerySet["Reserve"]):
    """Who could take over: a list for record keepers alone."""

    organization_lookups = ("holding__seat__body__organization",)
    managed_with = RECORD_KEEPERS

    def valid(self) -> Self:
        """Of entries that were not voided, in bodies that were not."""
        return self.filter(holding__voided_at=None, holding__seat__body__voided_at=None)

    def listed_on(self, day: dt.date) -> Self:
        """Who is on the list on a day."""
        return self.valid().filter(current_on(day, "holding"))

    def with_people(self) -> Self:
        """Read who is on the list, and annotate an order by name."""
        return (
            self.select_related(
                *("holding__member", "holding__non_member", "holding__unit"),
                *("holding__seat__kind", "holding__seat__body__organization"),
                "holding__seat__body__kind",
            )
            .defer("holding__member__id_number", "holding__member__phone")
            .annotate(
                holder_key=Coalesce(
                    "holding__member__sort_key", "holding__non_member__sort_key"
                )
            )
        )


class SeatPayQuerySet(ScopedQuerySet["SeatPay"]):
    """Pay: street staff see it, and each person their own; nobody else does."""

    organization_lookups = ("holding__seat__body__organization",)
    member_lookup = "holding__member"
    managed_with = frozenset({Role.STREET_STAFF})


class PayStandardQuerySet(ScopedQuerySet["PayStandard"]):
    """What seats ought to be paid; street staff keep it for their area."""

    managed_with = frozenset({Role.STREET_STAFF})

    def for_seats(self, day: dt.date, *, kind: str, path: str) -> Self:
        """Return what holds on a day for an outer row's seat: that of the nearest area.

        `kind` and `path` are the lookups of the outer row.
        """
        place = ExpressionWrapper(OuterRef(path), output_field=CharField())
        rows = self.filter(current_on(day), seat_kind=OuterRef(kind))
        rows = rows.alias(place=place).filter(place__startswith=F("organization__path"))
        return rows.order_by("-organization__path", "pk")


class ServedPlaceQuerySet(ScopedQuerySet["ServedPlace"]):
    """Who is there for which place: for keepers of the place, and of who serves it."""

    organization_lookups = (
        "organization",
        "holding__seat__body__organization",
        "body__organization",
    )
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def current(self, day: dt.date | None = None) -> Self:
        """Served on a day by somebody who holds the seat, or by a body that goes on."""
        on = day or today()
        holds = current_on(on, "holding") & Q(
            holding__isnull=False, holding__voided_at=None
        )
        goes_on = current_on(on, "body") & Q(body__isnull=False, body__voided_at=None)
        return self.filter(current_on(on)).filter(holds | goes_on)

    def with_servers(self) -> Self:
        """Read who serves which place, how often they came, and what is open."""
        valid = Q(visits__voided_at=None)
        open_ = valid & ~Q(visits__problem="") & Q(visits__settled_on=None)
        return (
            self.select_related(
                *("organization", "body__kind", "body__organization"),
                *("holding__member", "holding__non_member", "holding__unit"),
                *("holding__seat__kind", "holding__seat__body__kind"),
                "holding__seat__body__organization",
            )
            .defer("holding__member__id_number", "holding__member__phone")
            .annotate(
                visit_count=Count("visits", filter=valid & Q(visits__isnull=False)),
                open_count=Count("visits", filter=open_ & Q(visits__isnull=False)),
                last_visit=Max("visits__visited_on", filter=valid),
            )
        )


class UnitCoverQuerySet(ScopedQuerySet["UnitCover"]):
    """How units are covered, for readers of the community where the unit lies."""

    organization_lookups = ("unit__host",)
    seen_with = READERS
    managed_with = RECORD_KEEPERS

    def current(self, day: dt.date | None = None) -> Self:
        """What holds on a day."""
        return self.filter(current_on(day or today()))


class SeatFilingQuerySet(ScopedQuerySet["SeatFiling"]):
    """Who is on file for a seat; the street keeps it, the person sees their own."""

    organization_lookups = ("holding__seat__body__organization",)
    member_lookup = "holding__member"
    seen_with = MEETING_KEEPERS
    managed_with = frozenset({Role.STREET_STAFF})

    def current(self, day: dt.date | None = None) -> Self:
        """What holds on a day."""
        return self.filter(current_on(day or today()))
