"""Reads of check-ins and absences."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q

from core.db.querysets import current_on
from core.db.voidable import VoidableFactQuerySet
from core.months import today
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import CheckIn, MobileRecord


class CheckInQuerySet(VoidableFactQuerySet["CheckIn"]):
    """In-service members registered with communities of residence."""

    organization_lookups = ("community",)
    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def current(self, day: dt.date | None = None) -> Self:
        """Checked in on a day, by default today."""
        return self.filter(current_on(day or today()))


class MobileRecordQuerySet(VoidableFactQuerySet["MobileRecord"]):
    """Absences of members who did not transfer."""

    organization_lookups = ("member__organization",)
    member_lookup = "member"
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def current(self, day: dt.date | None = None) -> Self:
        """Away on a day, by default today."""
        return self.filter(current_on(day or today()))

    def away_on(self, day: dt.date, member: str = "member_id") -> Q:
        """Return a condition on rows of another table, whose member is away."""
        away = self.current(day).filter(member_id=OuterRef(member))
        return Q(Exists(away))
