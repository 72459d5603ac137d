"""Who is there for places of a made-up city, and who visits what."""

import datetime as dt

from communities.actions import (
    record_visit,
    serve_place,
    set_up_body,
    settle_visit,
    take_seat,
)
from communities.enums import Filling
from communities.models import BodyKind, UnitCover
from config.demo.names import People
from core.months import months_after
from members.models import Member
from organizations.models import Organization

VISITS = (
    (3, "三会一课按时开展，会议记录不全", "补齐第二季度会议记录", "已补齐"),
    (5, "走访老党员三户", "活动室三楼漏水", "街道已安排维修"),
    (1, "听取换届准备情况", "缺少活动场地", ""),
)
LEADER_VISITS = (
    (2, "survey", "县委组织部部长王立", "听取社区工作汇报，实地查看党员活动室", True),
    (1, "talk", "街道党工委副书记周国强", "与老党员、居民代表座谈", False),
)
"""Months ago, kind, who came, what they found, and whether they took something up."""
TAKEN_UP = ("活动室偏小，两个支部不能同时开会", 20)
"""What a leader took up, and in how many days from now it is to be solved."""


def make_visits(shown: Organization, people: People) -> None:
    """Let somebody be there for places and visit them, and leaders and contacts."""
    _visit(shown, people)
    _visit_others(shown, people)


def _visit(shown: Organization, people: People) -> None:
    """Let an instructor, a leader and a work group be there for places, and visit."""
    street = Organization.objects.streets().get(children=shown)
    since = months_after(people.today, -8)
    branch = shown.children.open().order_by("path")[0]
    members = Member.objects.belonging_to(shown).voting().order_by("pk")[30:32]
    for code, member, organization, visits in (
        ("instructors", members[0], branch, VISITS[:1]),
        ("contact_leaders", members[1], shown, VISITS[1:]),
    ):
        kind = BodyKind.objects.get(code=code)
        body = set_up_body(street, kind=kind, starts_on=since, by=None)
        holding = take_seat(
            body.seats.get(),
            member=member,
            channel=Filling.APPOINTMENT,
            starts_on=since,
            by=None,
        )
        place = serve_place(
            holding, organization=organization, starts_on=since, by=None
        )
        for months, seen, problem, outcome in visits:
            visit = record_visit(
                place,
                visited_on=months_after(people.today, -months),
                seen=seen,
                problem=problem,
                by=None,
            )
            if outcome:
                settle_visit(visit, outcome=outcome, by=None)
    group = BodyKind.objects.get(code="work_group")
    body = set_up_body(street, kind=group, starts_on=since, by=None)
    for organization in street.children.open().order_by("path")[:2]:
        serve_place(body, organization=organization, starts_on=since, by=None)


def _visit_others(shown: Organization, people: People) -> None:
    """Let leaders visit the community, and a contact a firm without a branch."""
    problem, days = TAKEN_UP
    for months, kind, visitor, seen, taken_up in LEADER_VISITS:
        record_visit(
            shown,
            kind=kind,
            visitor=visitor,
            visited_on=months_after(people.today, -months),
            seen=seen,
            problem=problem if taken_up else "",
            due_on=people.today + dt.timedelta(days=days) if taken_up else None,
            by=None,
        )
    for cover in UnitCover.objects.filter(unit__host=shown).exclude(contact=""):
        visit = record_visit(
            cover.unit,
            visitor=cover.contact,
            visited_on=months_after(people.today, -2),
            seen="了解经营和职工情况，有党员两名",
            problem="希望帮助办理健康证",
            by=None,
        )
        settle_visit(visit, outcome="已联系社区卫生服务中心上门办理", by=None)
