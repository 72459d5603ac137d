"""Let bodies go on that ended with an organization that was dissolved by mistake."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communities.actions.endings import reopen_places
from communities.actions.holdings import lock_members
from communities.actions.leavings import hold_again, reopen_holding
from communities.models import Body, Seat, SeatHolding, ServedPlace, TermOfOffice
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from members.models import Member
from organizations.actions import request_recount

Roster = Mapping[str, list[int]]
"""The keys of what was open in a body: its terms, seats, holdings and places.

`valid` are those of all its holdings: who sat there from the day of the end or later is
voided with it.
"""


def remember_roster(body: Body) -> Roster:
    """Return what is open in a body before it ends."""
    valid = SeatHolding.objects.filter(seat__body=body)
    holdings = valid.filter(ends_on=None)
    places = ServedPlace.objects.filter(body=body, ends_on=None)
    return {
        "valid": [*valid.values_list("pk", flat=True)],
        "places": [*places.values_list("pk", flat=True)],
        "terms": [*body.terms.filter(ended_on=None).values_list("pk", flat=True)],
        "seats": [*body.seats.filter(ends_on=None).values_list("pk", flat=True)],
        "holdings": [*holdings.values_list("pk", flat=True)],
    }


@action(label=_("End of a body voided"))
def reopen_body(body: Body, roster: Roster, *, by: Actor | None, reason: str) -> Body:
    """Let an ended body go on with the terms, seats and holders that it had.

    One that had begun on the day of its end was voided with its roster: so it stays.
    """
    held: Any = SeatHolding.objects.filter(pk__in=roster["holdings"])
    lock_members(Member.all_objects.filter(pk__in=held.values("member")))
    rows = Body.all_objects.select_for_update(of=("self",))
    body = rows.get(pk=body.pk)
    if body.voided_at is not None or body.ends_on is None:
        return body
    ended_on = body.ends_on
    with audit.recording(
        body, "ends_on", by=by, organization_id=body.organization_id, reason=reason
    ):
        body.ends_on = None
        validate(body)
        body.save(update_fields=["ends_on"])
        for term in TermOfOffice.objects.filter(pk__in=roster["terms"]):
            _reopen_term(term)
        Seat.objects.filter(pk__in=roster["seats"]).update(ends_on=None)
        for holding in held.select_related("member", "seat__body__organization"):
            reopen_holding(holding, by=by, reason=reason)
        late = SeatHolding.all_objects.filter(pk__in=roster.get("valid", []))
        for holding in late.exclude(voided_at=None).order_by("pk"):
            hold_again(holding, by=by, reason=reason)
        served = ServedPlace.all_objects.filter(
            Q(body=body, voided_at=None) | Q(pk__in=roster.get("places", []))
        )
        reopen_places(served, on=ended_on, by=by)
    request_recount([(body.organization_id, ended_on)])
    return body


def _reopen_term(term: TermOfOffice) -> None:
    """Let a term go on to the day to which it was to last."""
    if term.ended_on is None:
        return
    term.ends_on, term.planned_ends_on = term.planned_ends_on, None
    term.ended_on = None
    validate(term)
    term.save(update_fields=["ends_on", "planned_ends_on", "ended_on"])
