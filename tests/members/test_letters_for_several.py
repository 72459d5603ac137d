"""One letter of a street for several people, each with a transfer of their own."""

import pytest
from django.urls import reverse

from accounts.models import AccessEntry, Notice
from core.registries.invariants import invariants
from members.actions import (
    issue_letters,
    receive_transfer,
    refuse_transfer,
    reissue_letter,
)
from members.enums import TransferState
from members.errors import LettersDiffer, TransferMovedOn
from members.models import Member, Transfer
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory
from tests.walk.people import Visitor

pytestmark = pytest.mark.django_db


def page(name, row):
    return reverse(f"members:{name}", args=[row.pk])


@pytest.fixture
def proposed(branch, other_street):
    """Three members of one branch who go to the same street."""
    members = [MemberFactory(organization=branch, name=one) for one in "陶邱石"]
    return [TransferFactory(member=one, to=other_street) for one in members]


@pytest.fixture
def issued(proposed):
    return issue_letters(proposed, by=None)


def faults():
    return [line for one in invariants for line in one.broken()]


def states():
    return list(Transfer.objects.order_by("pk").values_list("state", flat=True))


def test_all_on_one_letter_have_its_number_and_a_place_on_its_list(issued):
    assert len({one.number for one in issued}) == 1
    assert [one.line for one in issued] == [1, 2, 3]
    assert len({one.valid_until for one in issued}) == 1
    assert faults() == []


def test_the_next_letter_has_the_next_number(issued, branch, other_street):
    other = TransferFactory(member__organization=branch, to=other_street, issued=True)

    assert (other.serial, other.line) == (issued[0].serial + 1, 1)


def test_each_person_on_the_letter_goes_their_own_way(issued, foreign):
    first, second, third = issued
    home = BranchFactory(parent=foreign)

    receive_transfer(first, by=None, branch=home)
    refuse_transfer(second, by=None, reason="不在本街道居住")
    again = reissue_letter(third, by=None, reason="遗失")

    assert states() == [
        *(TransferState.RECEIVED, TransferState.REFUSED, TransferState.VOIDED),
        TransferState.ISSUED,
    ]
    assert (again.serial, again.line) == (third.serial + 1, 1)
    assert Member.objects.get(pk=first.member_id).organization == home
    assert faults() == []


def test_nobody_is_put_on_a_letter_to_another_place(proposed, branch):
    abroad = TransferFactory(member__organization=branch, to_text="省外某党委")

    with pytest.raises(LettersDiffer):
        issue_letters([*proposed, abroad], by=None)

    assert states() == [TransferState.PROPOSED] * 4


def test_nobody_is_put_on_two_letters(proposed):
    issue_letters(proposed[:1], by=None)

    with pytest.raises(TransferMovedOn):
        issue_letters(proposed, by=None)

    assert states() == [TransferState.ISSUED, *[TransferState.PROPOSED] * 2]


def test_each_place_is_told_once_of_a_letter(proposed, other_street, secretary):
    staff_there = holder(Role.STREET_STAFF, other_street)
    before = Notice.objects.filter(user=secretary).count()

    issue_letters(proposed, by=None)

    (notice,) = Notice.objects.filter(user=staff_there)
    assert "3" in notice.text
    assert Notice.objects.filter(user=secretary).count() == before + 1


def test_the_street_ticks_who_else_stands_on_the_letter(proposed, staff, branch):
    first, second, third = proposed
    abroad = TransferFactory(member__organization=branch, to_text="省外某党委")
    form = Visitor(staff).get(page("issue_letter", first)).context["form"]
    assert set(form.fields["others"].queryset) == {second, third}

    Visitor(staff).fill(page("issue_letter", first), others=[second.pk])

    for row in (first, second, third, abroad):
        row.refresh_from_db()
    assert first.number == second.number != ""
    assert {third.state, abroad.state} == {TransferState.PROPOSED}


def test_outside_the_city_one_place_is_one_committee(staff, branch):
    destinations = ["省外某党委", "省外某党委", "另一省某党委"]
    rows = [
        TransferFactory(member__organization=branch, to_text=p) for p in destinations
    ]

    form = Visitor(staff).get(page("issue_letter", rows[0])).context["form"]

    assert list(form.fields["others"].queryset) == [rows[1]]


def test_a_letter_is_printed_with_its_list(issued, staff):
    sheet = Visitor(staff).get(page("print_letter", issued[1]))

    people = [one for one, _age in sheet.context["people"]]
    assert people == issued
    for one in issued:
        assert one.member.id_number in sheet.content.decode()
    read = AccessEntry.objects.filter(actor=staff).values_list("subject_id", flat=True)
    assert set(read) == {str(one.member_id) for one in issued}


def test_who_left_the_letter_is_not_printed_on_it(issued, staff):
    refuse_transfer(issued[0], by=None, reason="不在本街道居住")

    sheet = Visitor(staff).get(page("print_letter", issued[1]))

    assert [one for one, _age in sheet.context["people"]] == issued[1:]


def test_one_receipt_names_all_who_were_received(issued, other_street, foreign):
    home = BranchFactory(parent=foreign)
    for one in issued[:2]:
        receive_transfer(one, by=None, branch=home)
    staff_there = holder(Role.STREET_STAFF, other_street)

    sheet = Visitor(staff_there).get(page("print_receipt", issued[0]))

    assert sheet.context["names"] == "陶、邱"
