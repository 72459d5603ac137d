"""Reads of contacts with members."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Max

from core.db.voidable import VoidableFactQuerySet
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import MemberContact


class MemberContactQuerySet(VoidableFactQuerySet["MemberContact"]):
    """Contacts, by where the member belonged then and belongs now."""

    organization_lookups = ("organization", "member__organization")
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def last_days(self, member_ids: Iterable[int]) -> Mapping[int, dt.date]:
        """Return on which day each member was last in touch, if ever."""
        rows = self.filter(member__in=list(member_ids)).order_by()
        found = rows.values_list("member").annotate(last=Max("made_on"))
        return dict(found)
