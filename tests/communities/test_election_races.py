"""What two people do at once with an election: nobody keeps a seat who has left."""

import datetime as dt

import pytest

from communities.actions import (
    approve_election,
    begin_term,
    call_election,
    void_approval,
    void_election,
    void_term,
)
from communities.election_errors import AlreadyCalled, CountedBefore
from communities.enums import Filling
from communities.errors import HolderGone
from communities.models import Ballot, Election, SeatHolding
from members.actions import end_membership
from members.enums import EndReason
from members.models import Member
from tests.communities.elections import DAY, count, elected
from tests.factories.communities import SeatHoldingFactory
from tests.stage import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

UNDO = pytest.mark.parametrize("undo", [void_approval, void_election])
MAY = dt.date(2026, 5, 1)


def approve(election):
    return approve_election(election, approved_by="街道", approved_on=DAY, by=None)


def end(member):
    return end_membership(member, reason=EndReason.DIED, by=None)


@pytest.fixture
def winner(election):
    """Who was elected."""
    count(election)
    assert elected(election) == ["张伟"]
    return Member.objects.get(name="张伟")


@pytest.fixture
def leader(committee, branch):
    """何静 led the committee before."""
    member = branch.members.get(name="何静")
    SeatHoldingFactory(
        seat=committee.seats.earliest("pk"),
        member=member,
        starts_on=dt.date(2026, 2, 1),
    )
    return member


def holds_a_seat(member):
    return SeatHolding.objects.filter(member=member, ends_on=None).exists()


def test_whoever_dies_during_the_approval_leaves_the_seat_at_once(election, winner):
    outcome = race(lambda: approve(election), lambda: end(winner))

    assert outcome.waited
    assert outcome.refusal is None
    assert not holds_a_seat(winner)


def test_who_died_a_moment_before_the_approval_takes_no_seat(election, winner):
    outcome = race(lambda: end(winner), lambda: approve(election))

    assert outcome.waited
    assert isinstance(outcome.refusal, HolderGone)
    assert not holds_a_seat(winner)


@UNDO
def test_whoever_dies_while_the_seat_is_given_back_leaves_it(
    undo, leader, election, winner
):
    approved = approve(election)
    outcome = race(lambda: undo(approved, by=None, reason="录错"), lambda: end(leader))

    assert outcome.waited
    assert outcome.refusal is None
    assert not holds_a_seat(leader)


@UNDO
def test_no_seat_is_given_back_to_who_died_a_moment_before(
    undo, leader, election, winner
):
    approved = approve(election)
    outcome = race(lambda: end(leader), lambda: undo(approved, by=None, reason="录错"))

    assert outcome.waited
    assert outcome.refusal is None
    assert not holds_a_seat(leader)


def test_whoever_dies_while_a_term_is_voided_leaves_the_seat(leader, committee):
    term = begin_term(
        committee,
        starts_on=MAY,
        begun_by=Filling.ELECTION,
        approved_by="街道",
        approved_on=MAY,
        by=None,
    )
    outcome = race(lambda: void_term(term, by=None, reason="录错"), lambda: end(leader))

    assert outcome.waited
    assert outcome.refusal is None
    assert not holds_a_seat(leader)


def test_a_count_is_entered_once(election):
    outcome = race(lambda: count(election), lambda: count(election))

    assert outcome.waited
    assert isinstance(outcome.refusal, CountedBefore)
    assert Ballot.objects.count() == 1


def test_an_election_is_called_once(committee):
    plain = committee.kind.seat_kinds.get(leads=False)

    def call():
        return call_election(committee, held_on=DAY, seats={plain: 1}, by=None)

    outcome = race(call, call)

    assert outcome.waited
    assert isinstance(outcome.refusal, AlreadyCalled)
    assert Election.objects.count() == 1
