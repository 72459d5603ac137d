"""Reads of what members promise."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.db.querysets import ScopedQuerySet
from members.enums.pledges import COUNTED_PLEDGES, OPEN_PLEDGES, PledgeState
from organizations.roles import MEETING_KEEPERS

if TYPE_CHECKING:
    from members.models import Pledge


class PledgeQuerySet(ScopedQuerySet["Pledge"]):
    """Promises of members: to whom they were made, and whoever has the member now.

    A promise goes along with its member: the branch and the community of today go on
    with what the former ones accepted.
    """

    organization_lookups = ("organization", "member__organization", "member__community")
    member_lookup = "member"
    decided_by_others = True
    seen_with = MEETING_KEEPERS
    managed_with = MEETING_KEEPERS

    def open(self) -> Self:
        """Neither settled nor lapsed."""
        return self.filter(state__in=OPEN_PLEDGES)

    def counted(self) -> Self:
        """Accepted once: what a member has promised, kept or not."""
        return self.filter(state__in=COUNTED_PLEDGES)

    def to_review(self) -> Self:
        """Written by the member, and waiting for the branch or community."""
        return self.filter(state=PledgeState.PROPOSED)

    def to_settle(self, day: dt.date) -> Self:
        """Accepted, with a period that is over and nothing said of what came of it."""
        return self.filter(state=PledgeState.ACCEPTED, ends_on__lte=day)

    def overlapping(self, starts_on: dt.date, ends_on: dt.date | None) -> Self:
        """For a period that shares a day with the span."""
        until = Q() if ends_on is None else Q(starts_on__lt=ends_on)
        return self.filter(until, ends_on__gt=starts_on)
