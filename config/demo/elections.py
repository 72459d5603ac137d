"""Elections of a made-up city: one called, one counted, one approved."""

import datetime as dt
from collections.abc import Sequence

from communities.actions import (
    approve_election,
    call_election,
    count_votes,
    nominate,
    propose_officer,
)
from communities.actions.election_progress import ElectionProgress
from communities.actions.election_rules import count_voters
from communities.enums import BallotKind
from communities.models import Body, Candidate, Election
from config.demo.names import People
from members.models import Member
from organizations.models import Organization

COMMITTEE = 5
"""People on a committee: the secretary, a deputy and three more."""
TRAITS: tuple[list[str], ...] = (
    ["graduate"],
    ["veteran"],
    [],
    ["prosperous"],
    ["veteran"],
    [],
)
"""What kinds of people stand, in their order."""
Cast = tuple[int, int, int]


def make_elections(
    communities: Sequence[Organization], shown: Organization, people: People
) -> None:
    """Count one election, approve another, and call a third for a day to come."""
    committees = Body.objects.filter(kind__code="community_committee")
    others = [place for place in communities if place != shown]
    for place in others[-2:-1]:
        renewed = committees.get(organization=place)
        _approve(_elect_committee(renewed, people.today - dt.timedelta(days=20)))
    _call(committees.get(organization=others[-1]), people.today + dt.timedelta(days=20))
    counted = committees.get(organization=shown)
    _count_short(_call(counted, people.today - dt.timedelta(days=3)))


def _call(body: Body, day: dt.date) -> Election:
    """Call an election of the whole committee, with one candidate more than seats."""
    kinds = {kind.name: kind for kind in body.kind.seat_kinds.all()}
    seats = {kinds["书记"]: 1, kinds["副书记"]: 1, kinds["委员"]: COMMITTEE}
    election = call_election(body, held_on=day, seats=seats, by=None)
    people = Member.objects.belonging_to(body.organization).voting().order_by("-pk")
    for member, traits in zip(people[: COMMITTEE + 1], TRAITS, strict=False):
        nominate(election, kind=kinds["委员"], member=member, traits=traits, by=None)
    return election


def _standing(election: Election) -> list[Candidate]:
    return list(election.candidates.filter(by_committee=False).order_by("pk"))


def _count(election: Election, kind: BallotKind, votes: dict[int, Cast]) -> None:
    """Enter a count in which everybody came, and one ballot was invalid."""
    ballots = sum(next(iter(votes.values())))
    is_first = kind == BallotKind.FIRST
    count_votes(
        election,
        kind=kind,
        present=ballots + is_first,
        valid_ballots=ballots,
        invalid_ballots=int(is_first),
        votes=votes,
        by=None,
    )


def _count_short(election: Election) -> None:
    """Let the voters elect one too few: the last two have equal votes."""
    ballots = count_voters(election) - 1
    standing = _standing(election)
    votes = {one.pk: (ballots - 1, 1, 0) for one in standing[:-2]}
    few = ballots // 2
    votes |= {one.pk: (few, ballots - few, 0) for one in standing[-2:]}
    _count(election, BallotKind.FIRST, votes)


def _elect_committee(body: Body, day: dt.date) -> Election:
    """Let the voters elect a committee, and the committee its officers."""
    election = _call(body, day)
    ballots = count_voters(election) - 1
    standing = _standing(election)
    votes = {one.pk: (ballots - 1, 1, 0) for one in standing[:-1]}
    votes[standing[-1].pk] = (1, ballots - 1, 0)
    _count(election, BallotKind.FIRST, votes)
    posts = ElectionProgress(election).officers_posts
    officers = [
        propose_officer(election, kind=post.kind, person=person, by=None)
        for post, person in zip(posts, standing, strict=False)
    ]
    whole = {one.pk: (COMMITTEE, 0, 0) for one in officers}
    _count(election, BallotKind.COMMITTEE, whole)
    return election


def _approve(election: Election) -> None:
    approve_election(
        election,
        approved_by="街道党工委",
        approved_on=election.held_on + dt.timedelta(days=6),
        approval_number="街党〔2026〕12号",
        by=None,
    )
