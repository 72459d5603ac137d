"""Figures about transfer letters on their way, and expired."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from core.db.querysets import ScopedQuerySet
from core.months import last_day
from figures.definitions import Column, Indicator, Kind, Source, indicators
from members.enums import TransferKind, TransferState
from members.indicators.membership import PERSONS
from members.models import Transfer
from organizations.roles import MEETING_KEEPERS


def _letters_in_transit(month: dt.date) -> ScopedQuerySet[Transfer]:
    rows = Transfer.objects.in_transit_on(last_day(month))
    return rows.exclude(kind=TransferKind.IN).select_related("member", "origin")


def _letters_expired_in(month: dt.date) -> ScopedQuerySet[Transfer]:
    days = (month, last_day(month))
    rows = Transfer.objects.filter(state=TransferState.EXPIRED, closed_on__range=days)
    return rows.exclude(kind=TransferKind.IN).select_related("member", "origin")


LETTER = (
    Column(_("Name"), "member.name", opens="self", names_person=True),
    Column(_("Party organization"), "origin.name"),
    Column(_("Goes to"), "to_name"),
    Column(_("Valid until"), "valid_until"),
)
IN_TRANSIT = Source(
    "members.in_transit",
    _("Transfers in transit at month end"),
    _letters_in_transit,
    LETTER,
    organization="origin",
    names_read_by=MEETING_KEEPERS,
)
EXPIRED = Source(
    "members.letters_expired",
    _("Transfer letters expired"),
    _letters_expired_in,
    LETTER,
    organization="origin",
    day="closed_on",
    names_read_by=MEETING_KEEPERS,
)

indicators.add(
    Indicator(
        "members_in_transit",
        _("In transit by letter (still counted here)"),
        PERSONS,
        Kind.STOCK,
        IN_TRANSIT,
        fixed=True,
    ),
    Indicator(
        "members_letters_expired",
        _("Transfer letters expired"),
        _("letters"),
        Kind.FLOW,
        EXPIRED,
        fixed=True,
    ),
)
