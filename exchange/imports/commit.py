"""Entering what was confirmed: all of it, or nothing."""

import datetime as dt

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from core.db.constraints import translate_integrity_errors
from core.errors import DomainError
from exchange.enums import BatchState
from exchange.errors import PlanChanged
from exchange.import_kinds import ImportKind, Verdict, import_kinds
from exchange.imports.batches import locked, options_of, record
from exchange.imports.plan import Outcome
from exchange.imports.preview import (
    Progress,
    confirm,
    plan_batch,
    read,
    refuse_batch,
    save_preview,
)
from exchange.imports.upload import kept_batch
from exchange.models import ImportBatch
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
        with translate_integrity_errors():
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
        enter_rows(batch, outcome, by)
        return batch
    return show_plan_again(batch, outcome, by)


@action(label=_("Sheet read"))
def show_plan_again(
    batch: ImportBatch, outcome: Outcome, by: Actor | None
) -> ImportBatch:
    """Save a new preview because the sheet no longer comes out as confirmed."""
    batch.message = str(PlanChanged())
    save_preview(batch, outcome)
    record(batch, by)
    return batch


@action(label=_("Sheet's rows entered"))
def enter_rows(batch: ImportBatch, outcome: Outcome, by: Actor | None) -> None:
    """Enter the rows that are to be created or changed."""
    kind = import_kinds.get(batch.kind)
    wanted = [plan for plan in outcome.plans if plan.verdict in WRITTEN]
    if wanted:
        kind.commit(wanted, by=by, options=options_of(batch))
    batch.state = BatchState.COMMITTED
    batch.save(update_fields=["state"])
    record(batch, by)


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


def import_now(
    upload: File,
    *,
    kind: ImportKind,
    organization: Organization,
    by: Actor | None,
    starts_on: dt.date | None = None,
) -> Outcome:
    """Read and enter a sheet in one go, for an operator who asks for no preview.

    A file that is refused leaves its refused batch behind, and nothing else.
    """
    with transaction.atomic():
        batch = kept_batch(upload, kind=kind, organization=organization, by=by)
    try:
        with translate_integrity_errors(), transaction.atomic():
            outcome = read(batch, by, None)
            save_preview(batch, outcome)
            confirm(batch, by, starts_on)
            enter_rows(batch, outcome, by)
    except DomainError as refusal:
        refuse_batch(batch, refusal, by)
        raise
    return outcome
