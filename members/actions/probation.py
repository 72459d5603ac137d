"""Decide on the probation of members: full membership, extension, the end (R-32)."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day
from members.actions.affiliations import end_membership, lock_member
from members.actions.changes import change_members
from members.development.probation import probation_of
from members.enums import EndReason, Precision, ProbationOutcome, Standing
from members.errors import DecidedBeforeJoining, NotOnProbation, VoidEndFirst
from members.models import Member, ProbationDecision
from organizations.actions import request_recount
from organizations.queries import counting_month


@action(label=_("Decision on a probation recorded"))
def decide_on_probation(
    member: Member,
    *,
    outcome: ProbationOutcome,
    decided_on: dt.date,
    approved_on: dt.date,
    by: Actor | None,
    **values: Any,
) -> ProbationDecision:
    """Record what was decided about a probation, and carry it out.

    Who passed is a full member from the end of the probation on, unless a later day is
    given; a cancelled membership ends with the approval (R-32).
    """
    member = lock_member(member)
    started_on, organization = member.join_date, member.organization
    due_on = probation_of(member).due_on
    is_probationary = member.standing == Standing.PROBATIONARY
    if not (is_probationary and organization and started_on and due_on):
        raise NotOnProbation(name=member.name)
    for day in (decided_on, approved_on):
        refuse_future_day(day)
    if decided_on < started_on:
        raise DecidedBeforeJoining(name=member.name, day=started_on)
    outcome = ProbationOutcome(outcome)
    full_on = values.pop("full_on", None) or due_on
    row = ProbationDecision(
        member=member,
        organization=organization,
        outcome=outcome,
        decided_on=decided_on,
        approved_on=approved_on,
        started_on=started_on,
        due_on=due_on,
        full_on=full_on if outcome == ProbationOutcome.PASSED else None,
        month=counting_month(organization, approved_on),
        **values,
    )
    if row.full_on is not None:
        refuse_future_day(row.full_on)
    validate(row)
    row.save()
    _carry_out(row, by=by)
    request_recount([(organization.pk, row.month)])
    audit.record(row, by=by, organization_id=organization.pk, after=audit.snapshot(row))
    return row


def _carry_out(row: ProbationDecision, *, by: Actor | None) -> None:
    if row.outcome == ProbationOutcome.PASSED:
        passed = {
            "standing": Standing.FULL,
            "full_member_date": row.full_on,
            "full_member_precision": Precision.DAY,
        }
        change_members([(row.member, passed)], by=by)
    if row.outcome == ProbationOutcome.CANCELLED:
        end_membership(
            row.member,
            reason=EndReason.STRUCK_OFF,
            by=by,
            on=row.approved_on,
            note=f"{row.get_outcome_display()} · {row.number}",
        )


@action(label=_("Decision on a probation voided"))
def void_probation_decision(
    row: ProbationDecision, *, reason: str, by: Actor | None
) -> None:
    """Void a decision that was recorded by mistake, and undo what it did."""
    member = lock_member(row.member)
    rows = ProbationDecision.objects.select_for_update(of=("self",))
    row = rows.select_related("organization").get(pk=row.pk)
    if row.outcome == ProbationOutcome.CANCELLED and member.ended_on is not None:
        raise VoidEndFirst(name=member.name)
    if row.outcome == ProbationOutcome.PASSED and member.standing == Standing.FULL:
        former = {"standing": Standing.PROBATIONARY, "full_member_date": None}
        change_members([(member, former)], by=by)
    month = counting_month(row.organization, row.month)
    row.save(update_fields=row.void_from(month, reason))
    request_recount([(row.organization_id, row.month)])
    audit.record_void(
        row,
        by=by,
        organization_id=row.organization_id,
        reason=reason,
        values=audit.snapshot(row, "outcome", "decided_on", "approved_on", "number"),
    )
