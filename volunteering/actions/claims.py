"""Claim a place, withdraw a claim, record an absence."""

import datetime as dt

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_time
from members.models import Member
from organizations.actions import request_recount
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.queries import counting_month
from volunteering.enums import AWAITING_OR_CONFIRMED, ClaimState, PostState
from volunteering.errors import (
    ClaimWithdrawn,
    DailyClaimLimitReached,
    NotCheckedIn,
    PostNotOpen,
    ServiceAlreadyRecorded,
    ServiceRecorded,
    ShiftBegun,
    ShiftCancelled,
    ShiftFull,
    ShiftNotStarted,
    ShiftsOverlap,
    WithdrawalDeadlinePassed,
)
from volunteering.models import Claim, ServiceRecord, Shift


@action(label=_("Shift claimed"))
def claim_shift(
    shift: Shift,
    *,
    member: Member,
    by: Actor | None,
    at: dt.datetime | None = None,
) -> Claim:
    """Claim one place of a shift for the member; claiming twice has no effect.

    The place is taken first, by one conditional statement that increments the counter
    only while a place is left; other conditions are checked afterwards, under the
    shift's lock, and a refusal gives the place back by rolling back. The member's own
    row is locked first, so that two concurrent claims of one person are checked against
    each other.
    """
    moment = at or timezone.now()
    member = Member.objects.select_for_update(of=("self",)).get(pk=member.pk)
    held = Claim.objects.holding().filter(shift=shift, member=member).first()
    if held is not None:
        return held
    standing = Shift.objects.filter(pk=shift.pk, cancelled_at=None)
    free = standing.filter(claimed__lt=F("capacity"))
    is_free = free.update(claimed=F("claimed") + 1)
    shift = Shift.objects.select_related("post__organization").get(pk=shift.pk)
    if shift.cancelled_at is not None:
        raise ShiftCancelled(reason=shift.cancel_reason)
    if not is_free:
        raise ShiftFull
    _refuse_closed(shift, moment)
    _refuse_without_organization(member)
    _refuse_second_place_at_once(shift, member)
    _refuse_too_many(member, moment)
    community = shift.post.organization
    month = counting_month(community, timezone.localdate(moment))
    claim = Claim(shift=shift, member=member, claimed_at=moment, month=month)
    claim.save()
    request_recount([(community.pk, month)])
    audit.record(
        claim,
        by=by,
        organization_id=community.pk,
        after=audit.snapshot(claim, "shift", "member", "month"),
    )
    return claim


def _refuse_closed(shift: Shift, moment: dt.datetime) -> None:
    if shift.post.state != PostState.OPEN:
        raise PostNotOpen(title=shift.post.title)
    if shift.starts_at <= moment:
        raise ShiftBegun(time=format_time(shift.starts_at))


def _refuse_without_organization(member: Member) -> None:
    if member.organization_id is None and member.community_id is None:
        raise NotCheckedIn


def _refuse_second_place_at_once(shift: Shift, member: Member) -> None:
    own = Claim.objects.holding().of_member(member.pk).select_related("shift__post")
    other = own.overlapping(shift.starts_at, shift.ends_at).first()
    if other is not None:
        title, time = other.shift.post.title, format_time(other.shift.starts_at)
        raise ShiftsOverlap(title=title, time=time)


def _refuse_too_many(member: Member, moment: dt.datetime) -> None:
    day = timezone.localdate(moment)
    most = Threshold.objects.on(ThresholdKey.CLAIMS_DAILY, day)
    if Claim.objects.holding().of_member(member.pk).made_on(day).count() >= most:
        raise DailyClaimLimitReached(count=most)


@action(label=_("Claim given back"))
def withdraw_claim(
    claim: Claim, *, by: Actor | None, at: dt.datetime | None = None
) -> Claim:
    """Give the place back before the shift, without a reason; repeating is harmless."""
    claim = _lock_claim(claim)
    if claim.state == ClaimState.WITHDRAWN:
        return claim
    if _is_recorded(claim):
        raise ServiceAlreadyRecorded
    moment, began = at or timezone.now(), claim.shift.starts_at
    if began <= moment:
        raise WithdrawalDeadlinePassed(time=format_time(began), name=claim.member.name)
    community = claim.shift.post.organization
    claim.state = ClaimState.WITHDRAWN
    claim.withdrawn_at = moment
    day = timezone.localdate(claim.withdrawn_at)
    claim.withdrawn_month = max(counting_month(community, day), claim.month)
    claim.save(update_fields=["state", "withdrawn_at", "withdrawn_month"])
    Shift.objects.filter(pk=claim.shift_id).update(claimed=F("claimed") - 1)
    request_recount([(community.pk, claim.month)])
    audit.record(
        claim,
        by=by,
        organization_id=community.pk,
        after=audit.snapshot(claim, "state", "withdrawn_month"),
    )
    return claim


@action(label=_("Noted as not having come"))
def mark_missed(
    claim: Claim, *, by: Actor | None, at: dt.datetime | None = None
) -> Claim:
    """Record that the member did not come; repeating is harmless.

    The place was held, so no figure changes. Hours recorded later show that the member
    came after all.
    """
    claim = _lock_claim(claim)
    if claim.state == ClaimState.MISSED:
        return claim
    if claim.state == ClaimState.WITHDRAWN:
        raise ClaimWithdrawn
    begins = claim.shift.starts_at
    if begins > (at or timezone.now()):
        raise ShiftNotStarted(time=format_time(begins))
    if _is_recorded(claim):
        raise ServiceRecorded(name=claim.member.name)
    set_claim_state(claim, ClaimState.MISSED, by)
    return claim


def set_claim_state(claim: Claim, state: ClaimState, by: Actor | None) -> None:
    """Set the state of a locked claim and record it; called within actions."""
    place = claim.shift.post.organization_id
    with audit.recording(claim, "state", by=by, organization_id=place):
        claim.state = state
        claim.save(update_fields=["state"])


def _lock_claim(claim: Claim) -> Claim:
    rows = Claim.objects.select_for_update(of=("self",))
    return rows.select_related("shift__post__organization", "member").get(pk=claim.pk)


def _is_recorded(claim: Claim) -> bool:
    records = ServiceRecord.objects.filter(claim=claim)
    return records.filter(state__in=AWAITING_OR_CONFIRMED).exists()
