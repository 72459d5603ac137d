"""The tables refuse transfers that no step leads to, whoever writes them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from core.months import today
from members.actions import admit_transferred, receive_transfer, record_letter
from members.enums import TransferState
from members.errors import AlreadyRecorded
from members.models import Transfer
from tests.factories.members import (
    KIND,
    MemberFactory,
    TransferFactory,
    identity_number,
)
from tests.factories.organizations import BranchFactory

S = TransferState
DAY = dt.date(2026, 6, 1)


@pytest.fixture
def letter(branch, other_street):
    member = MemberFactory(organization=branch)
    return TransferFactory(member=member, to=other_street, issued=True)


ILLEGAL = {
    "received without moving anybody": {"state": S.RECEIVED, "closed_on": DAY},
    "valid for more than three months": {"valid_days": 91},
    "refused without a reason": {"state": S.REFUSED, "closed_on": DAY},
    "a reason while it is on its way": {"reason": "无"},
    "a letter without a number": {"serial": None},
    "a letter within one street": {"addressee": F("issuer")},
    "an arrival at no branch": {"arrived_on": F("issued_on")},
    "closed while it is on its way": {"closed_on": DAY},
    "expired on no day": {"state": S.EXPIRED},
    "from nowhere": {"origin": None},
    "to nowhere": {"destination": None},
    "proposed with a letter": {"state": S.PROPOSED},
    "issued before anybody lived": {"issued_on": dt.date(1776, 7, 4)},
}


@pytest.mark.parametrize("name", ILLEGAL)
def test_no_transfer_is_written_that_no_step_leads_to(letter, name):
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=letter.pk).update(**ILLEGAL[name])

    assert Transfer.objects.in_transit().count() == 1


def test_nobody_is_in_transit_twice_whoever_writes_it(letter, street):
    second = Transfer.objects.get(pk=letter.pk)
    second.pk, second.serial = None, 2

    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)


def test_no_street_has_a_number_twice(letter, branch, other_street):
    other = TransferFactory(
        member=MemberFactory(organization=branch), to=other_street, issued=True
    )

    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=other.pk).update(serial=letter.serial)


def test_a_received_transfer_keeps_what_it_moved(letter, foreign):
    receive_transfer(letter, by=None, branch=BranchFactory(parent=foreign))

    for column in ("released", "accepted"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.filter(pk=letter.pk).update(**{column: None})


def test_the_refusal_of_a_known_number_does_not_say_whose_it_is(east, branch, foreign):
    elsewhere, former = identity_number(81), identity_number(82)
    MemberFactory(
        organization=BranchFactory(parent=foreign), name="赵六", id_number=elsewhere
    )
    MemberFactory(in_service=True, name="钱七", id_number=former)
    letter = record_letter(
        east,
        by=None,
        person_name="赵六",
        cause="family",
        from_text="武汉市委组织部",
        foreign_number="1",
        issued_on=today(),
        valid_days=30,
    )
    said = set()

    for number in (elsewhere, former):
        with pytest.raises(AlreadyRecorded) as refusal:
            admit_transferred(
                letter,
                branch,
                by=None,
                name="赵六",
                id_number=number,
                sex="1",
                birth_date=dt.date(1980, 1, 1),
                **KIND,
            )
        said.add(str(refusal.value))

    assert len(said) == 1
