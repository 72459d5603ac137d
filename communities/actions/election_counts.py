"""Count the votes of elections, and find who was elected."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from communities.actions.roll import has_vote
from communities.actions.seats import lock_body
from communities.election_errors import (
    CountedBefore,
    ElectionOver,
    ElectionVoided,
    NotThereYet,
    TooFewCandidates,
    TooFewVoters,
    TooManyVotes,
    VotesDoNotAddUp,
)
from communities.enums import ElectionQuorum
from communities.models import Body, Candidate, Election, SeatKind
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.db.querysets import current_on
from core.db.tree import path_range
from core.months import today
from members.lost_contacts.marks import states_on
from members.models import Affiliation, Member

Votes = tuple[int, int, int]
"""Votes for, votes against, abstentions."""


@action(label=_("Votes counted"))
def count_votes(
    election: Election,
    *,
    present: int,
    valid_ballots: int,
    votes: Mapping[int, Votes],
    by: Actor | None,
    voters: int | None = None,
    left_out: int = 0,
    left_out_reason: str = "",
) -> Election:
    """Enter the votes of every candidate, and with them who was elected.

    The voters of a committee of the Party are the full members on the day; those of
    others are given. Refuses an election with too few voters (R-47), with fewer
    candidates than seats, and votes that do not add up.
    """
    election, body = lock_election(election)
    refuse_counted(election)
    if election.held_on > today():
        raise NotThereYet(day=election.held_on)
    election.voters = (voters or count_voters(election)) - left_out
    election.left_out, election.left_out_reason = left_out, left_out_reason
    election.present, election.valid_ballots = present, valid_ballots
    validate(election)
    _refuse_too_few_voters(election, body)
    candidates = list(
        election.candidates.standing().select_related("kind").order_by("pk")
    )
    if len(candidates) < election.seats:
        raise TooFewCandidates(candidates=len(candidates), seats=election.seats)
    for candidate in candidates:
        _enter_votes(candidate, votes.get(candidate.pk, (0, 0, 0)), valid_ballots)
    _refuse_too_many_votes(election, candidates)
    for candidate in find_elected(candidates, election.seats, present):
        candidate.is_elected = True
    counted = ["voters", "left_out", "left_out_reason", "present", "valid_ballots"]
    election.save(update_fields=counted)
    cast = ["votes_for", "votes_against", "abstentions", "is_elected"]
    Candidate.objects.bulk_update(candidates, cast)
    audit.record(
        election,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(election, *counted),
    )
    return election


def count_voters(election: Election) -> int:
    """Count the full members of the organization on the day of the election."""
    day = election.held_on
    there = path_range("organization", election.body.organization.path)
    rows = Affiliation.objects.filter(current_on(day), there)
    members = list(Member.objects.filter(pk__in=rows.values("member")))
    states = states_on((member.pk for member in members), day)
    return sum(has_vote(member, day, states.get(member.pk)) for member in members)


def _refuse_too_few_voters(election: Election, body: Body) -> None:
    present, voters = election.present or 0, election.voters or 0
    quorum = ElectionQuorum(body.kind.election_quorum)
    if not is_enough(present, voters, quorum):
        raise TooFewVoters(present=present, voters=voters, needed=quorum.label)


def is_enough(present: int, voters: int, quorum: ElectionQuorum) -> bool:
    """Whether so many of the voters make an election valid (R-47)."""
    if quorum == ElectionQuorum.FOUR_FIFTHS:
        return 0 < voters * 4 <= present * 5
    return present * 2 > voters


def _enter_votes(candidate: Candidate, votes: Votes, ballots: int) -> None:
    if sum(votes) != ballots:
        raise VotesDoNotAddUp(name=candidate.name, votes=sum(votes), ballots=ballots)
    candidate.votes_for, candidate.votes_against, candidate.abstentions = votes
    validate(candidate)


def _refuse_too_many_votes(election: Election, candidates: Sequence[Candidate]) -> None:
    votes = sum(candidate.votes_for or 0 for candidate in candidates)
    ballots = election.valid_ballots or 0
    if votes > ballots * election.seats:
        raise TooManyVotes(votes=votes, ballots=ballots, seats=election.seats)


def find_elected(
    candidates: Sequence[Candidate], seats: int, present: int
) -> list[Candidate]:
    """Return who has the votes of more than half of those present, the most first.

    Of each kind of seat at most as many as a body may have: one leader. Of people with
    equal votes for whom there are too few seats nobody is elected.
    """
    enough = [one for one in candidates if (one.votes_for or 0) * 2 > present]
    by_kind: dict[SeatKind, list[Candidate]] = {}
    for one in enough:
        by_kind.setdefault(one.kind, []).append(one)
    within = [
        one
        for kind, standing in by_kind.items()
        for one in _with_most_votes(
            standing, seats if kind.most_elected is None else kind.most_elected
        )
    ]
    return _with_most_votes(within, seats)


def _with_most_votes(candidates: Sequence[Candidate], places: int) -> list[Candidate]:
    """Return so many candidates with the most votes, without a tie for the last one."""
    ranked = sorted(candidates, key=lambda one: -(one.votes_for or 0))
    if len(ranked) <= places:
        return ranked
    next_votes = ranked[places].votes_for
    return [one for one in ranked[:places] if one.votes_for != next_votes]


def lock_election(election: Election) -> tuple[Election, Body]:
    """Lock an election that is under way, and its body."""
    body = lock_body(election.body)
    rows = Election.all_objects.select_for_update(of=("self",))
    election = rows.get(pk=election.pk)
    election.body = body
    if election.voided_at is not None:
        raise ElectionVoided
    if election.is_over:
        raise ElectionOver
    return election, body


def refuse_counted(election: Election) -> None:
    """Refuse to change an election whose votes were counted."""
    if election.is_counted:
        raise CountedBefore
