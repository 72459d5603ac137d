"""Figures about members whom nobody managed (S1-17)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from core.months import last_day
from figures.definitions import Column, Indicator, Kind, Source, indicators
from members.models import PocketMember
from organizations.roles import MEETING_KEEPERS


def _taken_up(month: dt.date) -> ScopedQuerySet[PocketMember]:
    rows = PocketMember.objects.open_on(last_day(month))
    return rows.select_related("member", "case__organization")


POCKET = Source(
    "members.pocket",
    _("Members whom nobody manages, being dealt with"),
    _taken_up,
    (
        Column(_("Name"), "member.name", opens="member", names_person=True),
        Column(_("Party organization"), "case.organization.name"),
        Column(_("Why nobody manages them"), "get_why_display"),
        Column(_("Found on"), "found_on"),
    ),
    organization="case__organization",
    names_read_by=MEETING_KEEPERS,
)

indicators.add(
    Indicator(
        "members_pocket",
        _("Members whom nobody manages, being dealt with"),
        _("persons"),
        Kind.STOCK,
        POCKET,
        fixed=True,
    )
)
