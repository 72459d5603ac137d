"""The meetings of a made-up city's branches."""

import datetime as dt
from collections.abc import Sequence

from communities.actions import Roll, record_meeting
from communities.enums import AbsenceReason, Agenda, MeetingKind
from config.demo.bodies import COMMITTEE, called_to
from config.demo.life import day_in
from config.demo.names import People
from members.models import Member
from organizations.models import Organization

MEETING_BRANCHES = 2


def hold_meetings(community: Organization, month: dt.date, people: People) -> None:
    """Let the first branches' committees meet, and all members of the very first."""
    branches = list(community.children.open().order_by("path")[:MEETING_BRANCHES])
    for branch in branches:
        voting = list(Member.objects.belonging_to(branch).voting().order_by("pk"))
        _meeting(branch, MeetingKind.COMMITTEE, month, voting, people)
        if branch == branches[0]:
            _meeting(branch, MeetingKind.MEMBERS, month, voting, people)
            _meeting(branch, MeetingKind.LESSON, month, voting, people)


def _meeting(
    branch: Organization,
    kind: MeetingKind,
    month: dt.date,
    called: Sequence[Member],
    people: People,
) -> None:
    held_on = day_in(month, people.random.randint(21, 25), people.today)
    called = called_to(kind, called, branch, held_on)
    absent = {called[-1].pk: AbsenceReason.WORK} if len(called) > COMMITTEE else {}
    record_meeting(
        branch,
        kind=kind,
        topic=f"{month:%-m}月{kind.label}",
        held_on=held_on,
        chair=called[0],
        recorder=called[1],
        roll=Roll(frozenset(m.pk for m in called if m.pk not in absent), absent),
        by=None,
        agenda=_mostly_about(kind, month),
        place="党群服务中心",
        content="学习文件，研究本月工作。",
    )


def _mostly_about(kind: MeetingKind, month: dt.date) -> Agenda:
    """Study in lessons; committees hand out work alone every second month."""
    if kind == MeetingKind.LESSON:
        return Agenda.STUDY
    assigns = kind == MeetingKind.COMMITTEE and month.month % 2
    return Agenda.ASSIGNING if assigns else Agenda.DECIDING
