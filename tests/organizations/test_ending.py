"""Nothing ends while records that hang on it would go on."""

import datetime as dt

import pytest

from communities.actions import end_project
from communities.enums import Eligibility
from core.db.triggers import suspend_triggers
from core.months import today
from core.registries.invariants import invariants
from members.actions import end_check_in, hand_on_transfer, move_member
from organizations.actions import change_unit, end_organization, end_unit
from organizations.closing_blockers import ORGANIZATION, blockers_for, closing_blockers
from organizations.errors import StillInUse
from organizations.models import Organization
from tests.factories.burden import SuperiorRequestFactory
from tests.factories.cases import CaseFactory
from tests.factories.cobuilding import AgreementFactory, TargetFactory
from tests.factories.communities import (
    BodyFactory,
    BodyKindFactory,
    ProjectFactory,
    SeatHoldingFactory,
    ServedPlaceFactory,
    UnitCoverFactory,
)
from tests.factories.facilities import FacilityFactory
from tests.factories.finance import FundFactory, IncomeFactory, filled
from tests.factories.members import (
    AppraisalRoundFactory,
    CheckInFactory,
    DevelopmentFactory,
    MemberFactory,
    TransferFactory,
)
from tests.factories.opinions import OpinionRequestFactory
from tests.factories.organizations import BranchFactory, UnitFactory
from tests.factories.visits import LeaderVisitFactory
from tests.factories.volunteering import PostFactory
from volunteering.actions import close_post

DAY = dt.date(2026, 6, 20)
TOMORROW = dt.date(2026, 6, 21)


def test_a_branch_is_not_ended_over_its_members(branch, east):
    members = [MemberFactory(organization=branch) for _ in range(2)]

    with pytest.raises(StillInUse, match="党员2名（请调整或办理减员）"):
        end_organization(branch, by=None, reason="撤并", on=DAY)

    assert Organization.objects.get(pk=branch.pk).ended_on is None
    sister = BranchFactory(parent=east)
    for member in members:
        move_member(member, sister, by=None, on=DAY)
    assert end_organization(branch, by=None, reason="撤并", on=DAY).ended_on == DAY


def test_no_record_may_lie_after_the_end(branch, east):
    member = MemberFactory(organization=branch)
    move_member(member, BranchFactory(parent=east), by=None, on=DAY)

    with pytest.raises(StillInUse, match=f"{member.name}到2026年6月20日"):
        end_organization(branch, by=None, reason="撤并", on=DAY - dt.timedelta(days=1))


MATTERS = {
    "communities.places": lambda east: ServedPlaceFactory(organization=east),
    "cases.open": lambda organization: CaseFactory(organization=organization),
    "organizations.units": lambda organization: UnitFactory(host=organization),
    "members.affiliations": lambda organization: MemberFactory(
        organization=BranchFactory(parent=organization)
    ),
    "members.check_ins": lambda organization: CheckInFactory(community=organization),
    "members.developments": lambda organization: DevelopmentFactory(
        organization=organization
    ),
    "members.opinions": lambda organization: OpinionRequestFactory(
        about=MemberFactory(), organization=organization
    ),
    "members.appraisals": lambda organization: AppraisalRoundFactory(
        of=MemberFactory(organization=BranchFactory(parent=organization))
    ),
    "members.transfers": lambda organization: hand_on_transfer(
        TransferFactory(to=organization.parent, issued=True), organization, by=None
    ),
    "cobuilding.agreements": lambda organization: AgreementFactory(
        organization=organization
    ),
    "communities.projects": lambda organization: ProjectFactory(
        organization=organization
    ),
    "volunteering.posts": lambda organization: PostFactory(organization=organization),
    "finance.funds": lambda organization: filled(
        FundFactory(organization=organization), 1
    ),
    "finance.vouchers": lambda organization: IncomeFactory(
        fund__organization=organization
    ),
    "communities.covers": lambda east: UnitCoverFactory(unit__host=east),
    "reports.requests": lambda organization: SuperiorRequestFactory(
        organization=organization
    ),
    "communities.visits": lambda organization: LeaderVisitFactory(place=organization),
    "communities.facilities": lambda organization: FacilityFactory(
        organization=organization
    ),
    "communities.bodies": lambda organization: BodyFactory(organization=organization),
}
OF_BRANCHES = {"members.affiliations", "members.appraisals"}


def delegate_of(unit):
    """Return a seat of a council of units that the unit holds."""
    kind = BodyKindFactory(open_to=Eligibility.UNITS)
    seat = BodyFactory(organization=unit.host, kind=kind).seats.earliest("pk")
    return SeatHoldingFactory(seat=seat, member=None, unit=unit)


OF_UNITS = {
    "communities.delegates": delegate_of,
    "communities.unit_projects": lambda unit: ProjectFactory(
        organization=unit.host, unit=unit
    ),
    "cobuilding.unit_agreements": lambda unit: AgreementFactory(
        organization=unit.host, unit=unit
    ),
}
OF_PROJECTS = {
    "cobuilding.project_targets": lambda project: TargetFactory(
        agreement__organization=project.organization, project=project
    ),
    "volunteering.project_posts": lambda project: PostFactory(
        organization=project.organization, project=project
    ),
    "finance.project_vouchers": lambda project: IncomeFactory(
        fund__organization=project.organization, project=project
    ),
}


def test_every_blocker_has_its_case():
    known = MATTERS.keys() | OF_UNITS.keys() | OF_PROJECTS.keys()
    assert {matter.key for matter in closing_blockers} == known


@pytest.mark.parametrize("key", sorted(MATTERS))
def test_open_records_block_the_end_of_an_organization(east, west, key):
    row = MATTERS[key](east)
    message = str(closing_blockers.get(key).words) % {"count": 1}
    organization = row.organization if key in OF_BRANCHES else east

    assert message in blockers_for(organization, DAY)
    assert blockers_for(west, DAY) == []


@pytest.mark.parametrize("key", sorted(MATTERS))
def test_verify_finds_open_records_of_ended_organizations(east, key):
    row = MATTERS[key](east)
    organization = row.organization if key in OF_BRANCHES else east
    proof = invariants.get("organizations.left_behind")
    assert list(proof.broken()) == []

    Organization.objects.filter(pk=organization.pk).update(ended_on=DAY)

    assert f"{organization.code}: {key} 1" in list(proof.broken())


@pytest.mark.parametrize("key", sorted(OF_UNITS))
def test_a_unit_stays_on_the_register_while_something_with_it_goes_on(east, key):
    unit, other = UnitFactory(host=east), UnitFactory(host=east)
    OF_UNITS[key](unit)
    message = str(closing_blockers.get(key).words) % {"count": 1}

    with pytest.raises(StillInUse) as refusal:
        end_unit(unit, by=None, reason="迁出")

    assert message in refusal.value.params["left"]
    assert end_unit(other, by=None, reason="迁出").ended_on == today()


@pytest.mark.parametrize("key", sorted(OF_PROJECTS))
def test_a_project_goes_on_while_something_hangs_on_it(east, key):
    project, other = (ProjectFactory(organization=east) for _ in range(2))
    OF_PROJECTS[key](project)
    message = str(closing_blockers.get(key).words) % {"count": 1}

    with pytest.raises(StillInUse) as refusal:
        end_project(project, by=None, reason="完成")

    assert message in refusal.value.params["left"]
    assert end_project(other, by=None, reason="完成").ends_on is not None


@pytest.mark.parametrize("key", sorted(OF_UNITS | OF_PROJECTS))
def test_verify_finds_what_ended_with_something_open(east, key):
    is_unit = key in OF_UNITS
    row = UnitFactory(host=east) if is_unit else ProjectFactory(organization=east)
    (OF_UNITS | OF_PROJECTS)[key](row)
    end = {"ended_on": DAY} if is_unit else {"starts_on": DAY, "ends_on": TOMORROW}

    with suspend_triggers(type(row)):
        type(row).objects.filter(pk=row.pk).update(**end)

    found = list(invariants.get("organizations.left_behind").broken())
    assert f"{row._meta.label} {row.pk}: {key} 1" in found


@pytest.mark.parametrize("key", sorted(OF_PROJECTS))
def test_a_project_that_ends_later_as_planned_has_left_nothing(east, key):
    later = today() + dt.timedelta(days=100)
    OF_PROJECTS[key](ProjectFactory(organization=east, ends_on=later))

    assert list(invariants.get("organizations.left_behind").broken()) == []


def test_settled_records_do_not_block_the_end(east, west):
    change_unit(UnitFactory(host=east), by=None, host=west)
    row = CheckInFactory(community=east)
    end_check_in(row, by=None, on=DAY)
    close_post(PostFactory(organization=east), by=None, reason="撤并")
    FundFactory(organization=east)

    assert blockers_for(east, DAY) == []


def test_ending_asks_each_app_once(east, django_assert_num_queries):
    for _ in range(3):
        UnitFactory(host=east)

    asked = [one for one in closing_blockers if one.closes == ORGANIZATION]
    with django_assert_num_queries(len(asked)):
        blockers_for(east, DAY)


def test_the_refusal_names_the_day_that_was_typed(east):
    new = BranchFactory(parent=east)
    founded = new.versions.get().starts_on
    MemberFactory(organization=new)

    with pytest.raises(StillInUse) as refusal:
        end_organization(new, by=None, reason="撤并", on=founded)

    assert refusal.value.params["day"] == founded
