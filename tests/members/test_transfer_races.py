"""Two people take steps of one transfer at the same moment: one of them waits."""

import pytest

from members.actions import (
    end_membership,
    issue_letter,
    issue_letters,
    move_member,
    receive_transfer,
    record_receipt,
    refuse_transfer,
)
from members.enums import EndReason, TransferState
from members.errors import NoOpenAffiliation, TransferMovedOn
from members.models import Affiliation, Member, Transfer
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory
from tests.stage import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def there(foreign):
    """A branch of the other street."""
    return BranchFactory(parent=foreign)


@pytest.fixture
def letter(branch, other_street):
    """A letter to the other street, on its way."""
    member = MemberFactory(organization=branch)
    return TransferFactory(member=member, to=other_street, issued=True)


def homes(letter):
    """Where the member of a letter belongs, and in how many affiliations."""
    rows = Affiliation.objects.open().filter(member=letter.member_id)
    return [row.organization for row in rows]


def test_a_refusal_beside_a_receipt_waits_and_is_refused(letter, there):
    outcome = race(
        lambda: receive_transfer(letter, by=None, branch=there),
        lambda: refuse_transfer(letter, by=None, reason="地址有误"),
    )

    assert (outcome.waited, type(outcome.refusal)) == (True, TransferMovedOn)
    assert homes(letter) == [there]


def test_a_receipt_beside_a_refusal_waits_and_is_refused(letter, branch, there):
    outcome = race(
        lambda: refuse_transfer(letter, by=None, reason="地址有误"),
        lambda: receive_transfer(letter, by=None, branch=there),
    )

    assert (outcome.waited, type(outcome.refusal)) == (True, TransferMovedOn)
    assert homes(letter) == [branch]


def test_of_two_receipts_one_moves_the_member(letter, foreign, there):
    second = BranchFactory(parent=foreign)

    outcome = race(
        lambda: receive_transfer(letter, by=None, branch=there),
        lambda: receive_transfer(letter, by=None, branch=second),
    )

    assert (outcome.waited, type(outcome.refusal)) == (True, TransferMovedOn)
    assert homes(letter) == [there]


def test_of_two_receipts_from_outside_one_ends_the_affiliation(branch):
    member = MemberFactory(organization=branch)
    letter = TransferFactory(member=member, to_text="省外某党委", issued=True)

    outcome = race(
        lambda: record_receipt(letter, by=None),
        lambda: record_receipt(letter, by=None),
    )

    assert (outcome.waited, type(outcome.refusal)) == (True, TransferMovedOn)
    assert homes(letter) == []


def test_a_receipt_beside_a_death_waits_and_is_refused(letter, there):
    outcome = race(
        lambda: end_membership(letter.member, reason=EndReason.DIED, by=None),
        lambda: receive_transfer(letter, by=None, branch=there),
    )

    assert outcome.waited
    assert type(outcome.refusal) in {TransferMovedOn, NoOpenAffiliation}
    assert homes(letter) == []
    letter.refresh_from_db()
    assert letter.state == TransferState.VOIDED


def test_a_move_beside_a_receipt_waits_and_is_refused(letter, branch, there):
    sister = BranchFactory(parent=branch.parent)

    outcome = race(
        lambda: receive_transfer(letter, by=None, branch=there),
        lambda: move_member(letter.member, sister, by=None),
    )

    assert outcome.waited
    assert outcome.refusal is not None
    assert homes(letter) == [there]
    assert Member.objects.get(pk=letter.member_id).organization == there


def test_two_letters_issued_at_once_have_two_numbers(branch, other_street):
    proposed = [
        TransferFactory(member=MemberFactory(organization=branch), to=other_street)
        for _ in range(2)
    ]

    outcome = race(
        lambda: issue_letter(proposed[0], by=None),
        lambda: issue_letter(proposed[1], by=None),
    )

    assert (outcome.waited, outcome.refusal) == (True, None)
    serials = Transfer.objects.order_by("serial").values_list("serial", flat=True)
    assert list(serials) == [1, 2]


def test_two_proposals_of_one_member_leave_one(branch, other_street):
    member = MemberFactory(organization=branch)

    outcome = race(
        lambda: TransferFactory(member=member, to=other_street),
        lambda: TransferFactory(member=member, to=None, to_text="省外某党委"),
    )

    assert outcome.waited
    assert outcome.refusal is not None
    assert Transfer.objects.under_way().count() == 1


def test_of_two_letters_that_name_the_same_people_one_is_issued(branch, other_street):
    first, second = (
        TransferFactory(member__organization=branch, to=other_street) for _ in range(2)
    )

    outcome = race(
        lambda: issue_letters([first, second], by=None),
        lambda: issue_letters([second, first], by=None),
    )

    assert (outcome.waited, type(outcome.refusal)) == (True, TransferMovedOn)
    rows = Transfer.objects.order_by("line").values_list("serial", "line")
    assert list(rows) == [(1, 1), (1, 2)]
