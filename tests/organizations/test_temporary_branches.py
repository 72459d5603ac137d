"""A temporary branch holds no members, dues or elections; a joint one several units."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.actions import call_election, cover_unit
from communities.errors import TemporaryElectsNobody
from communities.models import BodyKind, Election
from core.months import today
from finance.actions import open_fund
from finance.enums import FundKind
from finance.errors import TemporaryTakesNoDues
from finance.models import Fund
from members.actions import move_member
from members.errors import CannotHoldMembers
from members.models import Affiliation
from organizations.enums import OrganizationKind
from organizations.findings import find_at
from organizations.models import Organization
from tests.factories.communities import BodyFactory
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(east):
    """A temporary branch of a building site."""
    return BranchFactory(
        parent=east, name="地铁项目临时党支部", kind=OrganizationKind.TEMPORARY_BRANCH
    )


@pytest.fixture
def shift(project):
    """A group of the temporary branch."""
    return BranchFactory(
        parent=project, name="夜班党小组", kind=OrganizationKind.PARTY_GROUP
    )


@pytest.fixture
def li(branch):
    return MemberFactory(organization=branch, name="李四")


@contextmanager
def refused_as(trigger):
    """The database itself refuses what no action would write."""
    with pytest.raises(IntegrityError, match=trigger), transaction.atomic():
        yield


def found(organization):
    return {one.rule.key.partition(".")[2] for one in find_at(organization)}


@pytest.mark.parametrize("place", ["project", "shift"])
def test_nobody_belongs_to_a_temporary_branch_or_its_groups(place, request, li):
    to = request.getfixturevalue(place)

    with pytest.raises(CannotHoldMembers):
        move_member(li, to, on=today(), by=None)

    assert to not in Organization.objects.holding_members()


@pytest.mark.parametrize("place", ["project", "shift"])
def test_the_database_refuses_an_affiliation_there(place, request, li):
    row = Affiliation.objects.get(member=li)
    row.pk, row.organization = None, request.getfixturevalue(place)

    with refused_as("affiliation_with_no_temporary_branch"):
        row.save(force_insert=True)


def test_a_group_of_an_ordinary_branch_has_members(branch, li):
    group = BranchFactory(parent=branch, kind=OrganizationKind.PARTY_GROUP)

    move_member(li, group, on=today(), by=None)

    assert group in Organization.objects.holding_members()


def test_it_elects_nobody(project):
    kind = BodyKind.objects.get(code="branch_committee")
    body = BodyFactory(organization=project, kind=kind)
    seats = {kind.seat_kinds.first(): 1}

    with pytest.raises(TemporaryElectsNobody):
        call_election(body, held_on=today(), seats=seats, by=None)
    with refused_as("election_in_no_temporary_branch"):
        Election.objects.create(body=body, held_on=today())


def test_it_takes_no_dues_but_has_other_funds(project):
    with pytest.raises(TemporaryTakesNoDues):
        open_fund(project, kind=FundKind.DUES, name="党费", by=None)
    with refused_as("fund_of_dues_in_no_temporary_branch"):
        Fund.objects.create(organization=project, kind=FundKind.DUES, name="党费")

    assert open_fund(project, kind=FundKind.OPERATING, name="活动经费", by=None).pk


def test_an_ordinary_branch_is_not_turned_into_one(client, staff, branch, project):
    client.force_login(staff)

    def offered(place):
        page = client.get(reverse("organizations:rename", args=[place.pk]))
        return {value for value, _label in page.context["form"].fields["kind"].choices}

    assert OrganizationKind.TEMPORARY_BRANCH not in offered(branch)
    assert {OrganizationKind.TEMPORARY_BRANCH, OrganizationKind.BRANCH} <= offered(
        project
    )


def test_members_of_a_group_that_was_put_below_one_are_pointed_out(project, branch):
    group = BranchFactory(parent=branch, kind=OrganizationKind.PARTY_GROUP)
    MemberFactory(organization=group)
    assert found(project) == set()

    Organization.objects.filter(pk=group.pk).update(parent=project)

    assert found(project) == {"temporary_members"}


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        *((0, set()), (1, {"joint_one_unit"}), (2, set())),
        *((5, set()), (6, {"joint_many_units"})),
    ],
)
def test_a_joint_branch_serves_two_to_five_units(east, units, expected):
    joint = BranchFactory(parent=east, kind=OrganizationKind.JOINT_BRANCH)
    MemberFactory.create_batch(3, organization=joint)
    for unit in UnitFactory.create_batch(units, host=east):
        cover_unit(unit, kind="joint_branch", organization=joint, by=None)

    assert found(joint) - {"no_secretary"} == expected
