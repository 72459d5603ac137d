"""What follows its member goes back with them when a decision is voided."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.models import Case
from core.months import today
from members.actions import hand_on_transfer, receive_transfer, report_abroad
from members.enums import LostGround, TransferState
from members.models import Member, Transfer
from organizations.actions import merge_organization
from organizations.errors import ChangedSince
from organizations.models import Organization
from tests.factories.members import (
    LostContactFactory,
    MemberFactory,
    PocketMemberFactory,
    TransferFactory,
    UnitInquiryFactory,
)
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    StreetFactory,
)
from tests.organizations.test_random_trees import faults
from tests.organizations.test_voided_decisions import WHY, decide, split_off, void

pytestmark = pytest.mark.django_db


@pytest.fixture
def neighbour(east):
    """Another branch of the same community, with a member."""
    branch = BranchFactory(name="东社区第二支部", parent=east)
    MemberFactory(organization=branch)
    return branch


def abroad(member):
    since = today() - dt.timedelta(days=400)
    return report_abroad(member, ground=LostGround.SETTLED, since=since, by=None)


CASES = {
    "lost": lambda member: LostContactFactory(member=member),
    "abroad": abroad,
    "inquiry": lambda member: UnitInquiryFactory(member=member),
    "nobody manages": lambda member: PocketMemberFactory(member=member),
}


def place_of(row):
    return Case.objects.get(pk=row.case_id).organization


def home(member):
    return Member.objects.get(pk=member.pk).organization


@pytest.mark.parametrize("kind", CASES)
def test_a_members_own_case_keeps_no_merger_standing(branch, neighbour, kind):
    member = MemberFactory(organization=branch)
    row = CASES[kind](member)
    change = decide(merge_organization, branch, target=neighbour)
    assert place_of(row) == neighbour

    void(change)

    assert (home(member), place_of(row)) == (branch, branch)
    assert faults() == []


@pytest.mark.parametrize("kind", CASES)
def test_a_members_own_case_keeps_no_split_standing(branch, kind):
    _stays, goes = MemberFactory.create_batch(2, organization=branch)
    row = CASES[kind](goes)
    change = split_off(branch, goes)

    void(change)

    assert (home(goes), place_of(row)) == (branch, branch)
    assert faults() == []


def test_a_case_handed_on_since_still_keeps_a_merger_standing(branch, neighbour, east):
    row = UnitInquiryFactory(member=MemberFactory(organization=branch))
    change = decide(merge_organization, branch, target=neighbour)
    Case.objects.filter(pk=row.case_id).update(organization=east)

    with pytest.raises(ChangedSince, match=row.case.title):
        void(change)

    assert Organization.objects.get(pk=branch.pk).ended_on is not None


@pytest.mark.parametrize("issued", [False, True])
def test_a_transfer_under_way_goes_back_with_its_member(branch, neighbour, issued):
    member = MemberFactory(organization=branch)
    letter = TransferFactory(member=member, issued=issued)
    before = Transfer.objects.filter(pk=letter.pk).values().get()
    change = decide(merge_organization, branch, target=neighbour)
    assert Transfer.objects.get(pk=letter.pk).origin == neighbour

    void(change)

    assert home(member) == branch
    assert Transfer.objects.filter(pk=letter.pk).values().get() == before
    assert faults() == []


def test_a_transfer_under_way_goes_back_with_a_member_of_a_split(branch):
    _stays, goes = MemberFactory.create_batch(2, organization=branch)
    letter = TransferFactory(member=goes, issued=True)
    change = split_off(branch, goes)

    void(change)

    row = Transfer.objects.get(pk=letter.pk)
    assert (home(goes), row.origin) == (branch, branch)
    assert row.state == TransferState.ISSUED
    assert faults() == []


def test_a_transfer_proposed_since_goes_back_with_its_member(branch, neighbour):
    member = MemberFactory(organization=branch)
    change = decide(merge_organization, branch, target=neighbour)
    letter = TransferFactory(member=Member.objects.get(pk=member.pk))

    void(change)

    assert home(member) == branch
    assert Transfer.objects.get(pk=letter.pk).origin == branch


def test_the_page_voids_a_merger_with_a_search_and_a_transfer(
    client, staff, branch, neighbour
):
    member = MemberFactory(organization=branch)
    LostContactFactory(member=MemberFactory(organization=branch))
    TransferFactory(member=member, issued=True)
    change = decide(merge_organization, branch, target=neighbour)
    client.force_login(staff)
    url = reverse("organizations:void_decision", args=[change.pk])
    assert client.get(url).status_code == 200

    client.post(url, {"reason": WHY})

    assert home(member) == branch


def test_a_letter_received_since_says_where_it_was_received(east, west, branch, city):
    stranger = MemberFactory(
        organization=BranchFactory(
            parent=CommunityFactory(parent=StreetFactory(parent=city))
        )
    )
    letter = TransferFactory(member=stranger, to=east.parent, issued=True)
    hand_on_transfer(letter, west, by=None)
    change = decide(merge_organization, west, target=east)
    receive_transfer(letter, by=None, branch=branch)

    void(change)

    assert Transfer.objects.get(pk=letter.pk).destination == east
