"""Reads of recruitments, of who applied, and of reserves."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from core.db.querysets import ScopedQuerySet, current_on
from core.months import today
from organizations.roles import RECORD_KEEPERS

if TYPE_CHECKING:
    from communities.models import Applicant, Recruitment, Reserve

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
