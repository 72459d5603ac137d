"""Record who is there for which place."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.endings import close_place
from communities.actions.holdings import lock_holding
from communities.actions.seats import lock_body, refuse_reserves
from communities.enums import INSTRUCTORS
from communities.errors import SeatLeft
from communities.models import Body, SeatHolding, ServedPlace
from communities.staffing_errors import PlaceLeft
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from organizations.actions.refusals import refuse_ended
from organizations.models import Organization


@action(label=_("Place served recorded"))
def serve_place(
    server: SeatHolding | Body,
    *,
    organization: Organization,
    by: Actor | None,
    starts_on: dt.date | None = None,
) -> ServedPlace:
    """Record that somebody in a seat, or a whole body, is there for a place.

    An instructor is there for one branch, and alone.
    """
    refuse_ended(organization)
    day = starts_on or today()
    refuse_future_day(day)
    place = ServedPlace(organization=organization, starts_on=day)
    if isinstance(server, Body):
        place.body = lock_body(server)
    else:
        place.holding, body = lock_holding(server)
        refuse_reserves(body)
        if place.holding.ends_on is not None:
            raise SeatLeft(name=place.holding.holder_name, day=place.holding.ends_on)
        place.holding.seat.body = body
        place.is_exclusive = body.kind.code == INSTRUCTORS
    validate(place)
    place.save()
    audit.record(
        place, by=by, organization_id=organization.pk, after=audit.snapshot(place)
    )
    return place


@action(label=_("Place no longer served"))
def leave_place(place: ServedPlace, *, by: Actor | None, reason: str) -> ServedPlace:
    """End that somebody is there for a place; on the first day, void the entry."""
    place = lock_place(place)
    refuse_left(place)
    close_place(place, on=today(), by=by, reason=reason)
    return place


def refuse_left(place: ServedPlace) -> None:
    """Refuse what is done while somebody is there for a place alone."""
    if place.voided_at is not None:
        raise PlaceLeft(day=timezone.localdate(place.voided_at))
    if place.ends_on is not None:
        raise PlaceLeft(day=place.ends_on)


def lock_place(place: ServedPlace) -> ServedPlace:
    """Lock a place served until the end of the transaction."""
    rows = ServedPlace.all_objects.select_for_update(of=("self",))
    return rows.select_related("organization").get(pk=place.pk)
