"""What is wrong with a count of votes: all of it is said at once."""

from collections.abc import Iterator, Sequence

from communities.actions.election_progress import ElectionProgress
from communities.actions.election_rules import is_enough
from communities.election_errors import (
    CountedTooEarly,
    SeveralFaults,
    TooFewVoters,
    TooManyVotes,
    VotesDoNotAddUp,
    VotesOfSeveralDoNotAddUp,
)
from communities.enums import ElectionQuorum
from communities.models import Ballot, BallotVotes
from core.db.constraints import find_violated_constraints, validate
from core.errors import ConstraintViolated, DomainError
from core.months import refuse_future_day

QUORUM_RULES = {"ballot_had_four_fifths", "ballot_had_more_than_half"}
"""Rules that `TooFewVoters` tells with the numbers."""


def refuse_faults(
    ballot: Ballot, rows: Sequence[BallotVotes], progress: ElectionProgress
) -> None:
    """Refuse a count with all its faults: too few voters (R-47), and wrong numbers."""
    refuse_future_day(ballot.held_on)
    faults = [
        *_find_faults_of_ballot(ballot, progress),
        *_find_votes_that_do_not_add_up(ballot, rows),
        *_find_too_many_votes(ballot, rows, progress),
    ]
    if not faults:
        validate(ballot)
        return
    faults += _find_broken_rules(ballot)
    if len(faults) == 1:
        raise faults[0]
    raise SeveralFaults(faults=" ".join(str(fault) for fault in faults))


def _find_faults_of_ballot(
    ballot: Ballot, progress: ElectionProgress
) -> Iterator[DomainError]:
    earlier = [row.held_on for row in progress.ballots]
    first = max([progress.election.held_on, *earlier])
    if ballot.held_on < first:
        yield CountedTooEarly(day=ballot.held_on, first=first)
    quorum = ElectionQuorum(ballot.quorum)
    if ballot.present <= ballot.voters and not is_enough(
        ballot.present, ballot.voters, quorum
    ):
        yield TooFewVoters(
            present=ballot.present, voters=ballot.voters, needed=quorum.label
        )


def _find_votes_that_do_not_add_up(
    ballot: Ballot, rows: Sequence[BallotVotes]
) -> Iterator[DomainError]:
    """Yield whose votes are not the valid ballots; written in have those in favour."""
    ballots, wrong = ballot.valid_ballots, []
    for row in rows:
        votes = row.votes_for + row.votes_against + row.abstentions
        is_short = votes < ballots and not row.candidate.is_written_in
        if votes > ballots or is_short:
            wrong.append((row.candidate.name, votes))
    if len(wrong) == 1:
        ((name, votes),) = wrong
        yield VotesDoNotAddUp(name=name, votes=votes, ballots=ballots)
    elif wrong:
        people = "、".join(f"{name} {votes}" for name, votes in wrong)
        yield VotesOfSeveralDoNotAddUp(people=people, ballots=ballots)


def _find_too_many_votes(
    ballot: Ballot, rows: Sequence[BallotVotes], progress: ElectionProgress
) -> Iterator[DomainError]:
    """Yield where more votes are in favour than the ballots can give for the seats."""
    for post in progress.posts:
        of_post = [row for row in rows if row.candidate.kind_id == post.kind_id]
        votes, ballots = sum(row.votes_for for row in of_post), ballot.valid_ballots
        seats = progress.seats_left(post)
        if votes > ballots * seats:
            yield TooManyVotes(votes=votes, ballots=ballots, seats=seats)


def _find_broken_rules(ballot: Ballot) -> list[DomainError]:
    (rules,) = find_violated_constraints([ballot])
    return [
        ConstraintViolated(rule=rule.get_violation_error_message())
        for rule in rules
        if rule.name not in QUORUM_RULES
    ]
