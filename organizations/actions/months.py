"""Closing months."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.locks import lock_exclusive, lock_shared
from organizations.enums import MONTHS_LOCK, MonthStatus
from organizations.errors import MonthIsClosed
from organizations.models import MonthState, Organization


def lock_months_for_closing(organization: Organization) -> None:
    """Let no fact of a filing place be dated any more until this transaction ends.

    Whoever freezes a month takes this first, and only then counts: a deed that saw
    the month open has then either been counted or waits, and will see it closed.
    """
    lock_exclusive(MONTHS_LOCK, [organization.pk])


@action(label=_("Month closed"))
def close_month(
    organization: Organization, month: dt.date, *, by: Actor | None
) -> MonthState:
    """Close the month of a filing place, and with it every month before, for good.

    Closing twice is closing once. There is no reopening: what comes later enters by an
    amendment, or counts in the first open month.
    """
    lock_months_for_closing(organization)
    state, _created = MonthState.objects.select_for_update().get_or_create(
        organization=organization, month=month
    )
    if state.status == MonthStatus.CLOSED:
        return state
    state.status = MonthStatus.CLOSED
    state.closed_at = timezone.now()
    state.closed_by_id = getattr(by, "pk", None)
    state.save(update_fields=["status", "closed_at", "closed_by"])
    audit.record(
        state,
        by=by,
        organization_id=organization.pk,
        after={"month": f"{month:%Y-%m}", "status": state.status},
    )
    return state


def lock_open_month(organization: Organization, month: dt.date) -> None:
    """Keep a filing place's month from being closed until this transaction ends.

    For what must never enter a closed month: asking alone would let the month close
    between the question and the write.
    """
    lock_shared(MONTHS_LOCK, [organization.pk])
    closed = MonthState.objects.closed().filter(organization=organization)
    if closed.filter(month__gte=month).exists():
        raise MonthIsClosed(month=f"{month:%Y-%m}", name=organization.name)
