"""Notices sent to members: few, and only those they must act on."""

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import notify, settle_notices
from core.dates import format_time
from volunteering.models import Claim, Post, ServiceRecord, Shift
from volunteering.querysets import ClaimQuerySet


def _claimers(claims: ClaimQuerySet) -> QuerySet[User]:
    """Return the accounts of members who are still expected."""
    rows: QuerySet[User] = User.objects.filter(member__claims__in=claims.to_come())
    return rows.distinct()


def notify_closing(post: Post) -> None:
    """Tell members still expected that the post closed and they keep their places."""
    text = format_lazy(
        _("“{title}” takes no more claims. Your place stays yours."),
        title=post.title,
    )
    for user in _claimers(Claim.objects.filter(shift__post=post)):
        notify(user, text, post.get_absolute_url())


def notify_new_meeting_point(shift: Shift) -> None:
    """Tell members still expected where to meet now."""
    text = format_lazy(
        _("“{title}” on {day} meets at another place: {place}"),
        title=shift.post.title,
        day=timezone.localdate(shift.starts_at),
        place=shift.meeting_point,
    )
    for user in _claimers(Claim.objects.filter(shift=shift)):
        notify(user, text, shift.get_absolute_url())


def notify_moved(shift: Shift, old_start: dt.datetime) -> None:
    """Tell members still expected when the shift is now, and why."""
    text = format_lazy(
        _(
            "“{title}” was moved from {old} to {new}: {reason}. Your place stays yours;"
            " if you cannot come, give it back."
        ),
        title=shift.post.title,
        old=format_time(old_start),
        new=format_time(shift.starts_at),
        reason=shift.move_reason,
    )
    for user in _claimers(Claim.objects.filter(shift=shift)):
        notify(user, text, shift.get_absolute_url())


def notify_cancelled(shift: Shift, reason: str) -> None:
    """Tell members still expected that the shift does not take place, and why."""
    text = format_lazy(
        _("“{title}” on {time} was cancelled: {reason}. You need not come."),
        title=shift.post.title,
        time=format_time(shift.starts_at),
        reason=reason,
    )
    for user in _claimers(Claim.objects.filter(shift=shift)):
        notify(user, text, shift.get_absolute_url())


def notify_free_place(shift: Shift) -> None:
    """Tell members still expected on the shift that one of them cannot come."""
    text = format_lazy(
        _("“{title}” on {day}: somebody cannot come, and a place is free again."),
        title=shift.post.title,
        day=timezone.localdate(shift.starts_at),
    )
    for user in _claimers(Claim.objects.filter(shift=shift)):
        notify(user, text, shift.get_absolute_url())


def notify_return(record: ServiceRecord) -> None:
    """Tell the person who recorded the hours that they need correcting, and why."""
    text = format_lazy(
        _("The hours of {name} on {day} were handed back: {reason}"),
        name=record.member.name,
        day=record.served_on,
        reason=record.return_reason,
    )
    notify(record.recorded_by, text, _correction_url(record))


def settle_return(record: ServiceRecord) -> None:
    """Mark the notice of a returned record as read once the hours are corrected."""
    settle_notices(_correction_url(record))


def _correction_url(record: ServiceRecord) -> str:
    return reverse("volunteering:record", args=[record.claim_id])
