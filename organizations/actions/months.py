"""Close months, and lock them against closing."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.dates import format_month
from core.db.locks import lock_exclusive, lock_shared
from organizations.enums import MONTHS_LOCK, MonthStatus
from organizations.errors import MonthIsClosed
from organizations.models import MonthState, Organization
from organizations.month_closers import month_closers


def lock_months_for_closing(organization: Organization) -> None:
    """Block the dating of facts of a filing organization until this transaction ends.

    Freezing a month takes this lock before it counts: an action that saw the month
    open has then either been counted, or waits and will see the month closed.
    """
    lock_exclusive(MONTHS_LOCK, [organization.pk])


@action(label=_("Month closed"))
def close_month(
    organization: Organization, month: dt.date, *, by: Actor | None
) -> MonthState:
    """Close a month of a filing organization, and every month before it, for good.

    Closing again has no effect. There is no reopening: later facts enter by an
    amendment, or count in the first open month.
    """
    lock_months_for_closing(organization)
    before = _last_closed(organization)
    state, _created = MonthState.objects.select_for_update().get_or_create(
        organization=organization, month=month
    )
    if state.status == MonthStatus.CLOSED:
        return state
    state.status = MonthStatus.CLOSED
    state.closed_at = timezone.now()
    state.closed_by_id = getattr(by, "pk", None)
    state.save(update_fields=["status", "closed_at", "closed_by"])
    if before is None or before < month:
        for closer in month_closers:
            closer.run(organization, before, month)
    audit.record(
        state,
        by=by,
        organization_id=organization.pk,
        after={"month": f"{month:%Y-%m}", "status": state.status},
    )
    return state


def _last_closed(organization: Organization) -> dt.date | None:
    states = MonthState.objects.filter(organization=organization)
    return states.last_closed().get(organization.pk)


def lock_open_month(organization: Organization, month: dt.date) -> None:
    """Keep a month from being closed until this transaction ends; refuse a closed one.

    For facts that must never enter a closed month: a check without the lock would let
    the month close between the check and the write.
    """
    lock_shared(MONTHS_LOCK, [organization.pk])
    closed = MonthState.objects.closed().filter(organization=organization)
    if closed.filter(month__gte=month).exists():
        raise MonthIsClosed(month=format_month(month), name=organization.name)
