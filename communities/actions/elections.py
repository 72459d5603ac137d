"""Call elections of bodies, and enter who stands in them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.actions.election_progress import ElectionProgress
from communities.actions.election_rules import most_elected
from communities.actions.holdings import (
    lock_holder,
    record_non_member,
    refuse_outsider,
)
from communities.actions.seats import lock_body
from communities.election_errors import (
    AlreadyCalled,
    CommitteeChooses,
    ElectionOver,
    ElectionVoided,
    NoMemberStands,
    NoSeatsCalled,
    NotElected,
    NotOnCommittee,
    TooManySeatsCalled,
    VotesEntered,
)
from communities.enums import Eligibility, Filling
from communities.errors import TemporaryElectsNobody
from communities.models import (
    BallotVotes,
    Body,
    Candidate,
    CandidateTrait,
    Election,
    ElectionPost,
    NonMember,
    SeatKind,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate, validate_all
from core.months import today
from members.enums import Standing
from members.models import Member
from organizations.models import Unit
from organizations.queries import is_temporary


@action(label=_("Election called"))
def call_election(
    body: Body, *, held_on: dt.date, seats: Mapping[SeatKind, int], by: Actor | None
) -> Election:
    """Call the election of a body for a day, with the seats of each kind to fill.

    What the committee elects from among itself is not counted twice: those seats are
    among the ones into which the voters elect.
    """
    body = lock_body(body)
    refuse_call(body)
    posts = {kind: count for kind, count in seats.items() if count}
    if not any(not kind.by_committee for kind in posts):
        raise NoSeatsCalled
    officers = sum(count for kind, count in posts.items() if kind.by_committee)
    for kind, count in posts.items():
        most = most_elected(kind, officers)
        if most is not None and count > most:
            raise TooManySeatsCalled(seat=kind.name, most=most)
    election = Election(body=body, held_on=held_on)
    validate(election)
    election.save()
    rows = [
        ElectionPost(
            election=election, kind=kind, seats=count, by_committee=kind.by_committee
        )
        for kind, count in posts.items()
    ]
    validate_all(rows)
    ElectionPost.objects.bulk_create(rows)
    audit.record(
        election,
        by=by,
        organization_id=body.organization_id,
        after={
            **audit.snapshot(election, "body", "held_on"),
            "seats": "、".join(str(row) for row in rows),
        },
    )
    return election


def refuse_call(body: Body) -> None:
    """Refuse elections of bodies that have none, and a second one at a time."""
    if body.kind.filled_by != Filling.ELECTION or body.kind.term_years is None:
        raise NotElected(name=body.name)
    if is_temporary(body.organization):
        raise TemporaryElectsNobody(name=body.organization.name)
    running = Election.objects.under_way().filter(body=body).first()
    if running is not None:
        raise AlreadyCalled(name=body.name, day=running.held_on)


@action(label=_("Candidate nominated"))
def nominate(
    election: Election,
    *,
    kind: SeatKind,
    by: Actor | None,
    member: Member | None = None,
    non_member: NonMember | None = None,
    person: Mapping[str, Any] | None = None,
    unit: Unit | None = None,
    is_written_in: bool = False,
    traits: Sequence[str] = (),
) -> Candidate:
    """Let somebody stand for a kind of seat; only full members for the Party's.

    Voters may write in whom nobody nominated; they are entered with the count.
    """
    if member is not None:
        member = lock_holder(member)
    election, body = lock_election(election)
    _check_nomination(election, kind, is_written_in=is_written_in)
    if person is not None:
        refuse_outsider(body, str(person.get("name", "")))
        non_member = record_non_member(body, person)
    candidate = Candidate(
        election=election,
        kind=kind,
        member=member,
        non_member=non_member,
        unit=unit,
        is_written_in=is_written_in,
    )
    if member is None:
        refuse_outsider(body, candidate.name)
    elif body.kind.open_to == Eligibility.MEMBERS and member.standing != Standing.FULL:
        raise NoMemberStands(name=member.name, day=election.held_on)
    return _save_candidate(candidate, body, by, traits)


def _check_nomination(
    election: Election, kind: SeatKind, *, is_written_in: bool
) -> None:
    """Refuse names that come too late, and seats that voters do not fill."""
    progress = ElectionProgress(election)
    if is_written_in:
        progress.refuse_write_in()
    else:
        progress.refuse_nomination()
    if kind.pk not in {post.kind_id for post in progress.voters_posts}:
        raise CommitteeChooses(seat=kind.name)


@action(label=_("Candidate for an office of the committee proposed"))
def propose_officer(
    election: Election, *, kind: SeatKind, person: Candidate, by: Actor | None
) -> Candidate:
    """Propose somebody whom the voters elected for an office of the committee."""
    election, body = lock_election(election)
    progress = ElectionProgress(election)
    progress.refuse_officers()
    if kind.pk not in {post.kind_id for post in progress.officers_posts}:
        raise CommitteeChooses(seat=kind.name)
    if person.pk not in {one.pk for one in progress.committee}:
        raise NotOnCommittee(name=person.name)
    candidate = Candidate(
        election=election,
        kind=kind,
        by_committee=True,
        member=person.member,
        non_member=person.non_member,
        unit=person.unit,
    )
    return _save_candidate(candidate, body, by)


def _save_candidate(
    candidate: Candidate, body: Body, by: Actor | None, traits: Sequence[str] = ()
) -> Candidate:
    validate(candidate)
    candidate.save()
    kept = list(dict.fromkeys(traits))
    rows = [CandidateTrait(candidate=candidate, trait=trait) for trait in kept]
    validate_all(rows)
    CandidateTrait.objects.bulk_create(rows)
    columns = ["election", "kind", "member", "non_member", "unit", "is_written_in"]
    audit.record(
        candidate,
        by=by,
        organization_id=body.organization_id,
        after={
            **audit.snapshot(candidate, *columns),
            **({"traits": kept} if kept else {}),
        },
    )
    return candidate


@action(label=_("Candidate withdrawn"))
def withdraw_candidate(candidate: Candidate, *, by: Actor | None) -> Candidate:
    """Take somebody off the list before their votes are counted."""
    election, body = lock_election(candidate.election)
    candidate = election.candidates.select_for_update(of=("self",)).get(pk=candidate.pk)
    if candidate.withdrawn_on is not None:
        return candidate
    refuse_withdrawal(candidate)
    candidate.withdrawn_on = today()
    candidate.save(update_fields=["withdrawn_on"])
    audit.record(
        candidate,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(candidate, "withdrawn_on"),
    )
    return candidate


def refuse_withdrawal(candidate: Candidate) -> None:
    """Refuse to take somebody off the list whose votes were counted."""
    ElectionProgress(candidate.election).refuse_closed()
    if BallotVotes.objects.valid().filter(candidate=candidate).exists():
        raise VotesEntered(name=candidate.name)


def lock_election(election: Election) -> tuple[Election, Body]:
    """Lock an election that is under way, and its body."""
    election, body = lock_any_election(election)
    if election.voided_at is not None:
        raise ElectionVoided
    if election.is_over:
        raise ElectionOver
    return election, body


def lock_any_election(election: Election) -> tuple[Election, Body]:
    """Lock an election, however far it has come, and its body."""
    body = lock_body(election.body)
    rows = Election.all_objects.select_for_update(of=("self",))
    election = rows.select_related("term").get(pk=election.pk)
    election.body = body
    return election, body
