"""Record visits, and what came of them."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.actions.served import lock_place, refuse_left
from communities.models import ServedPlace, Visit
from communities.staffing_errors import (
    NothingToSettle,
    VisitedTooEarly,
    VisitVoided,
)
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from organizations.actions import request_recount
from organizations.actions.refusals import refuse_ended, refuse_outside_life
from organizations.models import Organization, Unit

ORDINARY = "visit"
"""The kind of a visit where nothing else is said."""


@action(label=_("Visit recorded"))
def record_visit(
    visited: ServedPlace | Organization | Unit,
    *,
    visited_on: dt.date,
    seen: str,
    by: Actor | None,
    visitor: str = "",
    kind: str = ORDINARY,
    problem: str = "",
    due_on: dt.date | None = None,
) -> Visit:
    """Record a visit: what was found, which problem is to be solved, and by when.

    Whoever visited is named, but at a place served: there it is who serves it.
    """
    refuse_future_day(visited_on)
    visit = _addressed(visited, visited_on)
    refuse_outside_life(visit.organization, visited_on)
    if problem:  # nobody would be left to solve it
        refuse_ended(visit.organization)
    visit.visited_on, visit.seen, visit.kind = visited_on, seen, kind
    visit.visitor = visitor
    visit.problem, visit.due_on = problem, due_on
    validate(visit)
    visit.save()
    request_recount([(visit.organization_id, visited_on)])
    audit.record(
        visit,
        by=by,
        organization_id=visit.organization_id,
        after=audit.snapshot(visit),
    )
    return visit


def _addressed(visited: ServedPlace | Organization | Unit, day: dt.date) -> Visit:
    """Return a new visit to what was visited."""
    if isinstance(visited, Organization):
        return Visit(organization=visited)
    if isinstance(visited, Unit):
        return Visit(organization=visited.host, unit=visited)
    place = lock_place(visited)
    refuse_left(place)
    if day < place.starts_on:
        raise VisitedTooEarly(first=place.starts_on, day=day)
    return Visit(place=place, organization=place.organization)


@action(label=_("Problem of a visit settled"))
def settle_visit(
    visit: Visit, *, outcome: str, by: Actor | None, on: dt.date | None = None
) -> Visit:
    """Record what was done about the problem that a visit found."""
    visit = _lock_visit(visit)
    refuse_settled(visit)
    visit.settled_on, visit.outcome = on or today(), outcome
    refuse_future_day(visit.settled_on)
    validate(visit)
    visit.save(update_fields=["settled_on", "outcome"])
    audit.record(
        visit,
        by=by,
        organization_id=visit.organization_id,
        after=audit.snapshot(visit, "settled_on", "outcome"),
    )
    return visit


@action(label=_("Visit corrected"))
def correct_visit(
    visit: Visit, *, by: Actor | None, reason: str, **values: Any
) -> Visit:
    """Correct what was entered of a visit; the log keeps what stood there before."""
    visit = _lock_visit(visit)
    refuse_voided_visit(visit)
    first = visit.visited_on
    with audit.recording(
        visit, *values, by=by, organization_id=visit.organization_id, reason=reason
    ):
        for name, value in values.items():
            setattr(visit, name, value)
        _refuse_wrong_days(visit)
        validate(visit)
        visit.save(update_fields=[*values])
    if visit.is_open:  # nobody would be left to solve it
        refuse_ended(visit.organization)
    since = min(first, visit.visited_on)
    request_recount([(visit.organization_id, since)])
    return visit


def _refuse_wrong_days(visit: Visit) -> None:
    """Refuse days to come, and visits outside the life of what was visited."""
    for day in (visit.visited_on, visit.settled_on):
        if day is not None:
            refuse_future_day(day)
    refuse_outside_life(visit.organization, visit.visited_on)
    if visit.place is not None and visit.visited_on < visit.place.starts_on:
        raise VisitedTooEarly(first=visit.place.starts_on, day=visit.visited_on)


def refuse_settled(visit: Visit) -> None:
    """Refuse to settle a visit that was voided, or has nothing to be solved."""
    refuse_voided_visit(visit)
    if not visit.is_open:
        raise NothingToSettle


@action(label=_("Visit voided"))
def void_visit(visit: Visit, *, by: Actor | None, reason: str) -> Visit:
    """Void a visit entered by mistake."""
    visit = _lock_visit(visit)
    refuse_voided_visit(visit)
    visit.save(update_fields=visit.void(reason))
    request_recount([(visit.organization_id, visit.visited_on)])
    audit.record_void(
        visit, by=by, organization_id=visit.organization_id, reason=reason
    )
    return visit


def refuse_voided_visit(visit: Visit) -> None:
    """Refuse to change a visit that was voided."""
    if visit.voided_at is not None:
        raise VisitVoided(day=timezone.localdate(visit.voided_at))


def _lock_visit(visit: Visit) -> Visit:
    rows = Visit.all_objects.select_for_update(of=("self",))
    return rows.select_related("organization", "unit").get(pk=visit.pk)
