"""Reads of elections and of who stands in them."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from core.db.querysets import ScopedQuerySet
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from communities.models import Candidate, Election


class ElectionQuerySet(ScopedQuerySet["Election"]):
    """Elections of bodies, for who may read the names of those who stand."""

    organization_lookups = ("body__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def under_way(self) -> Self:
        """Called, and not approved yet."""
        return self.filter(term=None, voided_at=None)

    def to_be_counted(self, day: dt.date) -> Self:
        """Whose day has come, and whose votes are not entered."""
        return self.under_way().filter(voters=None, held_on__lte=day)

    def to_be_approved(self) -> Self:
        """Counted, and waiting for the approval."""
        return self.under_way().filter(voters__isnull=False)


class CandidateQuerySet(ScopedQuerySet["Candidate"]):
    """Who stands in elections."""

    organization_lookups = ("election__body__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def standing(self) -> Self:
        """Who has not withdrawn, with their names."""
        rows = self.filter(withdrawn_on=None)
        return rows.select_related("member", "non_member", "kind")
