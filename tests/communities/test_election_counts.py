"""The counts of elections: quorum, majority, second ballots, corrections."""

import datetime as dt

import pytest
from django.db import IntegrityError

from accounts.models import AuditEntry
from communities.actions import (
    approve_election,
    correct_count,
    count_votes,
    nominate,
    propose_officer,
    void_count,
)
from communities.actions.election_rules import fewest_present, find_elected
from communities.election_errors import (
    CommitteeNotElected,
    CountedTooEarly,
    LeaderNotElected,
    NobodyElected,
    NotTheLastCount,
    OfficersCounted,
    SeveralFaults,
    TooFewCandidates,
    TooFewVoters,
    TooManyVotes,
    VotesDoNotAddUp,
    VotesOfSeveralDoNotAddUp,
)
from communities.enums import BallotKind, ElectionQuorum
from communities.models import Ballot, BallotVotes, SeatHolding
from core.errors import ConstraintViolated
from core.registries.invariants import invariants
from tests.communities.elections import DAY, address, count, elected
from tests.factories.communities import ElectionFactory
from tests.messages import refusal_of, rule_message, says

LATER = DAY + dt.timedelta(days=3)


def cast(election, *rows, kind=BallotKind.FIRST, present=4, **values):
    """Count votes for those who stand for the voters' or the committee's seats."""
    by_committee = kind == BallotKind.COMMITTEE
    people = election.candidates.filter(by_committee=by_committee).order_by("pk")
    votes = {one.pk: row for one, row in zip(people, rows, strict=False) if row}
    numbers = {"present": present, "valid_ballots": present, **values}
    return count_votes(election, kind=kind, votes=votes, by=None, **numbers)


def test_four_fifths_of_the_voters_must_be_there(election):
    with pytest.raises(TooFewVoters):
        count(election, (3, 0, 0), (0, 3, 0), present=3, valid_ballots=3)
    assert count(election).voters == 5


@pytest.mark.parametrize("present", [0, 3])
def test_the_database_refuses_a_count_without_four_fifths(election, present):
    count(election)
    with pytest.raises(IntegrityError):
        Ballot.objects.update(present=present, issued=0, valid_ballots=0)


def test_the_database_refuses_a_count_without_more_than_half(election):
    count(election)
    with pytest.raises(IntegrityError):
        Ballot.objects.update(quorum=ElectionQuorum.HALF, voters=8)


def test_the_database_refuses_who_was_elected_by_half(election):
    count(election)
    with pytest.raises(IntegrityError):
        BallotVotes.objects.filter(is_elected=True).update(votes_for=2)


@pytest.mark.parametrize(
    ("voters", "quorum", "needed"),
    [
        (5, ElectionQuorum.FOUR_FIFTHS, 4),
        (6, ElectionQuorum.FOUR_FIFTHS, 5),
        (10, ElectionQuorum.FOUR_FIFTHS, 8),
        (6, ElectionQuorum.HALF, 4),
        (7, ElectionQuorum.HALF, 4),
    ],
)
def test_so_many_must_be_present(voters, quorum, needed):
    assert fewest_present(voters, quorum) == needed


def test_who_is_left_out_by_agreement_is_no_voter_of_the_quorum(election):
    with pytest.raises(ConstraintViolated):
        count(election, left_out=2)
    few = {"present": 3, "valid_ballots": 3, "left_out": 2, "left_out_reason": "卧床"}
    counted = count(election, (3, 0, 0), (0, 3, 0), **few)
    assert (counted.voters, counted.left_out) == (3, 2)


def test_elected_is_who_has_more_than_half_of_those_present(election):
    count(election, (2, 2, 0), (1, 3, 0))
    assert elected(election) == []
    with pytest.raises(NobodyElected):
        approve_election(election, approved_by="街道", approved_on=DAY, by=None)


def test_invalid_ballots_elect_nobody(election):
    count(election, (2, 0, 0), (0, 2, 0), valid_ballots=2, invalid_ballots=2)
    assert elected(election) == []


def test_more_ballots_than_were_handed_out_are_refused(election):
    with pytest.raises(ConstraintViolated):
        count(election, issued=3)


def test_nobody_is_elected_of_two_with_equal_votes_for_one_seat(election):
    count(election, (2, 2, 0), (2, 2, 0))
    rows = [BallotVotes(votes_for=3), BallotVotes(votes_for=3)]
    assert find_elected(rows, 1, 4) == []
    assert len(find_elected(rows, 2, 4)) == 2


def test_votes_that_do_not_add_up_are_refused(election):
    with pytest.raises(VotesDoNotAddUp):
        count(election, (3, 1, 1))
    with pytest.raises(TooManyVotes):
        count(election, (3, 1, 0), (3, 1, 0))


def test_an_election_with_fewer_candidates_than_seats_is_not_counted(committee):
    plain = committee.kind.seat_kinds.get(leads=False)
    election = ElectionFactory(body=committee, seats={plain: 2})
    with pytest.raises(TooFewCandidates):
        count_votes(election, present=4, valid_ballots=4, votes={}, by=None)


def test_where_too_few_were_elected_the_voters_vote_again(congress):
    cast(congress, (4, 0, 0), (3, 1, 0), (2, 2, 0), (2, 2, 0))
    assert elected(congress) == ["张伟", "王芳"]

    again = cast(
        congress,
        *(None, None, (3, 1, 0), (0, 4, 0)),
        kind=BallotKind.AGAIN,
        held_on=LATER,
    )

    assert (again.number, again.held_on) == (2, LATER)
    assert elected(congress) == ["张伟", "王芳", "丁一"]


def test_a_second_ballot_gives_votes_for_the_seats_that_are_left_alone(congress):
    cast(congress, (4, 0, 0), (3, 1, 0), (2, 2, 0), (2, 2, 0))
    both = (None, None, (3, 1, 0), (3, 1, 0))
    with pytest.raises(TooManyVotes):
        cast(congress, *both, kind=BallotKind.AGAIN)


def test_a_second_ballot_is_not_held_before_the_first(congress):
    cast(congress, (4, 0, 0), (3, 1, 0), (2, 2, 0), (2, 2, 0))
    day = DAY - dt.timedelta(days=1)
    rows = (None, None, (3, 1, 0), (0, 4, 0))
    with pytest.raises(CountedTooEarly):
        cast(congress, *rows, kind=BallotKind.AGAIN, held_on=day)


def test_whoever_was_written_in_is_elected_like_everybody(election, branch):
    leader = election.body.kind.seat_kinds.get(leads=True)
    he = branch.members.get(name="何静")
    written = nominate(election, kind=leader, member=he, by=None, is_written_in=True)

    one, two = election.candidates.order_by("pk")[:2]
    votes = {one.pk: (0, 4, 0), two.pk: (1, 3, 0), written.pk: (3, 0, 0)}
    count_votes(election, present=4, valid_ballots=4, votes=votes, by=None)

    assert elected(election) == ["何静"]
    assert [*invariants.get("communities.votes").broken()] == []


def test_the_committee_elects_its_secretary_afterwards(congress):
    first, second = congress.candidates.order_by("pk")[:2]
    leader = congress.body.kind.seat_kinds.get(leads=True)
    with pytest.raises(CommitteeNotElected):
        propose_officer(congress, kind=leader, person=first, by=None)
    cast(congress, (4, 0, 0), (3, 1, 0), (3, 1, 0), (1, 3, 0))
    with pytest.raises(LeaderNotElected):
        approve_election(congress, approved_by="街道", approved_on=DAY, by=None)
    propose_officer(congress, kind=leader, person=second, by=None)

    plenary = cast(congress, (2, 0, 1), kind=BallotKind.COMMITTEE, present=3)
    approve_election(congress, approved_by="街道", approved_on=DAY, by=None)

    assert plenary.voters == 3
    sits = {row.holder_name: row.seat.kind.name for row in SeatHolding.objects.all()}
    assert sits == {"张伟": "委员", "王芳": "主任", "丁一": "委员"}


def test_after_the_committee_the_voters_do_not_vote_again(congress):
    leader = congress.body.kind.seat_kinds.get(leads=True)
    cast(congress, (4, 0, 0), (3, 1, 0), (2, 2, 0), (2, 2, 0))
    first = congress.candidates.first()
    propose_officer(congress, kind=leader, person=first, by=None)
    cast(congress, (2, 0, 0), kind=BallotKind.COMMITTEE, present=2)
    rows = (None, None, (3, 1, 0), (0, 4, 0))
    with pytest.raises(OfficersCounted):
        cast(congress, *rows, kind=BallotKind.AGAIN)


def test_a_mistyped_count_is_corrected_and_the_log_keeps_what_it_was(
    election, secretary
):
    ballot = count(election)
    one, two = election.candidates.order_by("pk")
    correct_count(
        ballot,
        votes={one.pk: (1, 3, 0), two.pk: (3, 1, 0)},
        present=5,
        issued=4,
        reason="两人票数录反",
        by=secretary,
    )

    ballot.refresh_from_db()
    assert ballot.present == 5
    assert elected(election) == ["王芳"]
    entries = AuditEntry.objects.filter(action="communities.correct_count")
    assert {entry.reason for entry in entries} == {"两人票数录反"}
    assert {entry.actor_id for entry in entries} == {secretary.pk}
    kept = entries.get(subject_type="communities.Ballot")
    assert (kept.before["present"], kept.after["present"]) == (4, 5)
    votes = entries.filter(subject_type="communities.BallotVotes")
    assert sorted(entry.before["votes_for"] for entry in votes) == [1, 3]


def test_a_count_on_which_another_rests_is_not_corrected(congress):
    first = cast(congress, (4, 0, 0), (3, 1, 0), (2, 2, 0), (2, 2, 0))
    rows = (None, None, (3, 1, 0), (0, 4, 0))
    again = cast(congress, *rows, kind=BallotKind.AGAIN)
    with pytest.raises(NotTheLastCount):
        correct_count(first, votes={}, reason="录错", by=None)

    void_count(again, by=None, reason="录错")
    void_count(first, by=None, reason="录错")

    assert elected(congress) == []
    cast(congress, (4, 0, 0), (3, 1, 0), (3, 1, 0), (1, 3, 0))
    assert len(elected(congress)) == 3


def test_a_count_is_corrected_on_its_page(enter, secretary, election):
    ballot = count(election)
    keeper = enter(secretary)
    page = keeper.get(address("correct_count", ballot.pk))
    form = page.context["form"]
    one, two = election.candidates.order_by("pk")
    sent = {name: form[name].value() for name in form.fields}
    sent |= {f"for_{one.pk}": 1, f"against_{one.pk}": 3}
    sent |= {f"for_{two.pk}": 3, f"against_{two.pk}": 1, "reason": "录反"}

    keeper.post(address("correct_count", ballot.pk), sent)

    assert elected(election) == ["王芳"]


def test_verify_finds_votes_unlike_their_count(election):
    ballot = count(election)
    assert [*invariants.get("communities.ballots").broken()] == []
    Ballot.objects.filter(pk=ballot.pk).update(present=5)
    assert len([*invariants.get("communities.ballots").broken()]) == 2


def test_verify_finds_votes_that_do_not_add_up(election):
    count(election)
    BallotVotes.objects.filter(is_elected=False).update(votes_against=1)
    assert len([*invariants.get("communities.votes").broken()]) == 1


def test_verify_finds_more_people_elected_than_there_are_seats(election):
    count(election)
    assert [*invariants.get("communities.elected").broken()] == []
    BallotVotes.objects.update(votes_for=4, votes_against=0, is_elected=True)
    assert len([*invariants.get("communities.elected").broken()]) == 1


def test_all_faults_of_a_count_are_said_at_once(election):
    with pytest.raises(SeveralFaults) as refused:
        count(election, (4, 0, 0), (4, 1, 0), present=3, valid_ballots=4)

    said = str(refused.value)
    for fault in (TooFewVoters, VotesDoNotAddUp, TooManyVotes):
        assert says(said, refusal_of(fault))
    assert rule_message("ballot_adds_up") in said
    assert not Ballot.objects.exists()


def test_everybody_whose_votes_do_not_add_up_is_named(election):
    with pytest.raises(VotesOfSeveralDoNotAddUp) as refused:
        count(election, (2, 0, 0), (1, 0, 0))

    assert "张伟 2、王芳 1" in str(refused.value)
