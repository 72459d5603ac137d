"""Reads of recruitments and of who applied."""

from typing import TYPE_CHECKING, Self

from django.db.models import Count, F, Q

from core.db.querysets import ScopedQuerySet
from core.months import today
from organizations.roles import RECORD_KEEPERS

if TYPE_CHECKING:
    from communities.models import Applicant, Recruitment

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
