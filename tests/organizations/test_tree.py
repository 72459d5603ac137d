"""The tree and its earlier versions."""

import datetime as dt

import pytest

from members.models import Affiliation, Member
from organizations.actions import (
    change_organization,
    create_organization,
    end_organization,
)
from organizations.enums import OrganizationKind
from organizations.errors import OrganizationEnded, StillHasChildren, WouldFormCycle
from organizations.models import Organization, OrganizationVersion, RecountRequest
from organizations.queries import counting_month, filing_organization
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory, closed

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY = dt.date(2026, 3, 1), dt.date(2026, 4, 1), dt.date(2026, 5, 1)


def test_children_lie_below_their_parent(city, street, east, west):
    assert street.path.startswith(city.path)
    assert {east.path, west.path} == {f"{street.path}000001", f"{street.path}000002"}
    assert list(Organization.objects.within(street)) == [street, east, west]


def test_a_moved_community_takes_its_branches_along(east, branch, other_street):
    change_organization(east, by=None, parent=other_street, on=MAY)

    moved = Organization.objects.get(pk=branch.pk)

    assert list(Organization.objects.within(other_street))[1:] == [east, moved]
    assert moved.path.startswith(Organization.objects.get(pk=east.pk).path)


@pytest.mark.mission("S1-04")
def test_figures_of_the_past_follow_the_tree_of_the_past(
    east, branch, street, other_street
):
    MemberFactory(organization=branch)

    change_organization(east, by=None, parent=other_street, on=MAY)

    def counted(organization, day):
        return Affiliation.objects.within(organization, on=day).count()

    assert [counted(street, APRIL), counted(street, MAY)] == [1, 0]
    assert [counted(other_street, APRIL), counted(other_street, MAY)] == [0, 1]


def test_permission_follows_the_tree_of_today(east, branch, staff, other_street):
    MemberFactory(organization=branch)

    change_organization(east, by=None, parent=other_street)

    assert list(Member.objects.visible_to(staff)) == []


def test_moving_requests_recounts_for_everything_below(east, branch, other_street):
    RecountRequest.objects.all().delete()

    change_organization(east, by=None, parent=other_street, on=MAY)

    marks = RecountRequest.objects.values_list("organization", "month")
    assert set(marks) == {(east.pk, MAY), (branch.pk, MAY)}


def test_a_node_is_never_moved_below_itself(street, east):
    with pytest.raises(WouldFormCycle):
        change_organization(street, by=None, parent=east)


def test_a_new_name_leaves_the_old_one_in_the_past(east):
    change_organization(east, by=None, name="新东社区", on=MAY)

    versions = OrganizationVersion.objects.filter(organization=east)
    assert list(versions.values_list("name", "ends_on")) == [
        ("东社区", MAY),
        ("新东社区", None),
    ]


def test_a_path_is_never_reused(street, east, west):
    end_organization(west, by=None, reason="合并")

    third = CommunityFactory(parent=street)

    assert third.path not in {east.path, west.path}


def test_nothing_is_created_below_an_ended_organization(branch):
    end_organization(branch, by=None, reason="撤销")

    with pytest.raises(OrganizationEnded):
        BranchFactory(parent=branch, kind=OrganizationKind.PARTY_GROUP)


def test_an_organization_with_branches_is_not_ended(east, branch):
    with pytest.raises(StillHasChildren):
        end_organization(east, by=None, reason="撤销")


def test_an_organization_created_today_can_be_ended_today(east):
    node = create_organization(
        by=None,
        code="new",
        name="新支部",
        full_name="中共新支部",
        kind=OrganizationKind.BRANCH,
        parent=east,
    )

    end_organization(node, by=None, reason="误设")

    version = node.versions.get()
    assert version.ends_on == version.starts_on + dt.timedelta(days=1)


def test_a_branch_files_through_its_community_and_a_street_for_itself(
    street, east, branch
):
    assert [filing_organization(n) for n in (branch, east, street)] == [
        east,
        east,
        street,
    ]


def test_a_closed_month_of_the_street_closes_no_community(street, east, branch):
    closed(street, MARCH)

    assert counting_month(branch, dt.date(2026, 3, 5)) == MARCH
    assert counting_month(street, dt.date(2026, 3, 5)) == APRIL
