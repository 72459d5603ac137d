"""Adding and changing the shifts of a post."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from volunteering.actions.posts import locked_post
from volunteering.errors import TimeIsPromised
from volunteering.models import Post, Shift
from volunteering.notices import notify_new_meeting_point

SHOWN = ("starts_at", "ends_at", "meeting_point", "capacity")
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
    """Give a post one more time at which it is to be filled."""
    post = locked_post(post)
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
        after=audit.snapshot(shift, *SHOWN),
    )
    return shift


@action(label=_("Shift corrected"))
def change_shift(shift: Shift, *, by: Actor | None, **values: Any) -> Shift:
    """Correct a shift; its time only while nobody relies on it."""
    post = locked_post(shift.post)
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    before = audit.snapshot(shift, *values)
    moved = any(values.get(n, getattr(shift, n)) != getattr(shift, n) for n in TIMES)
    if moved and shift.claimed:
        raise TimeIsPromised(claimed=shift.claimed)
    for name, value in values.items():
        setattr(shift, name, value)
    validate(shift)
    shift.save(update_fields=[*values])
    if shift.meeting_point != before.get("meeting_point", shift.meeting_point):
        notify_new_meeting_point(shift)
    audit.record(
        shift,
        by=by,
        organization_id=post.organization_id,
        before=before,
        after=audit.snapshot(shift, *values),
    )
    return shift
