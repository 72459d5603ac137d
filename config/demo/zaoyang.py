"""A county-level city as the third field study describes it (F19 – F21)."""

import datetime as dt

from accounts.actions import set_password
from config.demo.base import (
    PASSWORD,
    branches_of,
    communities_of,
    demo_account,
    first_month,
    register,
    settle,
)
from config.demo.life import Hands, agree, come_and_go, meet, open_purse, serve, spend
from config.demo.names import People
from config.demo.returns import count, file_month, filers, open_rounds
from config.demo.zaoyang_places import sizes, tree
from core.months import month_of, months_between, shifted, today
from members.actions import open_account
from members.models import Member
from organizations.actions import found_organizations, record_unit
from organizations.models import Organization, Unit
from organizations.roles import Role

D = Role
FOUNDED = dt.date(2010, 1, 1)
IN_SERVICE = 4_441
RETURNED_MONTHS = 3
"""Months of which there are returns; the last of them is open."""
SHOWN = "NC01"
"""The community in which the people who sign in work."""


def build(seed: int) -> None:
    """Build the city: its tree, its people, and what happened in its months."""
    people = People(seed, today())
    nodes = found_organizations(tree(), by=None, starts_on=FOUNDED)
    communities = communities_of(nodes.values())
    settle(branches_of(nodes.values()), sizes(seed), people)
    register(communities, IN_SERVICE, people)
    unit = record_unit("枣阳市第一中学", host=nodes[SHOWN], by=None, sector="5")
    hands = sign_in_people(nodes, unit)
    live(communities, unit, people, hands)


def sign_in_people(nodes: dict[str, Organization], unit: Unit) -> Hands:
    """One sign-in per role, in the first community of the south street."""
    street, community, branch = nodes["NC"], nodes[SHOWN], nodes["NC0101"]
    hands = Hands(
        staff=demo_account(
            "jiedao", "街道工作人员", D.STREET_STAFF, organization=street
        ),
        secretary=demo_account(
            "shuji", "社区书记", D.SECRETARY, organization=community
        ),
        accountant=demo_account("kuaiji", "会计", D.ACCOUNTANT, organization=community),
        cashier=demo_account("chuna", "出纳", D.CASHIER, organization=community),
        liaison=demo_account("danwei", "单位联络员", D.LIAISON, unit=unit),
    )
    demo_account("zhuangan", "党务专干", D.CLERK, organization=community)
    demo_account("zhibu", "支部书记", D.BRANCH_SECRETARY, organization=branch)
    demo_account("shiwei", "市级查看", D.CITY_OFFICER, organization=nodes["ZY"])
    demo_account("xitong", "系统管理员", D.SYSTEM_ADMIN)
    demo_account("anquan", "安全管理员", D.SECURITY_ADMIN)
    demo_account("shenji", "审计管理员", D.AUDITOR)
    member = Member.objects.filter(community=community).earliest("pk")
    user = open_account(member, by=None, username="dangyuan", is_demo=True)
    set_password(user, password=PASSWORD)
    return hands


def live(
    communities: list[Organization], unit: Unit, people: People, hands: Hands
) -> None:
    """Let the months go by; those of which there are returns are the busy ones."""
    now = month_of(people.today)
    busy = shifted(now, 1 - RETURNED_MONTHS)
    for month in months_between(first_month(people.today), shifted(busy, -1)):
        for community in communities:
            come_and_go(community, month, people)
    shown = next(c for c in communities if c.code == SHOWN)
    project, fund = agree(shown, unit, busy, hands), open_purse(shown)
    files = filers(communities, hands.secretary)
    for month in months_between(busy, now):
        pass_month(communities, month, people, shown)
        serve(shown, month, people, by=hands.secretary, project=project)
        spend(fund, month, people, hands)
        open_rounds(Organization.objects.streets(), month)
        if month < now:
            last = month == shifted(now, -1)
            file_month(month, files, hands.staff, last=last)
    count()


def pass_month(
    communities: list[Organization], month: dt.date, people: People, shown: Organization
) -> None:
    """Let people come, go, meet and serve; the shown one has posts of its own."""
    for community in communities:
        come_and_go(community, month, people)
        meet(community, month, people)
        if community != shown:
            serve(community, month, people)
