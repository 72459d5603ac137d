"""Open and close the seats of bodies."""

import datetime as dt

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.enums import RESERVES
from communities.errors import (
    BodyEnded,
    BodyVoided,
    NoSeatLeft,
    SeatClosed,
    SeatHeld,
)
from communities.models import Body, Seat, SeatKind
from communities.staffing_errors import KeptAsReserves
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import today
from organizations.actions import request_recount


@action(label=_("Seat opened"))
def open_seat(
    body: Body,
    kind: SeatKind,
    *,
    by: Actor | None,
    on: dt.date | None = None,
    of_reserves: bool = False,
) -> Seat:
    """Open one more seat of a kind; refuse more than its most."""
    body = lock_body(body)
    if not of_reserves:
        refuse_reserves(body)
    day = on or today()
    if kind.most_seats is not None:
        count = body.seats.filter(kind=kind, ends_on=None).count()
        if count >= kind.most_seats:
            raise NoSeatLeft(body=body.name, most=kind.most_seats, seat=kind.name)
    last = body.seats.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    seat = Seat(body=body, kind=kind, number=last + 1, starts_on=day)
    validate(seat)
    seat.save()
    request_recount([(body.organization_id, day)])
    audit.record(
        seat, by=by, organization_id=body.organization_id, after=audit.snapshot(seat)
    )
    return seat


@action(label=_("Seat closed"))
def close_seat(seat: Seat, *, by: Actor | None, of_reserves: bool = False) -> Seat:
    """Close a seat that nobody holds from today on; it is vacant no longer."""
    body = lock_body(seat.body)
    if not of_reserves:
        refuse_reserves(body)
    seat = body.seats.select_for_update(of=("self",)).get(pk=seat.pk)
    if seat.ends_on is not None:
        raise SeatClosed
    if holding := seat.holdings.filter(voided_at=None, ends_on=None).first():
        raise SeatHeld(name=holding.holder_name)
    seat.ends_on = max(today(), seat.starts_on + dt.timedelta(days=1))
    seat.save(update_fields=["ends_on"])
    request_recount([(body.organization_id, seat.ends_on)])
    audit.record(
        seat,
        by=by,
        organization_id=body.organization_id,
        after=audit.snapshot(seat, "ends_on"),
    )
    return seat


def refuse_reserves(body: Body) -> None:
    """Refuse to change the seats of a list of reserves by themselves."""
    if body.kind.code == RESERVES:
        raise KeptAsReserves(body=body.name)


def lock_body(body: Body, *, corrects: bool = False) -> Body:
    """Lock a body; refuse a voided one, and an ended one unless entries are mended."""
    rows = Body.all_objects.select_for_update(of=("self",))
    body = rows.select_related("kind", "organization").get(pk=body.pk)
    if body.voided_at is not None:
        raise BodyVoided(name=body.name, day=timezone.localdate(body.voided_at))
    if body.ends_on is not None and not corrects:
        raise BodyEnded(name=body.name, day=body.ends_on)
    return body
