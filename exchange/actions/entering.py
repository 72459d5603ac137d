"""Entering what was confirmed: all of it, or nothing."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction

from core.constraints import rules_speak
from core.errors import DomainError
from core.kinds import ImportKind, Verdict, import_kinds
from exchange.actions.batches import (
    Progress,
    confirm,
    kept_batch,
    lay_out,
    locked,
    options_of,
    plan_batch,
    read,
    record,
    refuse,
)
from exchange.enums import BatchState
from exchange.errors import PlanChanged
from exchange.models import ImportBatch
from exchange.planning import Outcome
from organizations.models import Organization

WRITTEN = (Verdict.CREATE, Verdict.UPDATE)


def commit_batch(
    batch: ImportBatch, *, progress: Progress | None = None
) -> ImportBatch:
    """Enter a confirmed sheet, if it still comes out as the preview showed it.

    The sheet is read and judged once more inside the transaction. Entered once is
    entered for good: a second worker finds nothing left to do.
    """
    try:
        with rules_speak():
            return _commit(batch, progress)
    except DomainError as refusal:
        return _put_back(batch, refusal)


@transaction.atomic
def _commit(batch: ImportBatch, progress: Progress | None) -> ImportBatch:
    batch = locked(batch)
    if batch.state != BatchState.CONFIRMED:
        return batch
    by = batch.confirmed_by
    outcome = read(batch, by, progress)
    if outcome.digest() == batch.plan_digest:
        _enter(batch, outcome, by)
        return batch
    batch.message = str(PlanChanged())
    lay_out(batch, outcome)
    record("exchange.plan_batch", batch, by)
    return batch


def _enter(batch: ImportBatch, outcome: Outcome, by: object | None) -> None:
    kind = import_kinds.get(batch.kind)
    wanted = [plan for plan in outcome.plans if plan.verdict in WRITTEN]
    if wanted:
        kind.commit(wanted, by=by, options=options_of(batch))
    batch.state = BatchState.COMMITTED
    batch.save(update_fields=["state"])
    record("exchange.commit_batch", batch, by)


def _put_back(batch: ImportBatch, refusal: DomainError) -> ImportBatch:
    """Show a new preview after the deed refused what was confirmed."""
    with transaction.atomic():
        batch = locked(batch)
        by = batch.confirmed_by or batch.uploaded_by
        if batch.state != BatchState.CONFIRMED:
            return batch
        batch.state, batch.message = BatchState.PLANNED, str(refusal)
        batch.confirmed_at = batch.confirmed_by = None
        batch.save(update_fields=["state", "message", "confirmed_at", "confirmed_by"])
    return plan_batch(batch, by=by)


def take_in(
    upload: File,
    *,
    kind: ImportKind,
    organization: Organization,
    by: object | None,
    starts_on: dt.date | None = None,
) -> Outcome:
    """Read and enter a sheet in one go, for an operator who asks for no preview.

    A file that is refused leaves its refused batch behind, and nothing else.
    """
    with transaction.atomic():
        batch = kept_batch(upload, kind=kind, organization=organization, by=by)
    try:
        with rules_speak(), transaction.atomic():
            outcome = read(batch, by, None)
            lay_out(batch, outcome)
            confirm(batch, by, starts_on)
            _enter(batch, outcome, by)
    except DomainError as refusal:
        refuse(batch, refusal, by)
        raise
    return outcome
