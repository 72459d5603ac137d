"""Cases of a made-up city: lost members, and matters of a community."""

import datetime as dt

from cases.actions import answer_case, escalate_cases, open_case, record_step, take_case
from cases.models import CaseKind
from config.demo.appraisals import appraise
from config.demo.certificates import give_certificates
from config.demo.duplicates import enter_twice
from config.demo.life import CommunityStaff
from config.demo.mobile import follow_absences
from config.demo.names import People
from config.demo.pocket import lose_sight
from core.months import months_after
from members.actions import report_lost_contact, suspend_membership
from members.models import Member
from organizations.models import Organization


def make_cases(community: Organization, people: People, staff: CommunityStaff) -> None:
    """Lose contact with two members, and open matters at each of their stages."""
    _lose(community, people, staff)
    matter = CaseKind.objects.get(code="matter")
    ago = {days: people.today - dt.timedelta(days=days) for days in (2, 20, 30)}
    open_case(
        matter, community, title="三号楼党员活动角漏雨", by=staff.staff, on=ago[2]
    )
    open_case(
        matter, community, title="核对离退休党员通信地址", by=staff.staff, on=ago[30]
    )
    done = open_case(
        matter, community, title="为行动不便的老党员送学", by=staff.staff, on=ago[20]
    )
    take_case(done, by=staff.secretary)
    record_step(
        done, name="上门走访", note="送学习资料两份", on=ago[2], by=staff.secretary
    )
    answer_case(done, answer="已送学上门，本人满意。", by=staff.secretary)
    lose_sight(community, people, staff)
    give_certificates(community, people, staff)
    follow_absences(community, people, staff)
    enter_twice(community, people)
    appraise(community, people, staff)
    escalate_cases()


def _lose(community: Organization, people: People, staff: CommunityStaff) -> None:
    """Search for one member, and suspend another who has been gone for long."""
    here = Member.objects.belonging_to(community).filter(standing="full")
    free = here.filter(transfers=None, mobile_records=None, user=None)
    gone, long_gone = free.order_by("-sort_key", "-pk")[:2]
    row = report_lost_contact(
        gone,
        last_dues_on=months_after(people.today, -7),
        by=staff.secretary,
        owner=staff.secretary,
        on=months_after(people.today, -1),
    )
    for days, name, note in (
        (20, "电话联系", "号码已停用"),
        (12, "上门走访", "邻居称半年前搬走，去向不明"),
        (5, "询问亲属", "亲属称在外务工，答应转告"),
    ):
        day = people.today - dt.timedelta(days=days)
        record_step(row.case, name=name, note=note, on=day, by=staff.secretary)
    row = report_lost_contact(
        long_gone,
        last_dues_on=months_after(people.today, -14),
        by=staff.secretary,
        owner=staff.secretary,
        on=months_after(people.today, -9),
    )
    if row.decide_from <= people.today:
        suspend_membership(
            row, on=people.today, number="西城党工〔2026〕11号", by=staff.secretary
        )
