"""Reads of lost contacts."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from core.db.querysets import ScopedQuerySet
from members.enums import BEING_SEARCHED, LostGround, LostState
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import LostContact


class LostContactQuerySet(ScopedQuerySet["LostContact"]):
    """Lost contacts, by the organization that deals with the case."""

    organization_lookups = ("case__organization",)
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def open(self) -> Self:
        """Neither found nor decided for good."""
        return self.filter(state__in=BEING_SEARCHED)

    def studying_abroad(self) -> Self:
        """Of members who study abroad, and on whom nothing was decided yet (R-25)."""
        return self.filter(state=LostState.ABROAD, ground=LostGround.STUDY)

    def to_be_decided(self, day: dt.date) -> Self:
        """Gone for so long that suspension or removal can be decided (R-22, R-25)."""
        return self.filter(
            Q(state=LostState.SEARCHING, decide_from__lte=day)
            | Q(state=LostState.ABROAD, decide_from__lte=day)
            | Q(state=LostState.SUSPENDED, remove_from__lte=day)
        )
