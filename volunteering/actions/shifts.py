"""Add, change and cancel the shifts of a post."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_time
from core.db.constraints import validate
from volunteering.actions.claims import withdraw_claim
from volunteering.actions.posts import lock_post
from volunteering.errors import ShiftCancelled, ShiftUnderWay, TimeIsPromised
from volunteering.models import Claim, Post, Shift
from volunteering.notices import (
    notify_cancelled,
    notify_clashes,
    notify_moved,
    notify_new_meeting_point,
)

AUDITED_FIELDS = ("starts_at", "ends_at", "meeting_point", "capacity")
TIMES = ("starts_at", "ends_at")


@action(label=_("Shift added"))
def add_shift(
    post: Post,
    *,
    by: Actor | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    meeting_point: str,
    capacity: int = 1,
) -> Shift:
    """Add a shift to a post."""
    post = lock_post(post)
    shift = Shift(
        post=post,
        starts_at=starts_at,
        ends_at=ends_at,
        meeting_point=meeting_point,
        capacity=capacity,
    )
    validate(shift)
    shift.save()
    audit.record(
        shift,
        by=by,
        organization_id=post.organization_id,
        after=audit.snapshot(shift, *AUDITED_FIELDS),
    )
    return shift


@action(label=_("Shift corrected"))
def change_shift(
    shift: Shift, *, by: Actor | None, reason: str = "", **values: Any
) -> Shift:
    """Correct a shift; once it is claimed, its time changes for a reason.

    Those who claimed it are notified, and keep their place or give it back; also if
    they are expected elsewhere at the new time.
    """
    post = lock_post(shift.post)
    shift = _lock_shift(shift)
    old_start = shift.starts_at
    before = audit.snapshot(shift, *values)
    moved = any(values.get(n, getattr(shift, n)) != getattr(shift, n) for n in TIMES)
    relied_on = moved and shift.claimed > 0
    if relied_on:
        _refuse_begun(shift)
        if not reason:
            raise TimeIsPromised(claimed=shift.claimed)
        shift.move_reason = reason
    for name, value in values.items():
        setattr(shift, name, value)
    validate(shift)
    shift.save(update_fields=[*values, "move_reason"])
    if relied_on:
        notify_moved(shift, old_start)
        notify_clashes(find_clashes(shift))
    elif shift.meeting_point != before.get("meeting_point", shift.meeting_point):
        notify_new_meeting_point(shift)
    audit.record(
        shift,
        by=by,
        organization_id=post.organization_id,
        before=before,
        after=audit.snapshot(shift, *values),
        reason=reason,
    )
    return shift


@action(label=_("Shift cancelled"))
def cancel_shift(shift: Shift, *, by: Actor | None, reason: str) -> Shift:
    """Cancel a shift before it begins; its places are given back.

    The claims are locked before the shift, in the order in which giving back does.
    Those who claimed it are notified of the reason.
    """
    claims = Claim.objects.holding().filter(shift=shift).order_by("pk")
    list(claims.select_for_update(of=("self",)))
    shift = _lock_shift(shift)
    _refuse_begun(shift)
    notify_cancelled(shift, reason)
    for claim in claims.all():
        withdraw_claim(claim, by=by)
    shift.refresh_from_db()
    shift.cancelled_at, shift.cancel_reason = timezone.now(), reason
    validate(shift)
    shift.save(update_fields=["cancelled_at", "cancel_reason"])
    audit.record(
        shift,
        by=by,
        organization_id=shift.post.organization_id,
        after=audit.snapshot(shift, "cancelled_at"),
        reason=reason,
    )
    return shift


def find_clashes(shift: Shift) -> list[tuple[Claim, Claim]]:
    """Return who is expected at a shift and at another one at the same time.

    Each pair is a claim of the shift and another claim of the same member.
    """
    claims = Claim.objects.filter(shift=shift).to_come()
    expected = {
        claim.member_id: claim
        for claim in claims.select_related("member__user", "shift__post")
    }
    others = Claim.objects.holding().filter(member__in=expected).exclude(shift=shift)
    overlapping = others.overlapping(shift.starts_at, shift.ends_at)
    rows = overlapping.select_related("shift__post").order_by("pk")
    return [(expected[other.member_id], other) for other in rows]


def _lock_shift(shift: Shift) -> Shift:
    """Lock a shift that may still change; a cancelled one is refused."""
    rows = Shift.objects.select_for_update(of=("self",)).select_related("post")
    shift = rows.get(pk=shift.pk)
    if shift.cancelled_at is not None:
        raise ShiftCancelled(reason=shift.cancel_reason)
    return shift


def _refuse_begun(shift: Shift) -> None:
    if shift.has_begun:
        raise ShiftUnderWay(time=format_time(shift.starts_at))
