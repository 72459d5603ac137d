"""Reads of recruitments, of who applied, of reserves and of pay."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import CharField, Count, ExpressionWrapper, F, OuterRef, Q
from django.db.models.functions import Coalesce

from core.db.querysets import ScopedQuerySet, current_on
from core.months import today
from organizations.roles import RECORD_KEEPERS, Role

if TYPE_CHECKING:
    from communities.models import (
        Applicant,
        PayStandard,
        Recruitment,
        Reserve,
        SeatPay,
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
