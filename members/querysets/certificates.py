"""Reads of the certificates of mobile members."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, Q, QuerySet

from core.db.voidable import VoidableFactQuerySet
from core.names import name_contains
from core.pinyin import clean_pinyin
from organizations.roles import MEETING_KEEPERS, RECORD_KEEPERS

if TYPE_CHECKING:
    from members.models import ActivityCertificate


class ActivityCertificateQuerySet(VoidableFactQuerySet["ActivityCertificate"]):
    """Certificates, by where the member belonged at the issue and belongs now."""

    organization_lookups = ("organization", "member__organization")
    seen_with = MEETING_KEEPERS
    managed_with = RECORD_KEEPERS

    def of_members_named(self, text: str) -> Self:
        """Of members whose name contains the text, or sounds like it."""
        return self.filter(
            name_contains(text, "member__name")
            | Q(member__sound__contains=clean_pinyin(text))
        )

    def held(self) -> Self:
        """With the member, however long the period is over."""
        return self.filter(outcome="")

    def closed(self) -> Self:
        """Returned, replaced, or ended with the membership."""
        return self.exclude(outcome="")

    def to_collect(self, day: dt.date, away: QuerySet[Any]) -> Self:
        """Still with the member, though the period is over or the member is back.

        `away` are the absences that go on, of the member of each row.
        """
        return self.held().filter(Q(valid_until__lt=day) | ~Exists(away))
