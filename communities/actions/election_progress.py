"""How far an election has come, and what is refused of it now, for whatever is typed.

Forms ask here before they open, pages before they offer them, and actions under their
lock, so that nothing is offered that will only be refused.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from communities.election_errors import (
    AlreadyApproved,
    CommitteeNotElected,
    CountedBefore,
    ElectionOver,
    ElectionVoided,
    LeaderNotElected,
    NobodyElected,
    NobodyLeft,
    NobodyProposed,
    NotApproved,
    NotCounted,
    NotTheLastCount,
    NotThereYet,
    OfficersCounted,
    TooFewCandidates,
)
from communities.enums import BallotKind
from communities.models import (
    Ballot,
    BallotVotes,
    Candidate,
    Election,
    ElectionPost,
)
from core.errors import DomainError
from core.months import today

Person = tuple[int | None, int | None]


class ElectionProgress:
    """The posts, counts and people of an election, read once.

    `without` leaves one count out, as if it had not been entered yet.
    """

    def __init__(self, election: Election, *, without: Ballot | None = None) -> None:
        self.election = election
        posts = election.posts.select_related("kind").order_by("kind__position", "pk")
        self.posts = list(posts)
        ballots = Ballot.objects.filter(election=election).order_by("number")
        votes = BallotVotes.objects.valid().filter(ballot__election=election)
        if without is not None:
            ballots = ballots.exclude(pk=without.pk)
            votes = votes.exclude(ballot=without)
        self.ballots, self.votes = list(ballots), list(votes.select_related("ballot"))
        self.standing = list(election.candidates.standing().order_by("pk"))
        self.elected_keys = {row.candidate_id for row in self.votes if row.is_elected}

    @property
    def voters_posts(self) -> list[ElectionPost]:
        """The seats into which the voters elect."""
        return [post for post in self.posts if not post.by_committee]

    @property
    def officers_posts(self) -> list[ElectionPost]:
        """The seats into which the committee elects from among itself."""
        return [post for post in self.posts if post.by_committee]

    def elected_into(self, post: ElectionPost) -> list[Candidate]:
        """Return who was elected into the seats of a post so far."""
        return [one for one in self.elected if one.kind_id == post.kind_id]

    @property
    def elected(self) -> list[Candidate]:
        """Everybody who was elected, by the voters or by the committee."""
        return [one for one in self.standing if one.pk in self.elected_keys]

    @property
    def committee(self) -> list[Candidate]:
        """Whom the voters elected."""
        return [one for one in self.elected if not one.by_committee]

    def seats_left(self, post: ElectionPost) -> int:
        """Return how many seats of a post are not filled yet."""
        return post.seats - len(self.elected_into(post))

    @property
    def is_short(self) -> bool:
        """Whether the voters elected too few, so that they may vote again."""
        return any(self.seats_left(post) for post in self.voters_posts)

    @property
    def committee_voted(self) -> bool:
        """Whether the committee's own vote was counted."""
        return any(row.kind == BallotKind.COMMITTEE for row in self.ballots)

    def to_be_voted_on(self, *, by_committee: bool = False) -> list[Candidate]:
        """Return who stands for seats that are left, in the next count."""
        left = {
            post.kind_id
            for post in self.posts
            if post.by_committee == by_committee and self.seats_left(post)
        }
        return [
            one
            for one in self.standing
            if one.by_committee == by_committee
            and one.kind_id in left
            and one.pk not in self.elected_keys
        ]

    def refuse_closed(self) -> None:
        """Refuse what changes an election that was voided or approved."""
        if self.election.voided_at is not None:
            raise ElectionVoided
        if self.election.is_over:
            raise ElectionOver

    def refuse_nomination(self) -> None:
        """Refuse to change who stands once the voters filled all seats."""
        self.refuse_closed()
        if self.ballots and (not self.is_short or self.committee_voted):
            raise CountedBefore

    def refuse_write_in(self) -> None:
        """Refuse people written in before the voters voted."""
        self.refuse_nomination()
        self._refuse_early()

    def refuse_count(self) -> None:
        """Refuse a first count on an early day, twice, or with too few candidates."""
        self.refuse_closed()
        if self.ballots:
            raise CountedBefore
        self._refuse_early()
        people: dict[int, int] = defaultdict(int)
        for one in self.standing:
            people[one.kind_id] += not one.by_committee
        for post in self.voters_posts:
            if people[post.kind_id] < post.seats:
                raise TooFewCandidates(
                    seat=post.kind.name,
                    candidates=people[post.kind_id],
                    seats=post.seats,
                )

    def refuse_second_count(self) -> None:
        """Refuse another count of the voters where no seat, or nobody, is left."""
        self.refuse_closed()
        if not self.ballots:
            raise NotCounted
        if self.committee_voted:
            raise OfficersCounted
        if not self.is_short:
            raise CountedBefore
        if not self.to_be_voted_on():
            raise NobodyLeft

    def refuse_officers(self) -> None:
        """Refuse to propose officers before there is a committee, or after its vote."""
        self.refuse_closed()
        if self.committee_voted:
            raise OfficersCounted
        if not self.officers_posts or not self.committee:
            raise CommitteeNotElected

    def refuse_committee_count(self) -> None:
        """Refuse the committee's count while it is not elected or nobody stands."""
        self.refuse_officers()
        if not self.to_be_voted_on(by_committee=True):
            raise NobodyProposed

    def refuse_approval(self) -> None:
        """Refuse to approve what has no result, or a committee without its leader."""
        if self.election.is_over and self.election.voided_at is None:
            raise AlreadyApproved(day=self.election.approved_on)
        self.refuse_closed()
        if not self.ballots:
            raise NotCounted
        if not self.elected:
            raise NobodyElected
        for post in self.officers_posts:
            if post.kind.leads and not self.elected_into(post):
                raise LeaderNotElected(seat=post.kind.name)

    def refuse_undo_approval(self) -> None:
        """Refuse to take back an approval that there is not."""
        if self.election.voided_at is not None:
            raise ElectionVoided
        if not self.election.is_over:
            raise NotApproved

    def refuse_correction(self, ballot: Ballot) -> None:
        """Refuse to correct a count on which another one rests."""
        self.refuse_closed()
        if not self.ballots or ballot != self.ballots[-1]:
            raise NotTheLastCount

    def _refuse_early(self) -> None:
        if self.election.held_on > today():
            raise NotThereYet(day=self.election.held_on)


def is_possible(check: Callable[..., None], *args: Any) -> bool:
    """Whether a check refuses nothing now."""
    try:
        check(*args)
    except DomainError:
        return False
    return True
