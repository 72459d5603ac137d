"""The button that stands out on a transfer is what comes next, and both ends know."""

import datetime as dt

import pytest

from accounts.models import Notice
from members.actions import (
    confirm_arrival,
    expire_letters,
    hand_on_transfer,
    receive_transfer,
)
from members.models import Transfer
from members.transfers.whereabouts import describe_whereabouts
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory
from tests.walk.people import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(foreign):
    return BranchFactory(name="柳岸支部", parent=foreign)


@pytest.fixture
def staff_there(other_street):
    return holder(Role.STREET_STAFF, other_street, name="孙丽")


@pytest.fixture
def clerk_there(foreign):
    return holder(Role.CLERK, foreign, name="钱进")


@pytest.fixture
def letter(branch, other_street):
    return TransferFactory(
        member=MemberFactory(organization=branch), to=other_street, issued=True
    )


def prominent(user, letter):
    page = Visitor(user).get(letter.get_absolute_url())
    (link,) = [link for link in page.context["page_actions"] if link.primary]
    assert link == page.context["page_actions"][0]
    return link.url.rstrip("/").rsplit("/")[-1].replace("-", "_")


def test_the_street_first_hands_on_then_its_community_confirms_and_it_receives(
    letter, foreign, there, staff_there, clerk_there
):
    assert prominent(staff_there, letter) == "hand_on"
    letter = hand_on_transfer(letter, foreign, by=staff_there)
    assert prominent(clerk_there, letter) == "arrival"
    letter = confirm_arrival(letter, there, by=clerk_there)
    assert prominent(staff_there, letter) == "receive"


def test_an_expired_letter_is_first_of_all_issued_anew(letter, staff, time_machine):
    time_machine.move_to(letter.valid_until + dt.timedelta(days=1))
    expire_letters()

    assert prominent(staff, letter) == "reissue"


def test_who_has_arrived_counts_at_the_origin_until_received(letter, branch, there):
    confirmed = confirm_arrival(letter, there, by=None)

    assert there.name in describe_whereabouts(confirmed)
    assert branch.name in describe_whereabouts(confirmed)


def test_a_community_hears_of_an_arrival_that_its_street_confirmed(
    letter, foreign, there, staff_there, clerk_there
):
    confirm_arrival(letter, there, by=staff_there)

    told = Notice.objects.get(user=clerk_there)
    assert (told.url, told.read_at) == (letter.get_absolute_url(), None)
    assert letter.name in told.text
    assert list(Transfer.objects.coming(clerk_there)) == [letter]
    Visitor(clerk_there).get(letter.get_absolute_url())


def test_who_works_at_the_street_is_told_once_of_an_arrival(
    letter, there, other_street, staff_there
):
    colleague = holder(Role.STREET_STAFF, other_street)

    confirm_arrival(letter, there, by=staff_there)

    assert Notice.objects.filter(user=colleague).count() == 1


def test_a_community_that_confirmed_itself_is_not_told_of_it(
    letter, foreign, there, clerk_there
):
    colleague = holder(Role.SECRETARY, foreign)
    hand_on_transfer(letter, foreign, by=None)
    before = Notice.objects.filter(user=colleague).count()

    confirm_arrival(letter, there, by=clerk_there)

    assert Notice.objects.filter(user=colleague).count() == before


def test_a_community_opens_the_transfer_that_its_street_received_directly(
    letter, there, staff_there, clerk_there
):
    receive_transfer(letter, by=staff_there, branch=there)

    assert list(Transfer.objects.coming(clerk_there)) == [letter]
    told = Notice.objects.get(user=clerk_there)
    assert Visitor(clerk_there).get(told.url).status_code == 200


def test_a_branch_right_below_the_street_leaves_the_matter_with_the_street(
    letter, other_street
):
    own = BranchFactory(parent=other_street)

    assert confirm_arrival(letter, own, by=None).destination == other_street
