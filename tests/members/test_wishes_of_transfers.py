"""The receiving street recognizes the person, and finds the branch that was wished."""

import datetime as dt

import pytest
from django.urls import reverse

from members.actions import hand_on_transfer
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.walk.people import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff_there(other_street):
    return holder(Role.STREET_STAFF, other_street, name="孙丽")


@pytest.fixture
def branches(other_street, foreign):
    """Branches of 柳岸社区 and of 光武社区, of which two have one name."""
    second = CommunityFactory(name="光武社区", parent=other_street)
    names = [("第一支部", foreign), ("第一支部", second), ("机关退休支部", second)]
    return [BranchFactory(name=name, parent=parent) for name, parent in names]


def letter_wishing(wish, branch, other_street):
    member = MemberFactory(
        organization=branch, name="李明", sex="1", birth_date=dt.date(1985, 3, 9)
    )
    return TransferFactory(member=member, to=other_street, wish=wish, issued=True)


def chosen(user, name, letter, field):
    page = Visitor(user).get(reverse(f"members:{name}", args=[letter.pk]))
    return page.context["form"][field].value()


WISHES = [
    ("机关退休支部", 2),
    ("光武社区机关退休党支部", 2),
    ("光武社区第一支部", 1),
    ("光武1支部", 1),
    ("第一支部", None),
    ("光武社区", None),
    ("西河社区第一支部", None),
    ("", None),
]


@pytest.mark.parametrize("step", ["receive_transfer", "confirm_arrival"])
@pytest.mark.parametrize(("wish", "which"), WISHES)
def test_the_branch_that_was_wished_is_chosen_where_only_one_has_the_name(
    branches, branch, other_street, staff_there, wish, which, step
):
    letter = letter_wishing(wish, branch, other_street)

    found = chosen(staff_there, step, letter, "branch")

    assert found == (None if which is None else branches[which].pk)


def test_the_branch_of_arrival_goes_before_the_wish(
    branches, branch, other_street, staff_there
):
    letter = letter_wishing("机关退休支部", branch, other_street)
    type(letter).objects.filter(pk=letter.pk).update(
        branch=branches[0], arrived_on=letter.issued_on
    )

    found = chosen(staff_there, "receive_transfer", letter, "branch")

    assert found == branches[0].pk


@pytest.mark.parametrize("wish", ["光武社区", "光武社区第一支部", "光武机关退休支部"])
def test_the_community_that_was_wished_is_chosen_to_hand_on(
    branches, branch, other_street, staff_there, wish
):
    letter = letter_wishing(wish, branch, other_street)

    found = chosen(staff_there, "hand_on_transfer", letter, "to")

    assert found == branches[1].parent_id


def test_the_receiving_street_reads_sex_and_month_of_birth(
    branches, branch, other_street, foreign, staff_there
):
    letter = letter_wishing("", branch, other_street)
    hand_on_transfer(letter, foreign, by=None)
    steps = ("transfer", "hand_on_transfer", "confirm_arrival", "receive_transfer")

    for step in steps:
        url = reverse(f"members:{step}", args=[letter.pk])
        body = Visitor(staff_there).get(url).content.decode()
        assert "1985年3月" in body
        assert "1985年3月9日" not in body
        assert "男" in body
