"""What happens in a made-up city month by month, all through actions."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from cobuilding.actions import add_target, draft_agreement, sign_agreement
from cobuilding.enums import Side
from communities.actions import start_project
from communities.enums import ProjectTag
from communities.models import Project
from config.demo.names import People
from core.months import last_day, month_of
from finance.actions import (
    approve_voucher,
    enter_expenditure,
    enter_income,
    open_fund,
    pay_voucher,
    review_voucher,
)
from finance.enums import FundKind, IncomeSource
from finance.models import Fund, FundUse, Voucher
from members.actions import (
    Admission,
    admit_members,
    end_membership,
    move_member,
    open_account,
    record_mobile,
)
from members.enums import EndReason, MobileKind, StartReason
from members.models import Member
from organizations.models import Organization, Unit
from volunteering.actions import (
    add_shift,
    claim_shift,
    confirm_service,
    offer_post,
    record_service,
)
from volunteering.models import Post, Shift

USE = "公共服务和惠民项目"
POSTS = (
    ("楼道文明劝导", "community_governance", ("counselling",)),
    ("法律咨询", "legal_aid", ("law",)),
    ("义诊", "health", ("health",)),
    ("四点半课堂", "culture_sport", ("teaching",)),
)
MEETING_POINTS = ("社区广场", "党群服务中心", "社区卫生服务站", "社区书屋")


@dataclass(frozen=True, slots=True)
class CommunityStaff:
    """The people who do a community's work in the demo."""

    secretary: User
    accountant: User
    cashier: User
    staff: User
    liaison: User


def noon(day: dt.date) -> dt.datetime:
    """Return noon of a day in the office's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def day_in(month: dt.date, number: int, today: dt.date) -> dt.date:
    """Return a day of the month; in this month not after today."""
    return min(month.replace(day=number), last_day(month), today)


def change_memberships(community: Organization, month: dt.date, people: People) -> None:
    """Let a few members join, arrive, leave and die in one community's month."""
    branches = list(community.children.open().order_by("path"))
    chance = people.random
    day = day_in(month, chance.randint(2, 20), people.today)
    reasons = [StartReason.DEVELOPED] * chance.randint(0, 2)
    reasons += [StartReason.TRANSFERRED_IN] * chance.randint(1, 4)
    admit_members(
        [
            Admission(people.arriving(day, why), chance.choice(branches), day, why)
            for why in reasons
        ],
        by=None,
    )
    here = Member.objects.belonging_to(community).order_by("pk")
    leaving = chance.sample(list(here[: 12 * len(branches)]), 4)
    end_membership(leaving[0], reason=EndReason.TRANSFERRED_OUT, by=None, on=day)
    if chance.random() < 0.5:
        end_membership(leaving[1], reason=EndReason.DIED, by=None, on=day)
    home = leaving[2].organization
    other = next(branch for branch in branches if branch != home)
    move_member(leaving[2], other, by=None, on=day)
    if not leaving[3].mobile_records.filter(ends_on=None).exists():
        kind = chance.choice(list(MobileKind))
        record_mobile(
            leaving[3], kind=kind, by=None, on=day, destination="广东省东莞市"
        )


def record_services(
    community: Organization,
    month: dt.date,
    people: People,
    *,
    by: User | None = None,
    project: Project | None = None,
) -> None:
    """Let members claim and serve at the community's posts, and confirm the hours.

    Attendance at this month's first post is not recorded yet.
    """
    running = month == month_of(people.today)
    each = 3 if by else 2  # the shown community has more records
    members = list(Member.objects.checked_in_at(community).order_by("pk")[:40])
    people.random.shuffle(members)
    for index, post in enumerate(_posts(community, month, people, project)):
        day = day_in(month, people.random.randint(5, 24), people.today)
        hour = dt.timedelta(hours=2 * index - 4)
        shift = _shift(post, noon(day) + hour, MEETING_POINTS[index])
        waits = running and post.title == POSTS[-1][0]
        hand = None if running and not index else by
        for member in members[each * index : each * (index + 1)]:
            _claim(shift, member, hand, waits=waits)
        if running:
            to_come = dt.timedelta(days=3 + index)
            _shift(post, noon(people.today) + to_come + hour, MEETING_POINTS[index])


def _posts(
    community: Organization, month: dt.date, people: People, project: Project | None
) -> list[Post]:
    """Return the community's posts; offer them if there are none yet."""
    standing = list(Post.objects.filter(organization=community).order_by("pk"))
    return standing or [
        offer_post(
            community,
            by=None,
            title=title,
            category=category,
            description="按居民需求设岗，自愿认领。",
            skills=skills,
            project=project,
            on=day_in(month, 1, people.today),
        )
        for title, category, skills in POSTS
    ]


def _shift(post: Post, starts_at: dt.datetime, meeting_point: str) -> Shift:
    return add_shift(
        post,
        by=None,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        meeting_point=meeting_point,
        capacity=6,
    )


def _claim(shift: Shift, member: Member, by: User | None, *, waits: bool) -> None:
    """Claim the day before; with an account to confirm by, record the service too.

    Hours that wait are left unconfirmed, so that the page to confirm them has rows.
    """
    before = shift.starts_at - dt.timedelta(hours=20)
    claim = claim_shift(shift, member=member, by=None, at=before)
    if by is not None and shift.ends_at < timezone.now():
        user = open_account(member, by=None, is_demo=True)
        record = record_service(claim, by=user, hours=Decimal(2))
        if not waits:
            confirm_service(record, by=by)


def record_spending(
    fund: Fund, month: dt.date, people: People, staff_accounts: CommunityStaff
) -> None:
    """Let the month's allotment come in and something be spent from it."""
    day = day_in(month, 6, people.today)
    income = enter_income(
        fund,
        by=staff_accounts.accountant,
        happened_on=day,
        amount=Decimal(20000),
        purpose="专项经费拨付",
        source=IncomeSource.BUDGET,
        is_recurring=True,
        counterparty="街道财政所",
    )
    review_voucher(income, by=staff_accounts.secretary)
    approve_voucher(income, by=staff_accounts.staff)
    amount = Decimal(people.random.randint(300, 1500)) * 10
    expenditure = enter_expenditure(
        fund,
        by=staff_accounts.accountant,
        happened_on=day,
        amount=amount,
        purpose="居民楼道照明维修",
        use=FundUse.objects.get(fund_kind=fund.kind, name=USE),
        decision=f"{month:%Y年%-m月}居民议事会决议",
        counterparty="诚信维修部",
    )
    settle(expenditure, staff_accounts)


def settle(voucher: Voucher, staff_accounts: CommunityStaff) -> None:
    """Let an expenditure be reviewed, approved and paid.

    There is one accountant only: the secretary reviews, and so the street approves.
    """
    review_voucher(voucher, by=staff_accounts.secretary)
    approve_voucher(voucher, by=staff_accounts.staff)
    pay_voucher(voucher, by=staff_accounts.cashier, paid_on=voucher.happened_on)


def open_special_fund(community: Organization) -> Fund:
    """Open the community's special fund."""
    return open_fund(
        community, kind=FundKind.PUBLIC_SERVICE, name="服务群众专项经费", by=None
    )


def make_agreement(
    community: Organization, unit: Unit, month: dt.date, staff_accounts: CommunityStaff
) -> Project:
    """Let community and unit sign an agreement over one project with one target."""
    project = start_project(
        "平安校园周边",
        organization=community,
        tag=ProjectTag.RESOURCES,
        by=staff_accounts.secretary,
        unit=unit,
        starts_on=month,
    )
    ends_on = month.replace(year=month.year + 1)
    agreement = draft_agreement(
        f"{unit.name}与{community.name}共建协议",
        unit=unit,
        organization=community,
        starts_on=month,
        ends_on=ends_on,
        by=staff_accounts.secretary,
    )
    add_target(
        agreement,
        project=project,
        indicator="claims_made",
        goal=Decimal(60),
        due_on=ends_on - dt.timedelta(days=1),
        owner_name="政教处",
        by=staff_accounts.secretary,
    )
    sign_agreement(agreement, Side.UNIT, by=staff_accounts.liaison)
    sign_agreement(agreement, Side.COMMUNITY, by=staff_accounts.secretary)
    return project
