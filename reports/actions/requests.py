"""Record tasks from above, mark them as done, and void mistakes."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate
from core.months import refuse_future_day
from organizations.actions.refusals import refuse_outside_life
from organizations.models import Organization
from reports.burden_errors import RequestDone, RequestNotDone, RequestVoided
from reports.models import SuperiorRequest

SAID = ("source", "kind", "title", "document", "received_on", "due_on", "done_on")
"""What the log says of a task: all but how long it took."""


@action(label=_("Task from above recorded"))
def record_request(
    organizations: Iterable[Organization],
    *,
    source: str,
    kind: str,
    title: str,
    received_on: dt.date,
    by: Actor | None,
    due_on: dt.date | None = None,
    document: str = "",
) -> list[SuperiorRequest]:
    """Record one task for each of the places that have to do it, all or none."""
    refuse_future_day(received_on)
    rows = []
    for organization in organizations:
        refuse_outside_life(organization, received_on)
        row = SuperiorRequest(
            organization=organization,
            source=source,
            kind=kind,
            title=title,
            document=document,
            received_on=received_on,
            due_on=due_on,
            made_by_id=by.pk if by is not None else None,
        )
        validate(row)
        row.save()
        audit.record(
            row,
            by=by,
            organization_id=organization.pk,
            after=audit.snapshot(row, *SAID),
        )
        rows.append(row)
    return rows


@action(label=_("Task from above done"))
def finish_request(
    request: SuperiorRequest,
    *,
    done_on: dt.date,
    by: Actor | None,
    minutes: int | None = None,
) -> SuperiorRequest:
    """Mark a task as done on a day, with how long it took if somebody says so."""
    refuse_future_day(done_on)
    row = _lock(request)
    refuse_finish(row)
    # The log says who finished it; how long it took is read in sums alone.
    with audit.recording(row, "done_on", by=by, organization_id=row.organization_id):
        row.done_on, row.minutes = done_on, minutes
        row.done_by_id = by.pk if by is not None else None
        validate(row)
        row.save(update_fields=["done_on", "minutes", "done_by"])
    return row


@action(label=_("Task from above not done after all"))
def reopen_request(
    request: SuperiorRequest, *, by: Actor | None, reason: str
) -> SuperiorRequest:
    """Take back that a task was done; how long it took is forgotten with it."""
    row = _lock(request)
    refuse_reopen(row)
    with audit.recording(
        row, "done_on", by=by, organization_id=row.organization_id, reason=reason
    ):
        row.done_on = row.minutes = row.done_by = None
        row.save(update_fields=["done_on", "minutes", "done_by"])
    return row


@action(label=_("Task from above voided"))
def void_request(
    request: SuperiorRequest, *, by: Actor | None, reason: str
) -> SuperiorRequest:
    """Void a task recorded by mistake: it counts nowhere any more."""
    row = _lock(request)
    refuse_void_request(row)
    row.save(update_fields=row.void(reason))
    audit.record_void(
        row,
        by=by,
        organization_id=row.organization_id,
        reason=reason,
        values=audit.snapshot(row, *SAID),
    )
    return row


def refuse_void_request(row: SuperiorRequest) -> None:
    """Refuse to work on a task that was voided."""
    if row.voided_at is not None:
        day = timezone.localdate(row.voided_at)
        raise RequestVoided(title=row.title, day=day)


def refuse_finish(row: SuperiorRequest) -> None:
    """Refuse to mark a task as done twice."""
    refuse_void_request(row)
    if row.done_on is not None:
        raise RequestDone(title=row.title, day=row.done_on)


def refuse_reopen(row: SuperiorRequest) -> None:
    """Refuse to take back what is not done."""
    refuse_void_request(row)
    if row.done_on is None:
        raise RequestNotDone(title=row.title)


def _lock(request: SuperiorRequest) -> SuperiorRequest:
    rows = SuperiorRequest.all_objects.select_for_update(of=("self",))
    return rows.select_related("organization").get(pk=request.pk)
