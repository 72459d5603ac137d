"""Refuse days on which somebody could not belong anywhere yet."""

import datetime as dt

from members.doubts import truncate
from members.errors import BeforeBirth, BeforeJoining
from members.models import Member


def refuse_before_membership(member: Member, day: dt.date) -> None:
    """Refuse a day before the birth of a member, or before they joined the Party.

    A day of joining that is known to the month or year alone allows its first day.
    """
    joined = member.joined
    if joined is not None and truncate(day, joined.precision) < joined.value:
        raise BeforeJoining(name=member.name, day=day, joined=joined)
    if day < member.birth_date:
        raise BeforeBirth(name=member.name, day=day)
