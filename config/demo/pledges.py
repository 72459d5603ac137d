"""What members of a made-up community promise, and what came of it."""

import datetime as dt

from config.demo.life import CommunityStaff
from config.demo.names import People
from members.actions import (
    accept_pledge,
    make_pledge,
    return_pledge,
    settle_pledge,
)
from members.enums import PledgeState
from members.models import Member, Pledge
from organizations.models import Organization

WORDS = (
    ("service", "每季度参加一次楼道文明劝导", 4, "次"),
    ("help", "结对看望一户独居老人", 12, "次"),
    ("publicity", "为院落居民讲解一次医保政策", 1, "次"),
    ("governance", "认领小区绿地一块，每月清理", 12, "次"),
)


def make_pledges(shown: Organization, people: People, staff: CommunityStaff) -> None:
    """Let checked-in members and those of a branch promise: last year's, and this's."""
    branch = shown.children.open().order_by("path")[0]
    guests = list(Member.objects.checked_in_at(shown).order_by("pk")[:12])
    members = list(Member.objects.belonging_to(branch).order_by("pk")[:4])
    year = people.today.year
    for number, member in enumerate(guests[:4] + members[:2]):
        row = _pledge(member, number, year - 1)
        accept_pledge(row, by=staff.secretary)
        if number < 3:
            _settle(row, number, staff)
    for number, member in enumerate(guests + members):
        row = _pledge(member, number, year)
        if number % 4 == 2:
            continue
        if number % 4 == 3:
            return_pledge(row, reason="请写明时间和地点", by=staff.secretary)
            continue
        accept_pledge(row, by=staff.secretary)


def _pledge(member: Member, number: int, year: int) -> Pledge:
    kind, text, amount, measure = WORDS[number % len(WORDS)]
    return make_pledge(
        member,
        by=None,
        kind=kind,
        text=text,
        amount=amount,
        measure=measure,
        starts_on=dt.date(year, 1, 1),
        ends_on=dt.date(year + 1, 1, 1),
    )


def _settle(row: Pledge, number: int, staff: CommunityStaff) -> None:
    state, outcome = (
        (PledgeState.KEPT, "四次均已参加"),
        (PledgeState.PARTLY, "下半年住院，只看望了六次"),
        (PledgeState.NOT_KEPT, "外出务工，未能参加"),
    )[number]
    settle_pledge(row, state=state, outcome=outcome, by=staff.secretary)
