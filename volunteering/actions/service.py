"""Recording service, and the second person who confirms it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.dates import format_month, format_time
from core.db.constraints import validate
from core.errors import DomainError
from organizations.actions import request_recount
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.queries import counting_month
from volunteering.actions.claims import mark_missed, set_claim_state
from volunteering.enums import ClaimState, RecordState
from volunteering.errors import (
    AttendanceChanged,
    ClaimWithdrawn,
    HoursChanged,
    NeedsAnotherPerson,
    NotServedYet,
    ServiceConfirmed,
    ServiceNotConfirmed,
    ServiceNotSubmitted,
    ServicePublished,
    TooManyHours,
)
from volunteering.models import Claim, ServiceRecord, Shift
from volunteering.notices import notify_return, settle_return

AUDITED_FIELDS = ("member", "served_on", "hours", "remark", "state")


@action(label=_("Hours recorded"))
def record_service(
    claim: Claim, *, by: User, hours: Decimal, remark: str = ""
) -> ServiceRecord:
    """Record what was done for a claim, or correct it until it is confirmed.

    A member recorded as absent may be recorded as present.
    """
    rows = Claim.objects.select_for_update(of=("self",))
    claim = rows.select_related("shift__post__organization", "member").get(pk=claim.pk)
    _refuse_unserved(claim)
    _take_back_missed(claim, by)
    record = ServiceRecord.objects.filter(claim=claim).first() or _blank(claim)
    before = audit.snapshot(record, *AUDITED_FIELDS) if record.pk else {}
    if record.state == RecordState.CONFIRMED:
        raise ServiceConfirmed
    record.hours, record.remark, record.recorded_by = hours, remark, by
    record.recorded_at = timezone.now()
    record.state, record.return_reason = RecordState.SUBMITTED, ""
    validate(record)
    _refuse_too_long(record, claim)
    record.save()
    settle_return(record, by=by)
    audit.record(
        record,
        by=by,
        organization_id=record.community_id,
        before=before,
        after=audit.snapshot(record, *AUDITED_FIELDS),
    )
    return record


def _refuse_unserved(claim: Claim) -> None:
    if claim.state == ClaimState.WITHDRAWN:
        raise ClaimWithdrawn
    if not claim.shift.has_begun:
        raise NotServedYet(time=format_time(claim.shift.starts_at))


def _take_back_missed(claim: Claim, by: User) -> None:
    if claim.state == ClaimState.MISSED:
        set_claim_state(claim, ClaimState.ACTIVE, by)


def max_hours(shift: Shift) -> Decimal:
    """Return how many hours of one person a shift can bear."""
    day = timezone.localdate(shift.starts_at)
    minutes = Threshold.objects.on(ThresholdKey.SERVICE_OVERRUN, day)
    return shift.hours + (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def _refuse_too_long(record: ServiceRecord, claim: Claim) -> None:
    most = max_hours(claim.shift)
    if record.hours > most:
        raise TooManyHours(
            name=claim.member.name,
            hours=record.hours,
            length=claim.shift.hours,
            most=most,
        )


def _blank(claim: Claim) -> ServiceRecord:
    return ServiceRecord(
        claim=claim,
        member=claim.member,
        community=claim.shift.post.organization,
        served_on=timezone.localdate(claim.shift.starts_at),
    )


@dataclass(frozen=True, slots=True)
class Attended:
    """The attendance of one claim: hours served, or None if the member was absent.

    `seen` is what was recorded of the claim when the attendance was asked for.
    """

    claim: Claim
    hours: Decimal | None
    remark: str = ""
    seen: str | None = None


def describe_attendance(claim: Claim) -> str:
    """Return what is recorded of a claim, for comparing it with what a form showed."""
    record = getattr(claim, "record", None)
    if record is None:
        return claim.state
    return f"{claim.state} {record.state} {record.hours} {record.remark}".rstrip()


@transaction.atomic
def record_attendance(rows: Iterable[Attended], *, by: User) -> None:
    """Record who came to a shift and who did not, one action each; all or nothing."""
    rows = list(rows)
    _refuse_changed([row for row in rows if row.seen is not None])
    for row in sorted(rows, key=lambda row: row.claim.pk):
        if row.hours is None:
            mark_missed(row.claim, by=by)
        else:
            record_service(row.claim, by=by, hours=row.hours, remark=row.remark)


def _refuse_changed(rows: list[Attended]) -> None:
    """Refuse attendance of claims of which something else is recorded by now."""
    locked = Claim.objects.select_for_update(of=("self",)).order_by("pk")
    claims = locked.filter(pk__in=[row.claim.pk for row in rows])
    now = {c.pk: describe_attendance(c) for c in claims.select_related("record")}
    changed = [row.claim for row in rows if row.seen != now[row.claim.pk]]
    if changed:
        raise AttendanceChanged(names="、".join(c.member.name for c in changed))


def _lock_claimed(record: ServiceRecord) -> ServiceRecord:
    """Lock the claim before its record, in the order in which recording does."""
    Claim.objects.select_for_update(of=("self",)).get(pk=record.claim_id)
    rows = ServiceRecord.objects.select_for_update(of=("self",))
    return rows.select_related("community", "member").get(pk=record.pk)


def _lock_submitted(record: ServiceRecord) -> ServiceRecord:
    """Lock a record that waits or is confirmed; refuse one that was returned."""
    record = _lock_claimed(record)
    if record.state == RecordState.RETURNED:
        raise ServiceNotSubmitted
    return record


@action(label=_("Hours confirmed"))
def confirm_service(record: ServiceRecord, *, by: User) -> ServiceRecord:
    """Confirm the hours as a second person, so that they count; repeating is harmless.

    Neither who recorded the hours nor who served them confirms them.
    """
    record = _lock_submitted(record)
    if record.state == RecordState.CONFIRMED:
        return record
    if by.pk in {record.recorded_by_id, record.member.user_id}:
        raise NeedsAnotherPerson(name=record.member.name)
    record.state, record.confirmed_by = RecordState.CONFIRMED, by
    record.month = counting_month(record.community, record.served_on)
    record.save(update_fields=["state", "confirmed_by", "month"])
    # The record's entry says it; the claim's state only follows from the record.
    Claim.objects.filter(pk=record.claim_id).update(state=ClaimState.SERVED)
    request_recount([(record.community_id, record.month)])
    audit.record(
        record,
        by=by,
        organization_id=record.community_id,
        after=audit.snapshot(record, "hours", "state", "month"),
    )
    return record


@dataclass(slots=True)
class ConfirmationResult:
    """Result of confirming several records: how many newly, what was refused.

    `already` counts those that somebody had confirmed before, in another window maybe.
    """

    confirmed: int = 0
    already: int = 0
    refusals: list[DomainError] = field(default_factory=list)


@transaction.atomic
def confirm_services(
    records: Iterable[ServiceRecord],
    *,
    by: User,
    is_as_read: Callable[[ServiceRecord], bool] | None = None,
) -> ConfirmationResult:
    """Confirm several records, one action each: a refusal does not stop the others.

    Hours that are not as the person has read them (`is_as_read`) are not confirmed.
    """
    outcome = ConfirmationResult()
    for record in sorted(records, key=lambda row: row.claim_id):
        try:
            locked = _lock_submitted(record)
            if locked.state == RecordState.CONFIRMED:
                outcome.already += 1
                continue
            if is_as_read is not None and not is_as_read(locked):
                raise HoursChanged(name=record.member.name, hours=locked.hours)
            confirm_service(record, by=by)
        except DomainError as refusal:
            outcome.refusals.append(refusal)
        else:
            outcome.confirmed += 1
    return outcome


@action(label=_("Hours sent back"))
def return_service(record: ServiceRecord, *, by: User, reason: str) -> ServiceRecord:
    """Hand a record back to be corrected, and say why."""
    record = _lock_submitted(record)
    if record.state == RecordState.CONFIRMED:
        raise ServiceConfirmed
    record.state, record.return_reason = RecordState.RETURNED, reason
    record.save(update_fields=["state", "return_reason"])
    audit.record(
        record,
        by=by,
        organization_id=record.community_id,
        after=audit.snapshot(record, "hours", "state"),
        reason=reason,
    )
    notify_return(record)
    return record


@action(label=_("Confirmation of service taken back"))
def take_back_confirmation(
    record: ServiceRecord, *, by: User, reason: str
) -> ServiceRecord:
    """Hand a record back that was confirmed by mistake; its hours no longer count.

    Whoever recorded the hours may correct them, or note that nobody came. Refuses
    records that are not confirmed, and those of a month that is closed by now, whose
    figures are published.
    """
    record = _lock_claimed(record)
    if record.state != RecordState.CONFIRMED or record.month is None:
        raise ServiceNotConfirmed
    month = record.month
    if counting_month(record.community, month) != month:
        raise ServicePublished(month=format_month(month))
    before = audit.snapshot(record, "hours", "state", "month", "confirmed_by")
    record.state, record.return_reason = RecordState.RETURNED, reason
    record.confirmed_by, record.month = None, None
    record.save(update_fields=["state", "return_reason", "confirmed_by", "month"])
    # The record's entry says it; the claim's state only follows from the record.
    Claim.objects.filter(pk=record.claim_id).update(state=ClaimState.ACTIVE)
    request_recount([(record.community_id, month)])
    audit.record(
        record,
        by=by,
        organization_id=record.community_id,
        before=before,
        after=audit.snapshot(record, "hours", "state", "month", "confirmed_by"),
        reason=reason,
    )
    notify_return(record)
    return record
