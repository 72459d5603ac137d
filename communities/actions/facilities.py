"""Record rooms and other facilities, correct them, give them up, void mistakes."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.facility_errors import (
    FacilityGivenUp,
    FacilityGoesTooEarly,
    FacilityVoided,
)
from communities.models import Facility
from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day, today
from organizations.actions import request_recount
from organizations.actions.refusals import refuse_ended, refuse_outside_life
from organizations.models import Organization


@action(label=_("Facility recorded"))
def record_facility(
    organization: Organization,
    *,
    kind: str,
    name: str,
    by: Actor | None,
    starts_on: dt.date | None = None,
    **details: Any,
) -> Facility:
    """Record a facility of a place, in use since a day or not open yet."""
    refuse_ended(organization)
    _refuse_opening(organization, starts_on)
    row = Facility(
        organization=organization,
        kind=kind,
        name=name,
        starts_on=starts_on,
        **details,
    )
    validate(row)
    row.save()
    _recount(row, starts_on)
    audit.record(row, by=by, organization_id=organization.pk, after=audit.snapshot(row))
    return row


@action(label=_("Facility changed"))
def change_facility(facility: Facility, *, by: Actor | None, **values: Any) -> Facility:
    """Change what is said of a facility; the log keeps what was said before."""
    row = _lock(facility)
    refuse_given_up(row)
    first = row.starts_on
    with audit.recording(row, *values, by=by, organization_id=row.organization_id):
        for name, value in values.items():
            setattr(row, name, value)
        _refuse_opening(row.organization, row.starts_on)
        validate(row)
        row.save(update_fields=[*values])
    _recount(row, first, row.starts_on)
    return row


@action(label=_("Facility given up"))
def give_up_facility(
    facility: Facility, *, by: Actor | None, reason: str, on: dt.date | None = None
) -> Facility:
    """Record from which day on a facility is not in use any more, and why."""
    row = _lock(facility)
    refuse_given_up(row)
    day = on or today()
    refuse_future_day(day)
    if row.starts_on is not None and day <= row.starts_on:
        raise FacilityGoesTooEarly(name=row.name, first=row.starts_on)
    with audit.recording(
        row, "ends_on", by=by, organization_id=row.organization_id, reason=reason
    ):
        row.ends_on = day
        validate(row)
        row.save(update_fields=["ends_on"])
    request_recount([(row.organization_id, day)])
    return row


@action(label=_("Facility voided"))
def void_facility(facility: Facility, *, by: Actor | None, reason: str) -> Facility:
    """Void a facility recorded by mistake."""
    row = _lock(facility)
    refuse_voided_facility(row)
    row.save(update_fields=row.void(reason))
    _recount(row, row.starts_on)
    audit.record_void(row, by=by, organization_id=row.organization_id, reason=reason)
    return row


def refuse_voided_facility(row: Facility) -> None:
    """Refuse to work on a facility that was voided."""
    if row.voided_at is not None:
        raise FacilityVoided(name=row.name, day=timezone.localdate(row.voided_at))


def refuse_given_up(row: Facility) -> None:
    """Refuse to change a facility that was voided or given up."""
    refuse_voided_facility(row)
    if row.ends_on is not None:
        raise FacilityGivenUp(name=row.name, day=row.ends_on)


def _refuse_opening(organization: Organization, day: dt.date | None) -> None:
    if day is not None:
        refuse_future_day(day)
        refuse_outside_life(organization, day)


def _recount(row: Facility, *days: dt.date | None) -> None:
    """Let the figures be counted anew from the first of the days, if there is one."""
    if known := [day for day in days if day is not None]:
        request_recount([(row.organization_id, min(known))])


def _lock(facility: Facility) -> Facility:
    rows = Facility.all_objects.select_for_update(of=("self",))
    return rows.select_related("organization").get(pk=facility.pk)
