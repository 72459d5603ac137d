"""Call elections of bodies, count the votes, and begin the term when approved."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.actions.election_counts import lock_election, refuse_counted
from communities.actions.holdings import (
    lock_holder,
    record_non_member,
    refuse_outsider,
    take_seat,
)
from communities.actions.seats import lock_body, open_seat
from communities.actions.terms import begin_term
from communities.election_errors import (
    ApprovedBeforeElection,
    NobodyElected,
    NoMemberStands,
    NotCounted,
    NotElected,
)
from communities.enums import Eligibility, Filling
from communities.models import Body, Candidate, Election, NonMember, Seat, SeatKind
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from members.enums import Standing
from members.models import Member


@action(label=_("Election called"))
def call_election(
    body: Body, *, held_on: dt.date, seats: int, by: Actor | None
) -> Election:
    """Call the election of a body that is filled by election, for a day."""
    body = lock_body(body)
    if body.kind.filled_by != Filling.ELECTION or body.kind.term_years is None:
        raise NotElected(name=body.name)
    election = Election(body=body, held_on=held_on, seats=seats)
    validate(election)
    election.save()
    audit.record(
        election,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(election, "body", "held_on", "seats"),
    )
    return election


@action(label=_("Candidate nominated"))
def nominate(
    election: Election,
    *,
    kind: SeatKind,
    by: Actor | None,
    member: Member | None = None,
    non_member: NonMember | None = None,
    person: Mapping[str, Any] | None = None,
) -> Candidate:
    """Let somebody stand for a kind of seat; only full members for the Party's."""
    if member is not None:
        member = lock_holder(member)
    election, body = lock_election(election)
    refuse_counted(election)
    if person is not None:
        refuse_outsider(body, str(person.get("name", "")))
        non_member = record_non_member(body, person)
    candidate = Candidate(
        election=election, kind=kind, member=member, non_member=non_member
    )
    if member is None:
        refuse_outsider(body, candidate.name)
    elif body.kind.open_to == Eligibility.MEMBERS and member.standing != Standing.FULL:
        raise NoMemberStands(name=member.name, day=election.held_on)
    validate(candidate)
    candidate.save()
    audit.record(
        candidate,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(candidate, "election", "kind", "member", "non_member"),
    )
    return candidate


@action(label=_("Candidate withdrawn"))
def withdraw_candidate(candidate: Candidate, *, by: Actor | None) -> Candidate:
    """Take somebody off the list before the votes are counted."""
    election, body = lock_election(candidate.election)
    refuse_counted(election)
    candidate = election.candidates.select_for_update(of=("self",)).get(pk=candidate.pk)
    if candidate.withdrawn_on is not None:
        return candidate
    candidate.withdrawn_on = today()
    candidate.save(update_fields=["withdrawn_on"])
    audit.record(
        candidate,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(candidate, "withdrawn_on"),
    )
    return candidate


@action(label=_("Result of an election approved"))
def approve_election(
    election: Election,
    *,
    approved_by: str,
    approved_on: dt.date,
    by: Actor | None,
    approval_number: str = "",
) -> Election:
    """Approve a result: the new term begins and whoever was elected takes a seat.

    The term and the seats begin on the day of the election (R-10), all in one
    transaction with the approval; whatever refuses one of them refuses all.
    """
    _lock_elected(election)
    election, body = lock_election(election)
    if not election.is_counted:
        raise NotCounted
    refuse_future_day(approved_on)
    if approved_on < election.held_on:
        raise ApprovedBeforeElection(approved=approved_on, held=election.held_on)
    elected = list(election.candidates.standing().filter(is_elected=True))
    if not elected:
        raise NobodyElected
    day = election.held_on
    election.term = begin_term(
        body,
        starts_on=day,
        begun_by=Filling.ELECTION,
        by=by,
        approved_by=approved_by,
        approved_on=approved_on,
        basis_number=approval_number,
    )
    for candidate in sorted(elected, key=lambda one: one.kind.position):
        candidate.holding = take_seat(
            _vacant_seat(body, candidate.kind, day, by),
            by=by,
            channel=Filling.ELECTION,
            starts_on=day,
            member=candidate.member,
            non_member=candidate.non_member,
        )
        candidate.save(update_fields=["holding"])
    election.approved_by, election.approved_on = approved_by, approved_on
    election.approval_number = approval_number
    validate(election)
    changed = ["term", "approved_by", "approved_on", "approval_number"]
    election.save(update_fields=changed)
    audit.record(
        election,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(election, *changed),
    )
    return election


def _lock_elected(election: Election) -> None:
    """Lock who was elected before the body, as where a membership ends."""
    elected = election.candidates.filter(is_elected=True).values("member")
    rows = Member.all_objects.filter(pk__in=elected).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))


def _vacant_seat(body: Body, kind: SeatKind, day: dt.date, by: Actor | None) -> Seat:
    """Return a vacant seat of a kind, opened if there is none."""
    seats = body.seats.vacant(day).filter(kind=kind, ends_on=None)
    found: Seat | None = seats.exclude(
        holdings__ends_on=None, holdings__voided_at=None, holdings__isnull=False
    ).first()
    return found or open_seat(body, kind, by=by, on=day)


@action(label=_("Election voided"))
def void_election(election: Election, *, by: Actor | None, reason: str) -> Election:
    """Call an election off, or void its count; refuse one that was approved."""
    election, body = lock_election(election)
    election.save(update_fields=election.void(reason))
    audit.record_void(
        election, by=by, organization_id=body.organization_id, reason=reason
    )
    return election
