"""Made-up mobile members of all five kinds, their review, and inquiries about them."""

import datetime as dt

from config.demo.life import CommunityStaff
from config.demo.names import People
from core.months import months_before
from members.actions import (
    answer_inquiry,
    log_contact,
    record_mobile,
    report_abroad,
    review_members,
    send_inquiry,
)
from members.enums import (
    ContactWay,
    InquiryAnswer,
    LostGround,
    MobileKind,
    ReviewFinding,
)
from members.models import Member, MobileRecord
from organizations.models import Organization

PLACES = (
    "广东省深圳市",
    "上海市浦东新区",
    "省城高新区",
    "北京市海淀区",
    "湖北省武汉市",
)


def follow_absences(
    community: Organization, people: People, staff: CommunityStaff
) -> None:
    """Let one of each kind be away for over a year; review and ask about some."""
    since = months_before(people.today, 13)
    free = Member.objects.belonging_to(community).filter(
        standing="full",
        user=None,
        transfers=None,
        mobile_records=None,
        lost_contacts=None,
        pocket_rows=None,
        join_date__lt=since,
    )
    candidates = list(free.order_by("-sort_key", "pk")[10:20])
    away = dict(zip(MobileKind, candidates, strict=False))
    for place, (kind, member) in zip(PLACES, away.items(), strict=False):
        record_mobile(
            member, kind=kind, on=since, destination=place, by=staff.secretary
        )
    if len(away) < len(MobileKind):
        return
    log_contact(
        away[MobileKind.TALENT],
        way=ContactWay.HERE,
        on=people.today - dt.timedelta(days=40),
        note="年度汇报：在当地参加组织生活四次，党费已交至本月",
        is_report=True,
        by=staff.secretary,
    )
    review_members(
        [away[MobileKind.WORKING_AWAY], away[MobileKind.AWAITING]],
        finding=ReviewFinding.STILL,
        by=staff.secretary,
    )
    review_members(
        [away[MobileKind.MOVED_HOME]],
        finding=ReviewFinding.TRANSFER,
        note="已在当地购房",
        by=staff.secretary,
    )
    if len(candidates) > len(MobileKind):
        _settle_abroad(candidates[len(MobileKind)], people, staff)
    if len(candidates) > len(MobileKind) + 1:
        _study_abroad(candidates[len(MobileKind) + 1], people, staff)
    _ask_units(community, away[MobileKind.RE_EMPLOYED], people, staff)


def _study_abroad(member: Member, people: People, staff: CommunityStaff) -> None:
    """Let a member study abroad; the contact of the half-year is due soon."""
    since = months_before(people.today, 5)
    user = staff.secretary
    report_abroad(member, ground=LostGround.STUDY, since=since, owner=user, by=user)


def _settle_abroad(member: Member, people: People, staff: CommunityStaff) -> None:
    """Let a member settle abroad; the suspension is still to be decided."""
    user, since = staff.secretary, months_before(people.today, 9)
    record_mobile(
        member, kind=MobileKind.TALENT, on=since, destination="加拿大", by=user
    )
    report_abroad(member, ground=LostGround.SETTLED, since=since, owner=user, by=user)


def _ask_units(
    community: Organization, member: Member, people: People, staff: CommunityStaff
) -> None:
    """Ask the former units of two: one is silent for too long, one says no."""
    user = staff.secretary
    send_inquiry(
        member,
        unit="市第一机床厂",
        number="核〔2026〕1号",
        on=people.today - dt.timedelta(days=45),
        owner=user,
        by=user,
    )
    others = MobileRecord.objects.filter(
        member__in=Member.objects.belonging_to(community).current(),
        member__inquiries=None,
        ends_on=None,
    )
    other = others.exclude(member__pocket_rows__outcome="").first()
    if other is None:
        return
    row = send_inquiry(
        other.member,
        unit="市纺织总公司",
        number="核〔2026〕2号",
        on=people.today - dt.timedelta(days=20),
        by=user,
    )
    answer_inquiry(
        row,
        answer=InquiryAnswer.NOT_MANAGED,
        said_by="离退休工作科",
        on=people.today,
        by=user,
    )
