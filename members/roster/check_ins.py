"""Refuse check-ins of a sheet for what the action would refuse them for."""

import datetime as dt

from core.errors import DomainError
from members.actions.membership_bounds import (
    refuse_before_membership,
    refuse_ended_membership,
)
from members.models import Member
from members.roster.errors import CheckInOverlaps
from members.roster.parsed_rows import ParsedRow
from organizations.models import Organization


def refuse_check_in(parsed: ParsedRow, member: Member, community: Organization) -> None:
    """Refuse the row if its check-in could not be entered."""
    try:
        refuse_ended_membership(member)
        if day := parsed.checked_in_on:
            refuse_before_membership(member, day)
            if member.pk:
                _refuse_overlap(member, community, day)
    except DomainError as refusal:
        parsed.refuse("checked_in_on", refusal)


def _refuse_overlap(member: Member, community: Organization, day: dt.date) -> None:
    """Refuse a day that an ended check-in covers, unless that one is resumed."""
    for row in member.check_ins.all():
        if row.ends_on is None or row.ends_on <= day:
            continue
        if row.starts_on > day or row.community_id != community.pk:
            until = row.ends_on - dt.timedelta(days=1)
            raise CheckInOverlaps(
                name=member.name, community=row.community.name, until=until
            )
