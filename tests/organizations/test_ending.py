"""An organization can end only when all of its records are settled."""

import datetime as dt

import pytest

from core.registries.invariants import invariants
from members.actions import end_check_in, move_member
from organizations.actions import change_unit, end_organization
from organizations.closing_blockers import blockers_for, closing_blockers
from organizations.errors import StillInUse
from organizations.models import Organization
from tests.factories.cobuilding import AgreementFactory
from tests.factories.communities import ProjectFactory
from tests.factories.finance import FundFactory, IncomeFactory, filled
from tests.factories.members import CheckInFactory, MemberFactory
from tests.factories.organizations import BranchFactory, UnitFactory
from tests.factories.volunteering import PostFactory
from volunteering.actions import close_post

DAY = dt.date(2026, 6, 20)


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

    with pytest.raises(StillInUse, match="党员1名"):
        end_organization(branch, by=None, reason="撤并", on=DAY - dt.timedelta(days=1))


MATTERS = {
    "organizations.units": lambda place: UnitFactory(host=place),
    "members.affiliations": lambda place: MemberFactory(
        organization=BranchFactory(parent=place)
    ),
    "members.check_ins": lambda place: CheckInFactory(community=place),
    "cobuilding.agreements": lambda place: AgreementFactory(organization=place),
    "communities.projects": lambda place: ProjectFactory(organization=place),
    "volunteering.posts": lambda place: PostFactory(organization=place),
    "finance.funds": lambda place: filled(FundFactory(organization=place), 1),
    "finance.vouchers": lambda place: IncomeFactory(fund__organization=place),
}


def test_every_blocker_has_its_case():
    assert {matter.key for matter in closing_blockers} == set(MATTERS)


@pytest.mark.parametrize("key", sorted(MATTERS))
def test_open_records_block_the_end_of_an_organization(east, west, key):
    row = MATTERS[key](east)
    message = str(closing_blockers.get(key).words) % {"count": 1}
    place = row.organization if key == "members.affiliations" else east

    assert message in blockers_for(place.pk, DAY)
    assert blockers_for(west.pk, DAY) == []


@pytest.mark.parametrize("key", sorted(MATTERS))
def test_verify_finds_open_records_of_ended_organizations(east, key):
    row = MATTERS[key](east)
    place = row.organization if key == "members.affiliations" else east
    proof = invariants.get("organizations.left_behind")
    assert list(proof.broken()) == []

    Organization.objects.filter(pk=place.pk).update(ended_on=DAY)

    assert f"{place.code}: {key} 1" in list(proof.broken())


def test_settled_records_do_not_block_the_end(east, west):
    change_unit(UnitFactory(host=east), by=None, host=west)
    row = CheckInFactory(community=east)
    end_check_in(row, by=None, on=DAY)
    close_post(PostFactory(organization=east), by=None, reason="撤并")
    FundFactory(organization=east)

    assert blockers_for(east.pk, DAY) == []


def test_ending_asks_each_app_once(east, django_assert_num_queries):
    for _ in range(3):
        UnitFactory(host=east)

    with django_assert_num_queries(len(closing_blockers)):
        blockers_for(east.pk, DAY)


def test_the_refusal_names_the_day_that_was_typed(east):
    new = BranchFactory(parent=east)
    founded = new.versions.get().starts_on
    MemberFactory(organization=new)

    with pytest.raises(StillInUse) as refusal:
        end_organization(new, by=None, reason="撤并", on=founded)

    assert refusal.value.params["day"] == founded
