"""Reads of elections, of who stands in them and of the votes counted."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from core.db.querysets import ScopedQuerySet
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from communities.models import (
        Ballot,
        BallotVotes,
        Candidate,
        CandidateTrait,
        Election,
    )


class ElectionQuerySet(ScopedQuerySet["Election"]):
    """Elections of bodies, for who may read the names of those who stand."""

    organization_lookups = ("body__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def under_way(self) -> Self:
        """Called, and not approved yet."""
        return self.filter(term=None, voided_at=None)

    def counted(self) -> Self:
        """Of which a vote was counted."""
        return self.filter(self._a_count())

    def to_be_counted(self, day: dt.date) -> Self:
        """Whose day has come, and whose votes are not entered."""
        return self.under_way().filter(~self._a_count(), held_on__lte=day)

    def to_be_approved(self) -> Self:
        """Counted, and waiting for the approval."""
        return self.under_way().counted()

    def with_progress(self) -> Self:
        """Read with each how many seats the voters fill, and whether they voted."""
        by_voters = Sum("posts__seats", filter=Q(posts__by_committee=False))
        return self.annotate(seats=Coalesce(by_voters, 0), is_counted=self._a_count())

    def _a_count(self) -> Exists:
        ballots: Any = self.model._meta.get_field("ballots").related_model
        valid = ballots.all_objects.filter(election=OuterRef("pk"), voided_at=None)
        return Exists(valid)


class CandidateQuerySet(ScopedQuerySet["Candidate"]):
    """Who stands in elections."""

    organization_lookups = ("election__body__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def standing(self) -> Self:
        """Who has not withdrawn, with their names."""
        rows = self.filter(withdrawn_on=None)
        return rows.select_related("member", "non_member", "kind", "unit")

    def elected(self) -> Self:
        """Who was elected in a count that holds."""
        return self.filter(votes__in=self._votes().filter(is_elected=True))

    def _votes(self) -> "BallotVotesQuerySet":
        model: Any = self.model._meta.get_field("votes").related_model
        rows: BallotVotesQuerySet = model.objects.valid()
        return rows


class CandidateTraitQuerySet(ScopedQuerySet["CandidateTrait"]):
    """Traits of who stands."""

    organization_lookups = ("candidate__election__body__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def who_came_in(self, first: dt.date, last: dt.date) -> Self:
        """Of whom voters elected into a term that began within a span of days."""
        candidate: Any = self.model._meta.get_field("candidate").related_model
        elected = candidate.objects.filter(by_committee=False).elected()
        return self.filter(
            candidate__in=elected.order_by().values("pk"),
            candidate__election__voided_at=None,
            candidate__election__term__voided_at=None,
            candidate__election__term__starts_on__range=(first, last),
        )


class BallotQuerySet(ScopedQuerySet["Ballot"]):
    """Counts of votes."""

    organization_lookups = ("election__body__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS


class BallotVotesQuerySet(ScopedQuerySet["BallotVotes"]):
    """The votes that people had."""

    organization_lookups = ("ballot__election__body__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def valid(self) -> Self:
        """Of counts that were not voided."""
        return self.filter(ballot__voided_at=None)

    def of_elections_that_hold(self) -> Self:
        """Of counts and elections that were not voided."""
        return self.valid().filter(ballot__election__voided_at=None)

    def unlike_their_ballot(self) -> Self:
        """Whose numbers are not those of the count (what the database cannot hold)."""
        return self.exclude(
            present=F("ballot__present"), valid_ballots=F("ballot__valid_ballots")
        )
