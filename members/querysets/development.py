"""Reads of people on their way to membership, and of decisions on probations."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.db.querysets import ScopedQuerySet
from core.db.voidable import VoidableFactQuerySet
from core.names import name_contains
from core.pinyin import clean_pinyin
from members.enums import DevelopmentStage, DevelopmentState, ProbationOutcome
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import (
        Development,
        DevelopmentStep,
        ProbationDecision,
    )


def in_stage(stage: str, day: dt.date | None = None) -> Q:
    """Return the condition of people in a stage, today or at the end of a day."""
    reached = {
        DevelopmentStage.ACTIVIST: _begun("activist_on", day),
        DevelopmentStage.CANDIDATE: _begun("candidate_on", day),
    }
    if stage == DevelopmentStage.APPLICANT:
        return ~reached[DevelopmentStage.ACTIVIST]
    if stage == DevelopmentStage.ACTIVIST:
        return reached[DevelopmentStage.ACTIVIST] & ~reached[DevelopmentStage.CANDIDATE]
    return reached[DevelopmentStage.CANDIDATE]


def _begun(column: str, day: dt.date | None) -> Q:
    known = Q(**{f"{column}__isnull": False})
    return known if day is None else known & Q(**{f"{column}__lte": day})


class DevelopmentQuerySet(ScopedQuerySet["Development"]):
    """People on their way to membership, by the branch that develops them."""

    seen_with = MEETING_KEEPERS
    managed_with = MEETING_KEEPERS

    def open(self) -> Self:
        """Whose development goes on."""
        return self.filter(state=DevelopmentState.OPEN)

    def open_on(self, day: dt.date) -> Self:
        """Whose development went on at the end of a day."""
        still = Q(closed_on=None) | Q(closed_on__gt=day)
        return self.filter(still, applied_on__lte=day)

    def in_stage(self, stage: str) -> Self:
        """Who has reached a stage and not the next one."""
        return self.filter(in_stage(stage))

    def named(self, text: str) -> Self:
        """Whose name contains the text or sounds like it."""
        sound = Q(sound__contains=clean_pinyin(text))
        return self.filter(name_contains(text, "name") | sound)


class DevelopmentStepQuerySet(ScopedQuerySet["DevelopmentStep"]):
    """Steps towards membership, by the branch that develops the person."""

    organization_lookups = ("development__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = MEETING_KEEPERS


class ProbationDecisionQuerySet(VoidableFactQuerySet["ProbationDecision"]):
    """Decisions on probations, by the branch that decided."""

    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def extensions(self) -> Self:
        """Decisions by which a probation was extended."""
        return self.filter(outcome=ProbationOutcome.EXTENDED)

    def counted_in(self, month: dt.date) -> Self:
        """Decisions that count in the month."""
        return self.not_void_in(month).filter(month=month)
