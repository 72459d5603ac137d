"""An organization is split as it is now, not as somebody's page showed it."""

import pytest

from core.errors import ChangedSinceRead
from members.actions import move_member
from members.models import Affiliation
from organizations.actions import merge_organization, split_organization
from organizations.enums import OrganizationKind
from organizations.errors import OrganizationEnded
from organizations.models import Organization
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory
from tests.organizations.test_voided_decisions import decide, split_off
from tests.stage import race


@pytest.fixture
def two(branch):
    """Two members of a branch, of whom the first is to belong to a new one."""
    return [MemberFactory(organization=branch) for _ in range(2)]


@pytest.fixture
def neighbour(east):
    """Another branch of the same community, with a member."""
    branch = BranchFactory(name="东社区第二支部", parent=east)
    MemberFactory(organization=branch)
    return branch


def home(member):
    return Affiliation.objects.get(member=member, ends_on=None).organization


def choose(*members):
    return [Affiliation.objects.get(member=m, ends_on=None) for m in members]


def split(branch, chosen):
    return decide(
        split_organization,
        branch,
        chosen=chosen,
        name="第九支部",
        full_name="中共第九支部",
        kind=OrganizationKind.BRANCH,
    )


@pytest.mark.django_db
def test_what_was_dissolved_meanwhile_is_not_split(branch, neighbour, two):
    chosen = choose(two[0])
    stale = Organization.objects.get(pk=branch.pk)
    decide(merge_organization, branch, target=neighbour)

    with pytest.raises(OrganizationEnded):
        split(stale, chosen)

    assert home(two[0]) == neighbour


@pytest.mark.django_db
def test_nobody_is_fetched_out_of_another_branch_to_which_they_went(
    branch, neighbour, two
):
    MemberFactory(organization=branch)
    chosen = choose(two[0])
    move_member(two[0], neighbour, by=None)

    with pytest.raises(ChangedSinceRead):
        split(branch, chosen)

    assert home(two[0]) == neighbour


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_split_beside_a_merger_waits_and_is_refused(branch, neighbour, two):
    chosen = choose(two[0])

    outcome = race(
        lambda: decide(merge_organization, branch, target=neighbour),
        lambda: split(branch, chosen),
    )

    assert (outcome.waited, type(outcome.refusal)) == (True, OrganizationEnded)
    assert home(two[0]) == neighbour


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_merger_beside_a_split_waits_and_takes_along_who_stayed(
    branch, neighbour, two
):
    outcome = race(
        lambda: split_off(branch, two[0]),
        lambda: decide(merge_organization, branch, target=neighbour),
    )

    assert outcome.waited
    assert outcome.refusal is None
    assert home(two[0]).name == "第九支部"
    assert home(two[1]) == neighbour
