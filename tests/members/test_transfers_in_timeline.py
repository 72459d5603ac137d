"""What a member's history tells of transfers: what was done, in the order it was."""

import datetime as dt

import pytest

from accounts.models import Notice
from core.months import today
from core.registries.timeline import timeline_of
from members.actions import (
    check_in,
    confirm_arrival,
    end_check_in,
    hand_on_transfer,
    receive_transfer,
    refuse_transfer,
    reissue_letter,
)
from members.enums import Category
from members.models import CheckIn
from members.transfers.whereabouts import describe_whereabouts
from tests.factories.members import MemberFactory, TransferFactory
from tests.factories.organizations import BranchFactory

DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch)


@pytest.fixture
def letter(member, other_street, foreign):
    proposed = TransferFactory(member=member, to=other_street, issued=True)
    return hand_on_transfer(proposed, foreign, by=None)


def lines(member, user, words):
    """The lines of today with one of some words, the earliest first."""
    told = [e for e in timeline_of(member, user)[::-1] if e.day == today()]
    return [str(e.label) for e in told if any(word in str(e.label) for word in words)]


def test_it_was_proposed_to_the_street_whoever_deals_with_it_now(
    letter, member, other_street, foreign, secretary
):
    (line,) = lines(member, secretary, ["提交"])

    assert other_street.name in line
    assert foreign.name not in line


def test_the_street_refuses_whoever_deals_with_it(
    letter, member, other_street, foreign, secretary
):
    refused = refuse_transfer(letter, by=None, reason="抬头写错")

    (line,) = lines(member, secretary, ["退回"])
    notice = Notice.objects.get(user=secretary, read_at=None)
    for text in (line, notice.text, describe_whereabouts(refused)):
        assert other_street.name in text
        assert foreign.name not in text


def test_the_steps_of_one_day_stand_in_their_order(letter, member, foreign, staff):
    there = BranchFactory(parent=foreign)
    new = reissue_letter(letter, by=None, reason="遗失")
    new = hand_on_transfer(new, foreign, by=None)
    confirm_arrival(new, there, by=None)
    receive_transfer(new, by=None)

    told = lines(member, staff, ["提交", "开具", "作废", "报到", "接收"])

    found = [
        next(word for word in ("提交", "开具", "作废", "接收", "报到") if word in line)
        for line in told
    ]
    assert found == ["提交", "开具", "作废", "提交", "开具", "报到", "接收"]


def test_check_ins_of_one_day_stand_in_their_order(east, west, staff):
    guest = MemberFactory(
        organization=None, community=east, category=Category.IN_SERVICE
    )
    CheckIn.objects.filter(member=guest).update(starts_on=today() - DAY)
    end_check_in(CheckIn.objects.get(member=guest), by=None)
    check_in(guest, west, by=None)

    told = lines(guest, staff, [east.name, west.name])

    assert [west.name in line for line in told] == [False, True]
