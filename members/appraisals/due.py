"""Branches that owe the appraisal of a year (R-44)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from core.actors import Actor
from members.enums import RoundState, Standing
from members.models import AppraisalRound
from organizations.enums import ThresholdKey
from organizations.models import Organization, Threshold
from organizations.roles import MEETING_KEEPERS


@dataclass(frozen=True, slots=True)
class OwedAppraisal:
    """A branch whose appraisal of a year is not closed, and what is left to do."""

    organization: Organization
    year: int
    members: int
    round: Any

    @property
    def left(self) -> int:
        """How many full members have no grade yet."""
        return self.members if self.round is None else int(self.round.owed)

    def get_absolute_url(self) -> str:
        """The page on which it goes on."""
        if self.round is not None:
            return str(self.round.get_absolute_url())
        query = f"organization={self.organization.pk}&year={self.year}"
        return f"{reverse('members:open_appraisal')}?{query}"


def year_due(day: dt.date) -> int | None:
    """Return the year whose appraisal is due on a day, if one is.

    It is due from a month of the year until one of the next; thresholds say which.
    """
    if day.month >= Threshold.objects.on(ThresholdKey.APPRAISAL_DUE_FROM, day):
        return day.year
    until = Threshold.objects.on(ThresholdKey.APPRAISAL_DUE_UNTIL, day)
    return day.year - 1 if day.month <= until else None


def list_owed_appraisals(user: Actor, year: int) -> list[OwedAppraisal]:
    """Return the branches whose appraisal of a year the person has still to run."""
    closed = AppraisalRound.objects.closed().filter(
        organization=OuterRef("pk"), year=year
    )
    full = Q(members__standing=Standing.FULL, members__voided_at=None)
    kept = Organization.objects.in_scope_of(user, MEETING_KEEPERS)
    rows: Any = kept.open().filter(~Exists(closed))
    rows = rows.annotate(full=Count("members", filter=full)).filter(full__gt=0)
    rounds = {
        row.organization_id: row
        for row in AppraisalRound.objects.with_counts().filter(
            state=RoundState.OPEN, year=year
        )
    }
    return [
        OwedAppraisal(row, year, row.full, rounds.get(row.pk))
        for row in rows.order_by("path")
    ]
