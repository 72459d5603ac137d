"""Notices sent to members: few, and only those they must act on.

What is told to somebody who is expected is about their claim: once they have given it
back or recorded its hours, they have read it.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notices import notify, read_notices_about, settle_notices
from core.text import StrOrPromise, without_stop
from volunteering.models import Claim, Post, ServiceRecord, Shift
from volunteering.querysets import ClaimQuerySet


def _expected(claims: ClaimQuerySet) -> Iterator[tuple[User, Claim]]:
    """Yield the accounts of members who are still expected, each with one claim."""
    rows = claims.to_come()
    claim_by_user: dict[User, Claim] = {}
    for claim in rows.select_related("member__user", "shift__post"):
        if claim.member.user is not None:
            claim_by_user.setdefault(claim.member.user, claim)
    yield from claim_by_user.items()


def notify_closing(post: Post) -> None:
    """Tell members still expected that the post closed and they keep their places."""
    text = _("“{title}” takes no more claims. Your place stays yours.")
    for user, claim in _expected(Claim.objects.filter(shift__post=post)):
        url = post.get_absolute_url()
        notify(user, text, about=claim, url=url, title=post.title)


def _notify_claimers(shift: Shift, text: StrOrPromise, **values: Any) -> None:
    """Tell members still expected at a shift; the text names it by its title."""
    for user, claim in _expected(Claim.objects.filter(shift=shift)):
        notify(
            user,
            text,
            about=claim,
            url=shift.get_absolute_url(),
            title=shift.post.title,
            **values,
        )


def notify_new_meeting_point(shift: Shift) -> None:
    """Tell members still expected where to meet now."""
    _notify_claimers(
        shift,
        _("“{title}” on {day} meets at another place: {meeting_point}"),
        day=shift.day,
        meeting_point=shift.meeting_point,
    )


def notify_moved(shift: Shift, old_start: dt.datetime) -> None:
    """Tell members still expected when the shift is now, and why."""
    _notify_claimers(
        shift,
        _(
            "“{title}” was moved from {old} to {new}: {reason}. Your place stays yours;"
            " if you cannot come, give it back."
        ),
        old=old_start,
        new=shift.starts_at,
        reason=without_stop(shift.move_reason),
    )


def notify_clashes(clashes: Iterable[tuple[Claim, Claim]]) -> None:
    """Tell members that a shift was moved to the time of another they had claimed."""
    text = _(
        "“{title}” is now on {time}, when you are also expected at “{other}”"
        " ({begins}). Give one of the two places back."
    )
    for claim, other in clashes:
        if claim.member.user is not None:
            notify(
                claim.member.user,
                text,
                about=claim,
                url=claim.shift.get_absolute_url(),
                title=claim.shift.post.title,
                time=claim.shift.starts_at,
                other=other.shift.post.title,
                begins=other.shift.starts_at,
            )


def notify_cancelled(shift: Shift, reason: str) -> None:
    """Tell members still expected that the shift does not take place, and why."""
    _notify_claimers(
        shift,
        _("“{title}” on {time} was cancelled: {reason}. You need not come."),
        time=shift.starts_at,
        reason=without_stop(reason),
    )


def notify_free_slot(shift: Shift) -> None:
    """Tell members still expected on the shift that one of them cannot come."""
    _notify_claimers(
        shift,
        _("“{title}” on {day}: somebody cannot come, and a place is free again."),
        day=shift.day,
    )


def notify_return(record: ServiceRecord) -> None:
    """Tell the person who recorded the hours that they need correcting, and why."""
    notify(
        record.recorded_by,
        _("The hours of {name} on {day} were returned: {reason}"),
        about=record,
        url=reverse("volunteering:record", args=[record.claim_id]),
        name=record.member.name,
        day=record.served_on,
        reason=record.return_reason,
    )


def settle_return(record: ServiceRecord, *, by: User) -> None:
    """Mark what was told of a record, and of its claim, as read once it is recorded.

    Another person may correct the hours than the one who was asked to.
    """
    settle_notices(record)
    read_notices_about([record.claim], user=by)
