"""Closing months."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from core import trail
from organizations.enums import MonthStatus
from organizations.errors import MonthIsClosed
from organizations.models import MonthState, Organization


@transaction.atomic
def close_month(
    organization: Organization, month: dt.date, *, by: object | None
) -> MonthState:
    """Close the month of a filing place for good; closing twice is closing once.

    There is no reopening: what comes later enters by an amendment, or counts in the
    first open month.
    """
    state, _created = MonthState.objects.select_for_update().get_or_create(
        organization=organization, month=month
    )
    if state.status == MonthStatus.CLOSED:
        return state
    state.status = MonthStatus.CLOSED
    state.closed_at = timezone.now()
    state.closed_by_id = getattr(by, "pk", None)
    state.save(update_fields=["status", "closed_at", "closed_by"])
    trail.record(
        "organizations.close_month",
        state,
        by=by,
        organization_id=organization.pk,
        after={"month": f"{month:%Y-%m}", "status": state.status},
    )
    return state


def hold_month(organization: Organization, month: dt.date) -> None:
    """Keep a filing place's month from being closed until this transaction ends.

    For what must never enter a closed month: asking alone would let the month close
    between the question and the write.
    """
    state, _made = MonthState.objects.select_for_update(of=("self",)).get_or_create(
        organization=organization, month=month
    )
    if state.status == MonthStatus.CLOSED:
        raise MonthIsClosed(month=f"{month:%Y-%m}", name=organization.name)
