"""Reads of monthly reviews, and of inquiries at former units."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.db.querysets import ScopedQuerySet
from core.db.voidable import VoidableFactQuerySet
from core.names import name_contains
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import MonthlyReview, UnitInquiry


class MonthlyReviewQuerySet(VoidableFactQuerySet["MonthlyReview"]):
    """Reviews, by where the member belonged then and belongs now."""

    organization_lookups = ("organization", "member__organization")
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS


class UnitInquiryQuerySet(ScopedQuerySet["UnitInquiry"]):
    """Inquiries, by the organization that deals with the case."""

    organization_lookups = ("case__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def open(self) -> Self:
        """Not answered yet."""
        return self.filter(answer="", voided=False)

    def overdue(self, day: dt.date) -> Self:
        """Not answered by the day on which the answer was due."""
        return self.open().filter(case__due_on__lt=day)

    def open_on(self, day: dt.date) -> Self:
        """Sent by a day and not answered at its end."""
        return self.filter(
            Q(answered_on=None) | Q(answered_on__gt=day),
            voided=False,
            sent_on__lte=day,
        )

    def about(self, text: str) -> Self:
        """About members or units whose name contains the text."""
        return self.filter(
            name_contains(text, "member__name") | name_contains(text, "unit")
        )
