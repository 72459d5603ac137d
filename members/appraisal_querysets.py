"""Reads of yearly appraisals."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q

from core.db.querysets import ScopedQuerySet
from members.appraisal_enums import AppraisalPart, RoundState
from organizations.roles import MEETING_KEEPERS

if TYPE_CHECKING:
    from members.models import Appraisal, AppraisalRound  # noqa: F401 -- named below

OWED = Q(part=AppraisalPart.GRADED, grade="", no_grade="")


class AppraisalRoundQuerySet(ScopedQuerySet["AppraisalRound"]):
    """Appraisals of branches; the branch secretary runs that of the own branch."""

    seen_with = MEETING_KEEPERS
    managed_with = MEETING_KEEPERS

    def standing(self) -> Self:
        """Not voided."""
        return self.exclude(state=RoundState.VOIDED)

    def closed(self) -> Self:
        """With all grades entered and closed."""
        return self.filter(state=RoundState.CLOSED)

    def with_counts(self) -> Self:
        """Add `full` members, the `graded` and those still `owed` a grade."""
        to_grade = Q(appraisals__part=AppraisalPart.GRADED)
        graded = to_grade & ~Q(appraisals__grade="")
        owed = to_grade & Q(appraisals__grade="", appraisals__no_grade="")
        return self.annotate(
            full=Count("appraisals", filter=to_grade),
            graded=Count("appraisals", filter=graded),
            owed=Count("appraisals", filter=owed),
        )


class AppraisalQuerySet(ScopedQuerySet["Appraisal"]):
    """What each member was graded, by the branch that appraised them (R-28)."""

    organization_lookups = ("round__organization",)
    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = MEETING_KEEPERS

    def owed(self) -> Self:
        """To be graded, with neither a grade nor a reason for having none."""
        return self.filter(OWED)

    def to_grade(self) -> Self:
        """Full members, who get a grade (R-45)."""
        return self.filter(part=AppraisalPart.GRADED)

    def counted_in(self, month: dt.date) -> Self:
        """Graded in a round that was closed and counts in the month."""
        rows = self.filter(round__state=RoundState.CLOSED, round__month=month)
        return rows.exclude(grade="")
