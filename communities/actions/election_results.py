"""Approve the results of elections, and take back what was approved by mistake."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from communities.actions.election_progress import ElectionProgress, Person
from communities.actions.elections import lock_any_election
from communities.actions.endings import void_with_seat
from communities.actions.holdings import lock_members, take_seat
from communities.actions.seats import open_seat
from communities.actions.term_voids import void_latest_term
from communities.actions.terms import begin_term, names_of
from communities.election_errors import (
    ApprovedBeforeElection,
    ElectedSince,
    TermEndedSince,
)
from communities.enums import ENDED_WITH_THE_TERM, Filling
from communities.models import (
    Body,
    Candidate,
    Election,
    Seat,
    SeatHolding,
    SeatKind,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day
from members.models import Member

APPROVAL = ("approved_by", "approved_on", "approval_number")
CARRIED = (
    "recruited_from",
    "works_since",
    "is_full_time",
    "is_long_term",
    "is_actual_lead",
)
"""What is still true of somebody who is elected into the body again."""


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
    transaction with the approval; whatever refuses one of them refuses all. Who sat in
    the body before keeps what was said of their work.
    """
    _lock_elected(election)
    election, body = lock_any_election(election)
    progress = ElectionProgress(election)
    progress.refuse_approval()
    _check_approval(election, approved_on)
    day = election.held_on
    before = _held_before(body)
    election.term = begin_term(
        body,
        starts_on=day,
        begun_by=Filling.ELECTION,
        by=by,
        approved_by=approved_by,
        approved_on=approved_on,
        basis_number=approval_number,
        is_elected=True,
    )
    for candidate in seated(progress):
        candidate.holding = take_seat(
            _vacant_seat(body, candidate.kind, day, by),
            by=by,
            channel=Filling.ELECTION,
            starts_on=day,
            member=candidate.member,
            non_member=candidate.non_member,
            unit=candidate.unit,
            **before.get(candidate.person_key, {}),
        )
        candidate.save(update_fields=["holding"])
    election.approved_by, election.approved_on = approved_by, approved_on
    election.approval_number = approval_number
    validate(election)
    changed = ["term", *APPROVAL]
    election.save(update_fields=changed)
    audit.record(
        election,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(election, *changed),
    )
    return election


def seated(progress: ElectionProgress) -> list[Candidate]:
    """Return who takes a seat: an officer that of the office, everybody else their own.

    In the order of the roster.
    """
    officers = {one.person_key for one in progress.elected if one.by_committee}
    found = [
        one
        for one in progress.elected
        if one.by_committee or one.person_key not in officers
    ]
    return sorted(found, key=lambda one: (one.kind.position, one.pk))


def _check_approval(election: Election, day: dt.date) -> None:
    refuse_future_day(day)
    if day < election.held_on:
        raise ApprovedBeforeElection(approved=day, held=election.held_on)


def _held_before(body: Body) -> dict[Person, dict[str, Any]]:
    """Return what is said of the work of those who sit in a body, by person."""
    rows = SeatHolding.objects.filter(seat__body=body, ends_on=None)
    return {
        (row.member_id, row.non_member_id): {
            name: getattr(row, name) for name in CARRIED
        }
        for row in rows
    }


def _lock_elected(election: Election) -> None:
    """Lock who was elected before the body, as where a membership ends."""
    elected = election.candidates.elected().values("member")
    lock_members(Member.all_objects.filter(pk__in=elected))


def _vacant_seat(body: Body, kind: SeatKind, day: dt.date, by: Actor | None) -> Seat:
    """Return a vacant seat of a kind, opened if there is none."""
    held = SeatHolding.objects.filter(seat__body=body, ends_on=None)
    seats = body.seats.vacant(day).filter(kind=kind, ends_on=None)
    found: Seat | None = seats.exclude(pk__in=held.values("seat")).first()
    return found or open_seat(body, kind, by=by, on=day)


@action(label=_("Approval of an election corrected"))
def change_approval(
    election: Election, *, by: Actor | None, **values: str | dt.date
) -> Election:
    """Correct by whom, when and in which paper a result was approved."""
    election, body = lock_any_election(election)
    ElectionProgress(election).refuse_undo_approval()
    place = body.organization_id
    with audit.recording(election, *values, by=by, organization_id=place):
        for name, value in values.items():
            setattr(election, name, value)
        if election.approved_on is not None:
            _check_approval(election, election.approved_on)
        validate(election)
        election.save(update_fields=[*values])
        term = election.term
        if term is not None:
            term.approved_by = election.approved_by
            term.approved_on = election.approved_on
            term.basis_number = election.approval_number
            validate(term)
            term.save(update_fields=["approved_by", "approved_on", "basis_number"])
    return election


@action(label=_("Approval of an election taken back"))
def void_approval(election: Election, *, by: Actor | None, reason: str) -> Election:
    """Take back an approval: its term and seats are voided as a mistake.

    The election is counted and waits for its approval again, so that a count can be
    corrected first.
    """
    _lock_concerned(election)
    election, body = lock_any_election(election)
    ElectionProgress(election).refuse_undo_approval()
    _void_term(election, body, by=by, reason=reason)
    before = audit.snapshot(election, "term", *APPROVAL)
    election.candidates.update(holding=None)
    election.term, election.approved_on = None, None
    election.approved_by = election.approval_number = ""
    validate(election)
    election.save(update_fields=["term", *APPROVAL])
    audit.record(
        election,
        by=by,
        organization_id=body.organization_id,
        before=before,
        after=audit.snapshot(election, "term", *APPROVAL),
        reason=reason,
    )
    return election


@action(label=_("Election voided"))
def void_election(election: Election, *, by: Actor | None, reason: str) -> Election:
    """Call an election off, or void it with its result.

    The term and the seats of an approved one are voided as a mistake in the same
    transaction: the term before it goes on, with whoever sat in it.
    """
    _lock_concerned(election)
    election, body = lock_any_election(election)
    if election.is_over and election.voided_at is None:
        _void_term(election, body, by=by, reason=reason)
    else:
        ElectionProgress(election).refuse_closed()
    election.save(update_fields=election.void(reason))
    audit.record_void(
        election, by=by, organization_id=body.organization_id, reason=reason
    )
    return election


def _lock_concerned(election: Election) -> None:
    """Lock who was elected, and who made room for them, before the body."""
    held = SeatHolding.objects.filter(seat__body=election.body_id)
    emptied = held.filter(end_reason__in=ENDED_WITH_THE_TERM).values("member")
    elected = election.candidates.exclude(holding=None).values("member")
    concerned = Q(pk__in=emptied) | Q(pk__in=elected)
    lock_members(Member.all_objects.filter(concerned))


def _void_term(
    election: Election, body: Body, *, by: Actor | None, reason: str
) -> None:
    """Void the term that an election began, and whoever took a seat with it."""
    term = election.term
    if term is None or term.ended_on is not None:
        raise TermEndedSince(name=body.name)
    holdings = SeatHolding.objects.filter(candidate__election=election)
    rows = SeatHolding.objects.filter(seat__body=body, term=term)
    if names := names_of(rows.exclude(pk__in=holdings)):
        raise ElectedSince(names=names)
    seats = set()
    for holding in holdings.order_by("pk"):
        seats.add(holding.seat_id)
        holding.save(update_fields=holding.void(reason))
        audit.record_void(
            holding, by=by, organization_id=body.organization_id, reason=reason
        )
        void_with_seat(holding, by=by, reason=reason)
    void_latest_term(body, term, by=by, reason=reason)
    _close_unused(body.seats.filter(pk__in=seats, starts_on=election.held_on))


def _close_unused(seats: QuerySet[Seat]) -> None:
    """Close seats that the approval opened, and that nobody ever held."""
    for seat in seats:
        if seat.ends_on is None and not seat.holdings.exists():
            seat.ends_on = seat.starts_on + dt.timedelta(days=1)
            seat.save(update_fields=["ends_on"])
