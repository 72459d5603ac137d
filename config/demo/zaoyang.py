"""A county-level city as the third field study describes it (F19 – F21)."""

import datetime as dt

from accounts.actions import set_password
from config.demo.base import (
    PASSWORD,
    branches_of,
    communities_of,
    demo_account,
    enter_in_service_members,
    enter_members,
    first_month,
)
from config.demo.bodies import make_bodies
from config.demo.burden import make_burden
from config.demo.cases import make_cases
from config.demo.decisions import make_decisions
from config.demo.development import develop
from config.demo.documents import make_documents, make_facts
from config.demo.elections import make_elections
from config.demo.facilities import make_facilities
from config.demo.honours import make_honours
from config.demo.life import (
    CommunityStaff,
    change_memberships,
    make_agreement,
    open_special_fund,
    record_services,
    record_spending,
)
from config.demo.meetings import hold_meetings
from config.demo.names import People
from config.demo.opinions import make_opinions
from config.demo.pledges import make_pledges
from config.demo.remarks import make_remarks
from config.demo.returns import file_month, get_filers, open_rounds, run_recounts
from config.demo.rounds import make_rounds
from config.demo.saved_views import save_views
from config.demo.staffing import make_staffing
from config.demo.superior_forms import make_superior_form
from config.demo.transfers import make_transfers
from config.demo.zaoyang_places import sizes, tree
from core.months import month_of, months_between, shift_month, today
from members.actions import open_account
from members.models import Member
from organizations.actions import create_organizations, record_unit
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
    nodes = create_organizations(tree(), by=None, starts_on=FOUNDED)
    communities = communities_of(nodes.values())
    enter_members(branches_of(nodes.values()), sizes(seed), people)
    enter_in_service_members(communities, IN_SERVICE, people)
    unit = record_unit("枣阳市第一中学", host=nodes[SHOWN], by=None, sector="5")
    staff_accounts = create_accounts(nodes, unit)
    simulate_months(communities, unit, people, staff_accounts)


def create_accounts(nodes: dict[str, Organization], unit: Unit) -> CommunityStaff:
    """Create one account per role, in the first community of the south street."""
    street, community, branch = nodes["NC"], nodes[SHOWN], nodes["NC0101"]
    staff_accounts = CommunityStaff(
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
    return staff_accounts


def simulate_months(
    communities: list[Organization],
    unit: Unit,
    people: People,
    staff_accounts: CommunityStaff,
) -> None:
    """Simulate the months; the last ones also have meetings, service and returns."""
    now = month_of(people.today)
    busy = shift_month(now, 1 - RETURNED_MONTHS)
    for month in months_between(first_month(people.today), shift_month(busy, -1)):
        for community in communities:
            change_memberships(community, month, people)
    shown = next(c for c in communities if c.code == SHOWN)
    project, fund = (
        make_agreement(shown, unit, busy, staff_accounts),
        open_special_fund(shown),
    )
    files = get_filers(communities, staff_accounts.secretary)
    for month in months_between(busy, now):
        simulate_month(communities, month, people, shown)
        record_services(
            shown, month, people, by=staff_accounts.secretary, project=project
        )
        record_spending(fund, month, people, staff_accounts)
        open_rounds(Organization.objects.streets(), month)
        if month < now:
            last = month == shift_month(now, -1)
            file_month(month, files, staff_accounts.staff, last=last)
    make_transfers(shown, communities, people, staff_accounts)
    make_cases(shown, people, staff_accounts)
    make_bodies(communities, shown, unit, people, staff_accounts.staff)
    make_elections(communities, shown, people)
    make_staffing(shown, people)
    make_facilities(shown, people)
    make_opinions(shown, unit, people, staff_accounts)
    make_remarks(shown, unit, people, staff_accounts)
    make_honours(shown, people)
    make_pledges(shown, people, staff_accounts)
    make_rounds(shown, unit, people, staff_accounts)
    make_documents(shown, staff_accounts)
    save_views(shown, staff_accounts)
    make_superior_form(shown, staff_accounts.staff)
    make_burden(communities, shown, files, staff_accounts, people)
    develop(shown, people, staff_accounts)
    make_facts(communities)
    make_decisions(shown, people, staff_accounts)
    run_recounts()


def simulate_month(
    communities: list[Organization], month: dt.date, people: People, shown: Organization
) -> None:
    """Simulate membership, meetings and service; the shown one serves separately."""
    for community in communities:
        change_memberships(community, month, people)
        hold_meetings(community, month, people)
        if community != shown:
            record_services(community, month, people)
