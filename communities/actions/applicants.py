"""Enter who applied for seats, take people on, and close the call."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.holdings import (
    lock_holder,
    record_non_member,
    refuse_outsider,
    take_seat,
)
from communities.actions.recruitments import (
    lock_recruitment,
    refuse_closed,
    refuse_full,
)
from communities.enums import ApplicantResult, Filling
from communities.models import Applicant, Body, NonMember, Recruitment, SeatHolding
from communities.staffing_errors import (
    ApplicationDecided,
    AppliedTooEarly,
    DecidedTooEarly,
    NoVacantSeat,
    RecruitmentVoided,
    SomebodyTakenOn,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from members.models import Member

APPLIED = ("recruitment", "member", "non_member", "recruited_from", "applied_on")


@action(label=_("Application for a seat recorded"))
def add_applicant(
    recruitment: Recruitment,
    *,
    recruited_from: str,
    by: Actor | None,
    applied_on: dt.date | None = None,
    member: Member | None = None,
    non_member: NonMember | None = None,
    person: Mapping[str, Any] | None = None,
    remark: str = "",
) -> Applicant:
    """Record that somebody applied: a member, or somebody who is none."""
    if member is not None:
        member = lock_holder(member)
    recruitment, body = lock_recruitment(recruitment)
    refuse_closed(recruitment)
    day = applied_on or today()
    refuse_future_day(day)
    if day < recruitment.announced_on:
        raise AppliedTooEarly(first=recruitment.announced_on, day=day)
    if person is not None:
        refuse_outsider(body, str(person.get("name", "")))
        non_member = record_non_member(body, person)
    applicant = Applicant(
        recruitment=recruitment,
        member=member,
        non_member=non_member,
        recruited_from=recruited_from,
        applied_on=day,
        remark=remark,
    )
    if member is None:
        refuse_outsider(body, applicant.name)
    validate(applicant)
    applicant.save()
    audit.record(
        applicant,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(applicant, *APPLIED, "remark"),
    )
    return applicant


@action(label=_("Applicant taken on"))
def take_on(
    applicant: Applicant,
    *,
    by: Actor | None,
    starts_on: dt.date | None = None,
    **details: Any,
) -> SeatHolding:
    """Let an applicant take a vacant seat of the kind that was called for."""
    if applicant.member is not None:
        lock_holder(applicant.member)
    recruitment, body = lock_recruitment(applicant.recruitment)
    applicant = _lock_applicant(applicant)
    refuse_decided(applicant)
    refuse_full(recruitment)
    day = starts_on or today()
    _refuse_early(applicant, day)
    seat = body.seats.vacant(day).filter(kind=recruitment.kind, ends_on=None).first()
    if seat is None:
        raise NoVacantSeat(body=body.name, seat=recruitment.kind.name)
    applicant.holding = take_seat(
        seat,
        by=by,
        channel=Filling.RECRUITMENT,
        starts_on=day,
        member=applicant.member,
        non_member=applicant.non_member,
        recruited_from=applicant.recruited_from,
        **details,
    )
    _decide(applicant, body, by, ApplicantResult.TAKEN, day)
    return applicant.holding


@action(label=_("Decision about an applicant recorded"))
def decide_applicant(
    applicant: Applicant,
    *,
    result: ApplicantResult,
    by: Actor | None,
    on: dt.date | None = None,
) -> Applicant:
    """Record that an applicant was not taken on, or withdrew."""
    _recruitment, body = lock_recruitment(applicant.recruitment)
    applicant = _lock_applicant(applicant)
    refuse_decided(applicant)
    day = on or today()
    _refuse_early(applicant, day)
    applicant.holding = None
    _decide(applicant, body, by, result, day)
    return applicant


@action(label=_("Application for a seat voided"))
def void_applicant(applicant: Applicant, *, by: Actor | None, reason: str) -> Applicant:
    """Void an application entered by mistake; not that of who holds the seat."""
    _recruitment, body = lock_recruitment(applicant.recruitment)
    applicant = _lock_applicant(applicant)
    refuse_void_applicant(applicant)
    applicant.save(update_fields=applicant.void(reason))
    audit.record_void(
        applicant, by=by, organization_id=body.organization_id, reason=reason
    )
    return applicant


def refuse_void_applicant(applicant: Applicant) -> None:
    """Refuse to void an application twice, or of who came to a seat by it."""
    if applicant.voided_at is not None:
        raise RecruitmentVoided(day=timezone.localdate(applicant.voided_at))
    if applicant.holding is not None and applicant.holding.voided_at is None:
        raise SomebodyTakenOn(names=applicant.name)


@action(label=_("Recruitment closed"))
def close_recruitment(
    recruitment: Recruitment, *, by: Actor | None, reason: str
) -> Recruitment:
    """Close a call, filled or not; who was not decided about was not taken on."""
    recruitment, body = lock_recruitment(recruitment)
    refuse_closed(recruitment)
    day = today()
    rows = recruitment.applicants.filter(voided_at=None).with_people()
    for applicant in [row for row in rows if row.is_undecided]:
        applicant.holding = None
        _decide(applicant, body, by, ApplicantResult.NOT_TAKEN, day)
    recruitment.closed_on = max(day, recruitment.announced_on)
    recruitment.save(update_fields=["closed_on"])
    audit.record(
        recruitment,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(recruitment, "closed_on"),
        reason=reason,
    )
    return recruitment


def refuse_decided(applicant: Applicant) -> None:
    """Refuse to decide about somebody twice."""
    if applicant.voided_at is not None:
        raise RecruitmentVoided(day=timezone.localdate(applicant.voided_at))
    if not applicant.is_undecided:
        label = applicant.get_result_display()
        raise ApplicationDecided(name=applicant.name, result=label)


def _refuse_early(applicant: Applicant, day: dt.date) -> None:
    refuse_future_day(day)
    if day < applicant.applied_on:
        raise DecidedTooEarly(name=applicant.name, first=applicant.applied_on, day=day)


def _decide(
    applicant: Applicant,
    body: Body,
    by: Actor | None,
    result: ApplicantResult,
    day: dt.date,
) -> None:
    applicant.result = result
    applicant.decided_on = max(day, applicant.applied_on)
    validate(applicant)
    applicant.save(update_fields=["result", "decided_on", "holding"])
    audit.record(
        applicant,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(applicant, "result", "decided_on"),
    )


def _lock_applicant(applicant: Applicant) -> Applicant:
    rows = Applicant.all_objects.select_for_update(of=("self",))
    return rows.select_related("member", "non_member", "holding").get(pk=applicant.pk)
