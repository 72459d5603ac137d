"""Every list there is, with ten rows and with a thousand: it costs the same queries."""

import datetime as dt
import itertools
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Notice
from organizations.enums import OrganizationKind
from organizations.roles import Role
from tests.factories.accounts import RoleAssignmentFactory, UserFactory, holder
from tests.factories.burden import FeedbackFactory, SuperiorRequestFactory
from tests.factories.cases import CaseFactory
from tests.factories.checkin_rounds import CheckInRoundFactory
from tests.factories.cobuilding import AgreementFactory
from tests.factories.communities import (
    ApplicantFactory,
    BodyFactory,
    ElectionFactory,
    MeetingFactory,
    ProjectFactory,
    ReserveFactory,
    ResolutionFactory,
    SeatHoldingFactory,
    SeatPayFactory,
    UnitCoverFactory,
    VisitFactory,
)
from tests.factories.corrections import ProposedCorrectionFactory
from tests.factories.documents import DocumentFactory, DraftFactory
from tests.factories.exchange import ImportBatchFactory
from tests.factories.facilities import FacilityFactory
from tests.factories.finance import FundFactory, IncomeFactory, posted
from tests.factories.honours import HonourFactory
from tests.factories.members import (
    AppraisalRoundFactory,
    DuplicatePairFactory,
    MemberFactory,
    TransferFactory,
    account_of,
)
from tests.factories.organizations import (
    BranchFactory,
    OrganizationFactory,
    PlaceFactFactory,
    UnitFactory,
)
from tests.factories.pledges import PledgeFactory
from tests.factories.reports import MonthlyReturnFactory
from tests.factories.visits import LeaderVisitFactory
from tests.factories.volunteering import (
    ClaimFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)
from tests.test_lists import INSTALLATION_WIDE, LISTS, MAKERS, read

TEN, THOUSAND = 10, 1000

pytestmark = [pytest.mark.drill, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _one_city(city, monkeypatch):
    """Let whatever is made without a place of its own stand in the one city."""
    found = OrganizationFactory._create

    def create(model_class, *args, **kwargs):
        if kwargs["kind"] == OrganizationKind.CITY:
            return city
        return found(model_class, *args, **kwargs)

    monkeypatch.setattr(OrganizationFactory, "_create", create)


def cost(client, url):
    """How many queries a page takes when it is opened for the second time."""
    assert client.get(url, follow=True).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(url, follow=True)
    return len(queries)


def signed_in(client, person):
    client.force_login(person, "accounts.backends.UsernameOrPhone")
    return client


def every_hand(city):
    """Somebody who may open each list of an office."""
    codes = (Role.STREET_STAFF, Role.SECRETARY, Role.ACCOUNTANT)
    person = UserFactory()
    for code in codes:
        RoleAssignmentFactory(user=person, role=code, organization=city)
    return person


def grown(client, url, make):
    """What a page costs with ten rows, and with a thousand."""
    for _row in range(TEN):
        make()
    ten = cost(client, url)
    for _row in range(THOUSAND - TEN):
        make()
    return ten, cost(client, url)


OFFICE = {
    "accounts:access_log": MAKERS["accounts.AccessEntry"],
    "cases:list": CaseFactory,
    "members:appraisals": AppraisalRoundFactory,
    "members:duplicates": DuplicatePairFactory,
    "members:helpers": partial(MemberFactory, skills=["law"]),
    "members:list": MemberFactory,
    "members:check_in_rounds": CheckInRoundFactory,
    "members:pledges": PledgeFactory,
    "members:corrections": ProposedCorrectionFactory,
    "members:slips": MemberFactory,
    "members:transfers": partial(TransferFactory, issued=True),
    "accounts:slips": lambda: holder(Role.CLERK, BranchFactory()),
    "cobuilding:list": AgreementFactory,
    "communities:projects": ProjectFactory,
    "communities:honours": HonourFactory,
    "reports:requests": SuperiorRequestFactory,
    "reports:feedback": FeedbackFactory,
    "communities:list": MeetingFactory,
    "communities:bodies": BodyFactory,
    "communities:holders": SeatHoldingFactory,
    "communities:covers": UnitCoverFactory,
    "communities:elections": ElectionFactory,
    "communities:pay": SeatPayFactory,
    "communities:recruitments": ApplicantFactory,
    "communities:reserves": ReserveFactory,
    "communities:resolutions": ResolutionFactory,
    "communities:served_places": VisitFactory,
    "communities:visits": LeaderVisitFactory,
    "communities:visit_months": LeaderVisitFactory,
    "communities:facilities": FacilityFactory,
    "communities:missing_facilities": FacilityFactory,
    "communities:activity": MeetingFactory,
    "communities:owed": MemberFactory,
    "exchange:list": ImportBatchFactory,
    "exchange:documents": DocumentFactory,
    "exchange:powers": partial(DocumentFactory, kind="delegation"),
    "exchange:publications": DraftFactory,
    "organizations:facts": PlaceFactFactory,
    "finance:list": FundFactory,
    "finance:vouchers": IncomeFactory,
    "reports:returns": MonthlyReturnFactory,
    "volunteering:list": ShiftFactory,
    "volunteering:service": ServiceRecordFactory,
    "volunteering:unrecorded": partial(ClaimFactory, past=True),
}


@pytest.mark.parametrize("name", OFFICE)
def test_a_list_of_the_office_costs_the_same(client, city, name):
    signed_in(client, every_hand(city))

    ten, thousand = grown(client, reverse(name), OFFICE[name])

    assert thousand == ten


def test_a_fund_s_ledger_costs_the_same(client, city):
    fund = FundFactory()
    accountant = holder(Role.ACCOUNTANT, city)
    signed_in(client, accountant)

    ten, thousand = grown(
        client,
        reverse("finance:fund", args=[fund.pk]),
        lambda: posted(IncomeFactory(fund=fund, by=accountant)),
    )

    assert thousand == ten


def test_the_log_of_changes_costs_the_same(client):
    signed_in(client, holder(Role.AUDITOR))

    ten, thousand = grown(client, reverse("accounts:change_log"), UserFactory)

    assert thousand == ten


def test_a_unit_s_page_costs_the_same(client):
    unit = UnitFactory()
    signed_in(client, holder(Role.LIAISON, unit=unit))
    make = partial(AgreementFactory, unit=unit, organization=unit.host)

    ten, thousand = grown(client, reverse("cobuilding:unit"), make)

    assert thousand == ten


def test_one_s_notices_cost_the_same(client):
    person = UserFactory()
    signed_in(client, person)
    tell = partial(Notice.objects.create, user=person, text="月报已受理。")

    ten, thousand = grown(client, reverse("accounts:notices"), tell)

    assert thousand == ten


def test_one_s_own_service_costs_the_same(client):
    member = MemberFactory()
    signed_in(client, account_of(member))
    days = (dt.date(2023, 1, 1) + dt.timedelta(days=n) for n in itertools.count())

    def claim():
        day = next(days)
        when = at(day - dt.timedelta(days=1))
        ClaimFactory(member=member, shift__day=day, at=when)

    ten, thousand = grown(client, reverse("volunteering:mine"), claim)

    assert thousand == ten


@pytest.mark.parametrize("label", sorted({*LISTS} - INSTALLATION_WIDE))
def test_a_list_of_the_admin_costs_the_same(client, label):
    url = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
    for _row in range(TEN):
        MAKERS[label]()
    rows, ten = read(client, url)

    for _row in range(THOUSAND - TEN):
        MAKERS[label]()
    many, thousand = read(client, url)

    assert thousand == ten
    assert many - rows >= THOUSAND - TEN
