"""Who is elected, and whether enough voters were there: the rules in numbers."""

from collections.abc import Sequence

from communities.actions.roll import has_vote
from communities.enums import ElectionQuorum
from communities.models import BallotVotes, Election, SeatKind
from core.db.querysets import current_on
from core.db.tree import path_range
from members.lost_contacts.marks import states_on
from members.models import Affiliation, Member


def count_voters(election: Election) -> int:
    """Count the full members of the organization on the day of the election."""
    day = election.held_on
    there = path_range("organization", election.body.organization.path)
    rows = Affiliation.objects.filter(current_on(day), there)
    members = list(Member.objects.filter(pk__in=rows.values("member")))
    states = states_on((member.pk for member in members), day)
    return sum(has_vote(member, day, states.get(member.pk)) for member in members)


def is_enough(present: int, voters: int, quorum: ElectionQuorum) -> bool:
    """Whether so many of the voters make an election valid (R-47)."""
    if quorum == ElectionQuorum.FOUR_FIFTHS:
        return 0 < voters * 4 <= present * 5
    return present * 2 > voters


def fewest_present(voters: int, quorum: ElectionQuorum) -> int:
    """Return how many of the voters must be there at least (R-47)."""
    if quorum == ElectionQuorum.FOUR_FIFTHS:
        return -(-voters * 4 // 5)
    return voters // 2 + 1


def find_elected(
    rows: Sequence[BallotVotes], seats: int, present: int
) -> list[BallotVotes]:
    """Return who has the votes of more than half of those present, the most first.

    As many as there are seats. Of people with equal votes for whom there are too few
    seats nobody is elected.
    """
    enough = [row for row in rows if row.votes_for * 2 > present]
    ranked = sorted(enough, key=lambda row: -row.votes_for)
    if len(ranked) <= seats:
        return ranked
    next_votes = ranked[seats].votes_for
    return [row for row in ranked[:seats] if row.votes_for != next_votes]


def most_elected(kind: SeatKind, officers: int) -> int | None:
    """Return how many may be elected into a kind of seat; None without a limit.

    Whoever the committee elects to be its secretary leaves a seat of those into which
    the voters elected, so that there may be so many more.
    """
    if kind.by_committee or kind.most_elected is None:
        return kind.most_elected
    return kind.most_elected + (0 if kind.leads else officers)
