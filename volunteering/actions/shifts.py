"""Adding and changing the shifts of a post."""

import datetime as dt
from typing import Any

from django.db import transaction

from core import trail
from core.constraints import checked
from volunteering.actions.posts import locked_post
from volunteering.errors import TimeIsPromised
from volunteering.models import Post, Shift
from volunteering.notices import tell_of_new_place

SHOWN = ("starts_at", "ends_at", "place", "places")
TIMES = ("starts_at", "ends_at")


@transaction.atomic
def add_shift(
    post: Post,
    *,
    by: object | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    places: int = 1,
) -> Shift:
    """Give a post one more time at which it is to be filled."""
    post = locked_post(post)
    shift = Shift(
        post=post, starts_at=starts_at, ends_at=ends_at, place=place, places=places
    )
    checked(shift)
    shift.save()
    trail.record(
        "volunteering.add_shift",
        shift,
        by=by,
        organization_id=post.organization_id,
        after=trail.snapshot(shift, *SHOWN),
    )
    return shift


@transaction.atomic
def change_shift(shift: Shift, *, by: object | None, **values: Any) -> Shift:
    """Correct a shift; its time only as long as nobody has arranged himself for it."""
    post = locked_post(shift.post)
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    before = trail.snapshot(shift, *values)
    moved = any(values.get(n, getattr(shift, n)) != getattr(shift, n) for n in TIMES)
    if moved and shift.taken:
        raise TimeIsPromised(taken=shift.taken)
    for name, value in values.items():
        setattr(shift, name, value)
    checked(shift)
    shift.save(update_fields=[*values])
    if shift.place != before.get("place", shift.place):
        tell_of_new_place(shift)
    trail.record(
        "volunteering.change_shift",
        shift,
        by=by,
        organization_id=post.organization_id,
        before=before,
        after=trail.snapshot(shift, *values),
    )
    return shift
