"""Reads of members whom nobody managed and somebody took up."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.db.querysets import ScopedQuerySet
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import PocketMember


class PocketMemberQuerySet(ScopedQuerySet["PocketMember"]):
    """Members whom nobody managed, by the organization that deals with the case."""

    organization_lookups = ("case__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def open(self) -> Self:
        """Not settled."""
        return self.filter(outcome="")

    def open_on(self, day: dt.date) -> Self:
        """Taken up by a day and not settled at its end."""
        return self.filter(
            Q(settled_on=None) | Q(settled_on__gt=day), found_on__lte=day
        )
