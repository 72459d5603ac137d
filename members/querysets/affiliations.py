"""Reads of affiliations, ends of membership and records of days after an end."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from core.db.querysets import ScopedQuerySet
from core.db.voidable import VoidableFactQuerySet
from members.enums import StartReason
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import (
        Affiliation,
        Ending,
        RecordAfterEnd,
    )


class AffiliationQuerySet(VoidableFactQuerySet["Affiliation"]):
    """Where members counted, and when.

    Figures read `all_objects`: a closed month continues to count rows that were voided
    later.
    """

    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def open(self) -> Self:
        """Not ended."""
        return self.filter(ends_on=None)

    def end_undone(self) -> Q:
        """Return a condition on affiliations whose end was voided: another goes on."""
        same = {"member": OuterRef("member"), "starts_on": OuterRef("ends_on")}
        return Q(Exists(self.filter(**same, start_reason=StartReason.CONTINUED)))

    def counted_in(self, month: dt.date) -> Self:
        """Counting at the end of a month.

        Uses counting months, not dates: a fact recorded after its month was closed
        joins the stock in the month in which it counts, so that every opening equals
        the published closing before it, and every month balances.
        """
        return self.not_void_in(month).filter(
            Q(end_month=None) | Q(end_month__gt=month), start_month__lte=month
        )

    def begun_in(self, month: dt.date) -> Self:
        """Counting as a gain of the month."""
        return self.not_void_in(month).filter(start_month=month)

    def ended_in(self, month: dt.date) -> Self:
        """Counting as a loss of the month.

        A void is no loss: months that follow a closed one are adjusted instead. Until
        2026-12 it was recorded as a loss without a day, and months closed then show it.
        """
        published = Q(void_month__isnull=False, ends_on=None)
        rows = self.filter(Q(void_month=None) | Q(void_month__gt=month) | published)
        return rows.filter(end_month=month)


class EndingQuerySet(ScopedQuerySet["Ending"]):
    """Ends of memberships, seen and managed where the membership ended."""

    organization_lookups = ("organization",)
    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS


class RecordAfterEndQuerySet(ScopedQuerySet["RecordAfterEnd"]):
    """Records of days after an end, seen and settled where the record is kept."""

    seen_with = MEETING_KEEPERS
    managed_with = MEETING_KEEPERS

    def unsettled(self) -> Self:
        """Neither corrected nor kept with a reason."""
        return self.filter(kept_at=None)

    def kept(self) -> Self:
        """Kept as right, with a reason."""
        return self.filter(kept_at__isnull=False)
