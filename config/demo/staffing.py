"""How seats of a made-up city are filled and served: recruitments and reserves."""

import datetime as dt
from decimal import Decimal

from communities.actions import (
    add_applicant,
    add_reserve,
    announce_recruitment,
    carry_out,
    cover_unit,
    decide,
    decide_applicant,
    end_reserve,
    file_holding,
    open_seat,
    record_finding,
    record_pay,
    record_sitting,
    set_standard,
    set_up_body,
    take_on,
)
from communities.enums import ApplicantResult, ReserveOutcome
from communities.models import Body, BodyKind, SeatHolding
from config.demo.names import People
from config.demo.visits import make_visits
from core.months import months_after
from members.models import Member
from organizations.actions import record_unit
from organizations.models import Organization

CONDITIONS = (
    "年龄45岁以下，大专以上学历，有两年以上群众工作经验；"
    "退役军人、高校毕业生同等条件下优先。"
)
RESERVES = (
    ("community", "社区书记", "in_house"),
    ("street", "社区书记", "graduate"),
    ("district", "社区书记", "veteran"),
    ("branch", "支部书记", "retired_cadre"),
)
PAID = (
    (3200, "街道", "finance", "middle"),
    (2600, "社区居委会", "residents_committee", "junior"),
    (0, "", "", ""),
    (2800, "街道", "finance", "junior"),
)
NEW_ORGANIZATIONS = (
    ("汉水纺织有限公司", "2", "own_branch", ""),
    ("南城商户协会", "8", "catch_all", "社区党建指导员周敏"),
    ("便民餐饮店", "2", "catch_all", "社区工作者陈静"),
    ("楚天物流公司", "2", "", ""),
    ("社区舞蹈协会", "8", "", ""),
)
"""Private firms and associations, and how each is covered; some are by none."""
DECISIONS = (
    ("小区加装电动车充电桩", "居委会副主任", 3, "已安装12个充电桩"),
    ("楼道堆物集中清理", "网格员队伍", 1, ""),
    ("出租公共用房", "", 0, ""),
)
"""What the residents' committee decided: done, overdue, and without a majority."""
FOUND = "现场查看，充电桩均已通电使用。"
"""What the supervisory committee found about what was done."""
GROUPS = ("in_house", "graduate", "veteran", "laid_off")


def make_staffing(shown: Organization, people: People) -> None:
    """Let one community recruit workers, and keep a list of who could take over."""
    _recruit(shown, people)
    _list_reserves(shown, people)
    _pay(shown, people)
    _cover(shown, people)
    make_visits(shown, people)
    _file(shown)
    _decide(shown, people)


def _recruit(shown: Organization, people: People) -> None:
    """Announce two calls: one is filled, one takes applications."""
    workers = Body.objects.get(organization=shown, kind__code="party_workers")
    kind = workers.kind.seat_kinds.get()
    begun = months_after(people.today, -4)
    for _number in range(3):
        open_seat(workers, kind, by=None, on=begun)
    members = list(Member.objects.belonging_to(shown).voting().order_by("pk")[20:26])
    filled = announce_recruitment(
        workers,
        kind=kind,
        seats=2,
        announced_on=begun,
        apply_until=begun + dt.timedelta(days=20),
        conditions=CONDITIONS,
        basis="关于公开招聘专职党务工作者的通知",
        by=None,
    )
    applied = [
        add_applicant(
            filled,
            member=member,
            recruited_from=group,
            applied_on=begun + dt.timedelta(days=5),
            by=None,
        )
        for member, group in zip(members, GROUPS, strict=False)
    ]
    decided = begun + dt.timedelta(days=30)
    for applicant in applied[:2]:
        take_on(applicant, starts_on=decided, is_full_time=True, by=None)
    for applicant in applied[2:]:
        decide_applicant(
            applicant, result=ApplicantResult.NOT_TAKEN, on=decided, by=None
        )
    running = announce_recruitment(
        workers,
        kind=kind,
        seats=1,
        announced_on=people.today - dt.timedelta(days=10),
        apply_until=people.today + dt.timedelta(days=10),
        conditions=CONDITIONS,
        by=None,
    )
    add_applicant(running, member=members[4], recruited_from="graduate", by=None)


def _list_reserves(shown: Organization, people: People) -> None:
    """Put four members on the list; one of them has taken over an office."""
    since = months_after(people.today, -9)
    members = Member.objects.belonging_to(shown).voting().order_by("pk")[26:30]
    listed = [
        add_reserve(
            shown,
            member=member,
            level=level,
            for_post=post,
            mentor="街道组织委员",
            recruited_from=group,
            starts_on=since,
            by=None,
        )
        for member, (level, post, group) in zip(members, RESERVES, strict=False)
    ]
    took_office = months_after(people.today, -2)
    end_reserve(listed[-1], outcome=ReserveOutcome.TOOK_OFFICE, on=took_office, by=None)


def _pay(shown: Organization, people: People) -> None:
    """Pay some workers the standard, some less, and some nothing."""
    since = months_after(people.today, -12)
    street = Organization.objects.streets().get(children=shown)
    rows = SeatHolding.objects.current().filter(
        seat__body__organization=shown, seat__body__kind__code="party_workers"
    )
    workers = list(rows.select_related("seat__kind").order_by("pk"))
    set_standard(
        street,
        seat_kind=workers[0].seat.kind,
        amount=Decimal(3200),
        starts_on=since,
        basis="关于社区工作人员报酬标准的通知",
        by=None,
    )
    for holding, (amount, payer, source, grade) in zip(workers, PAID, strict=False):
        record_pay(
            holding,
            starts_on=holding.starts_on,
            amount=Decimal(amount),
            payer=payer,
            source=source,
            grade=grade,
            by=None,
        )


def _cover(shown: Organization, people: People) -> None:
    """Enter new organizations: some are covered, and some by none."""
    since = months_after(people.today, -6)
    branch = shown.children.open().order_by("path")[0]
    for name, sector, kind, contact in NEW_ORGANIZATIONS:
        unit = record_unit(name, host=shown, sector=sector, by=None)
        if kind:
            cover_unit(
                unit,
                kind=kind,
                organization=shown if contact else branch,
                contact=contact,
                starts_on=since,
                by=None,
            )


def _file(shown: Organization) -> None:
    """Put the secretary of the community on file; those of other ones are not yet."""
    rows = SeatHolding.objects.current().filter(
        seat__body__organization=shown,
        seat__body__kind__code="community_committee",
        seat__kind__leads=True,
    )
    for holding in rows:
        file_holding(
            holding,
            level="street",
            number="街干备〔2026〕3号",
            basis="关于社区党组织书记备案管理的通知",
            starts_on=holding.starts_on,
            by=None,
        )


def _decide(shown: Organization, people: People) -> None:
    """Let the residents' committee decide; the supervisory committee watches."""
    bodies = Body.objects.running().filter(organization=shown)
    committee = bodies.filter(kind__code="residents_committee").first()
    held_on = months_after(people.today, -2)
    present = [*SeatHolding.objects.current(held_on).filter(seat__body=committee)]
    if committee is None or not present:
        return
    kind = BodyKind.objects.get(code="supervisory_committee")
    watcher = bodies.filter(kind=kind).first() or set_up_body(
        shown, kind=kind, starts_on=held_on, by=None
    )
    sitting = record_sitting(
        committee,
        held_on=held_on,
        topic="研究小区环境整治",
        place="社区会议室",
        present=present,
        by=None,
    )
    for title, carried_by, months, outcome in DECISIONS:
        votes = len(present) if carried_by else 0
        resolution = decide(
            sitting,
            title=title,
            in_favour=votes,
            against=len(present) - votes,
            carried_by=carried_by,
            due_on=months_after(held_on, months) if carried_by else None,
            watched_by=watcher if carried_by else None,
            by=None,
        )
        if outcome:
            carry_out(resolution, outcome=outcome, by=None)
            record_finding(resolution, finding=FOUND, by=None)
