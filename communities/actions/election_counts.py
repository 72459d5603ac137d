"""Count the votes of elections, correct a count, and take one back."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from communities.actions.ballot_faults import refuse_faults
from communities.actions.election_progress import ElectionProgress
from communities.actions.election_rules import count_voters, find_elected
from communities.actions.elections import lock_election
from communities.election_errors import NobodyLeft
from communities.enums import BallotKind
from communities.models import Ballot, BallotVotes, Body, Candidate, Election
from core import audit
from core.actions import action
from core.actors import Actor

Votes = tuple[int, int, int]
"""Votes for, votes against, abstentions."""
COUNTED = (
    *("held_on", "voters", "left_out", "left_out_reason", "present"),
    *("issued", "valid_ballots", "invalid_ballots"),
)
CAST = ("votes_for", "votes_against", "abstentions", "is_elected")


@action(label=_("Votes counted"))
def count_votes(
    election: Election,
    *,
    present: int,
    valid_ballots: int,
    votes: Mapping[int, Votes],
    by: Actor | None,
    kind: BallotKind = BallotKind.FIRST,
    held_on: dt.date | None = None,
    issued: int | None = None,
    invalid_ballots: int = 0,
    voters: int | None = None,
    left_out: int = 0,
    left_out_reason: str = "",
) -> Ballot:
    """Enter the votes of every candidate, and with them who was elected.

    The voters of a committee of the Party are the full members on the day; those of
    others are entered; in its own vote they are whoever was elected. Refuses a count
    with too few voters (R-47), with fewer candidates than seats, and votes that do not
    add up.
    """
    election, body = lock_election(election)
    progress = ElectionProgress(election)
    check_count(progress, kind)
    ballot = Ballot(
        election=election,
        number=len(progress.ballots) + 1,
        kind=kind,
        held_on=held_on or election.held_on,
        quorum=body.kind.election_quorum,
        voters=(voters or voters_of(progress, kind)) - left_out,
        left_out=left_out,
        left_out_reason=left_out_reason,
        present=present,
        issued=valid_ballots + invalid_ballots if issued is None else issued,
        valid_ballots=valid_ballots,
        invalid_ballots=invalid_ballots,
    )
    rows = _rows_of(ballot, progress, votes)
    refuse_faults(ballot, rows, progress)
    ballot.save()
    BallotVotes.objects.bulk_create(rows)
    audit.record(
        ballot,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(ballot, "election", "kind", *COUNTED),
    )
    return ballot


def check_count(progress: ElectionProgress, kind: BallotKind) -> None:
    """Refuse a count that nobody could enter now, whatever the votes."""
    if kind == BallotKind.COMMITTEE:
        progress.refuse_committee_count()
    elif kind == BallotKind.AGAIN:
        progress.refuse_second_count()
    else:
        progress.refuse_count()


def voters_of(progress: ElectionProgress, kind: BallotKind) -> int:
    """Return how many may vote: the committee's own people, or the full members."""
    if kind == BallotKind.COMMITTEE:
        return len({one.person_key for one in progress.committee})
    return count_voters(progress.election)


@action(label=_("Count of an election corrected"))
def correct_count(
    ballot: Ballot,
    *,
    reason: str,
    votes: Mapping[int, Votes],
    by: Actor | None,
    voters: int | None = None,
    **values: int | str | dt.date,
) -> Ballot:
    """Correct a mistyped count before the approval; the log keeps what it was.

    Who was elected follows from the corrected votes. Refuses a count on which a later
    one rests.
    """
    ballot, body = _lock_ballot(ballot)
    before = audit.snapshot(ballot, *COUNTED)
    for name, value in values.items():
        setattr(ballot, name, value)
    progress = ElectionProgress(ballot.election, without=ballot)
    known = voters or voters_of(progress, BallotKind(ballot.kind))
    ballot.voters = known - ballot.left_out
    rows = _rows_of(ballot, progress, votes)
    refuse_faults(ballot, rows, progress)
    ballot.save(update_fields=[*COUNTED])
    audit.record(
        ballot,
        by=by,
        organization_id=body.organization_id,
        before=before,
        after=audit.snapshot(ballot, *COUNTED),
        reason=reason,
    )
    for row in rows:
        _correct_votes(row, body, by=by, reason=reason)
    return ballot


def _correct_votes(
    row: BallotVotes, body: Body, *, by: Actor | None, reason: str
) -> None:
    """Write the corrected votes of one person, and what they were into the log."""
    stored = BallotVotes.objects.filter(ballot=row.ballot, candidate=row.candidate)
    known = stored.select_for_update(of=("self",)).first()
    before = audit.snapshot(known, *CAST) if known is not None else {}
    row.pk = known.pk if known is not None else None
    row.save()
    after = audit.snapshot(row, *CAST)
    if before != after:
        audit.record(
            row,
            by=by,
            organization_id=body.organization_id,
            before=before,
            after=after,
            reason=reason,
        )


@action(label=_("Count of an election voided"))
def void_count(ballot: Ballot, *, by: Actor | None, reason: str) -> Ballot:
    """Void the last count of an election: it is entered again, or held again."""
    ballot, body = _lock_ballot(ballot)
    ballot.save(update_fields=ballot.void(reason))
    audit.record_void(
        ballot, by=by, organization_id=body.organization_id, reason=reason
    )
    return ballot


def _lock_ballot(ballot: Ballot) -> tuple[Ballot, Body]:
    """Lock a count that may be corrected, with its election."""
    election, body = lock_election(ballot.election)
    ElectionProgress(election).refuse_correction(ballot)
    ballot = Ballot.all_objects.select_for_update(of=("self",)).get(pk=ballot.pk)
    ballot.election = election
    return ballot, body


def _rows_of(
    ballot: Ballot, progress: ElectionProgress, votes: Mapping[int, Votes]
) -> list[BallotVotes]:
    """Return the unsaved votes of a count, with who is elected by them.

    In the first count everybody who stands has votes; later on whoever still stands.
    """
    by_committee = ballot.kind == BallotKind.COMMITTEE
    rows = []
    for one in progress.to_be_voted_on(by_committee=by_committee):
        is_first = ballot.kind == BallotKind.FIRST and not one.is_written_in
        cast = votes.get(one.pk, (0, 0, 0) if is_first else None)
        if cast is not None:
            rows.append(_votes_for(ballot, one, cast))
    for post in progress.posts:
        of_post = [row for row in rows if row.candidate.kind_id == post.kind_id]
        for row in find_elected(of_post, progress.seats_left(post), ballot.present):
            row.is_elected = True
    if not rows:
        raise NobodyLeft
    return rows


def _votes_for(ballot: Ballot, candidate: Candidate, votes: Votes) -> BallotVotes:
    votes_for, votes_against, abstentions = votes
    return BallotVotes(
        ballot=ballot,
        candidate=candidate,
        present=ballot.present,
        valid_ballots=ballot.valid_ballots,
        votes_for=votes_for,
        votes_against=votes_against,
        abstentions=abstentions,
    )
