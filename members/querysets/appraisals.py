"""Reads of yearly appraisals."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q

from core.db.querysets import ScopedQuerySet
from members.enums import AppraisalPart, RoundState
from organizations.roles import MEETING_KEEPERS

if TYPE_CHECKING:
    from members.models import Appraisal, AppraisalRound


def to_grade(prefix: str = "") -> Q:
    """Return the condition of full members, who get a grade (R-45)."""
    return Q(**{f"{prefix}part": AppraisalPart.GRADED})


def owed(prefix: str = "") -> Q:
    """Return the condition of those with neither a grade nor a reason for none."""
    return to_grade(prefix) & Q(**{f"{prefix}grade": "", f"{prefix}no_grade": ""})


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
        full = to_grade("appraisals__")
        return self.annotate(
            full=Count("appraisals", filter=full),
            graded=Count("appraisals", filter=full & ~Q(appraisals__grade="")),
            owed=Count("appraisals", filter=owed("appraisals__")),
        )


class AppraisalQuerySet(ScopedQuerySet["Appraisal"]):
    """What each member was graded, by the branch that appraised them (R-28)."""

    organization_lookups = ("round__organization",)
    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = MEETING_KEEPERS

    def owed(self) -> Self:
        """To be graded, with neither a grade nor a reason for having none."""
        return self.filter(owed())

    def to_grade(self) -> Self:
        """Full members, who get a grade (R-45)."""
        return self.filter(to_grade())

    def counted_in(self, month: dt.date) -> Self:
        """Graded in a round that was closed and counts in the month."""
        rows = self.filter(round__state=RoundState.CLOSED, round__month=month)
        return rows.exclude(grade="")
