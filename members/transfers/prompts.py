"""Whom to prompt to transfer: members who have settled elsewhere (R-12)."""

import datetime as dt

from core.months import months_before, today
from members.models import Member
from members.querysets import MemberQuerySet
from organizations.enums import ThresholdKey
from organizations.models import Threshold


def due_to_transfer(
    rows: MemberQuerySet | None = None, day: dt.date | None = None
) -> MemberQuerySet:
    """Return who has been at one place elsewhere for so long that a transfer is due."""
    day = day or today()
    months = Threshold.objects.on(ThresholdKey.TRANSFER_DUE_MONTHS, day)
    members: MemberQuerySet = Member.objects.all() if rows is None else rows
    return members.settled_elsewhere_since(months_before(day, months))
