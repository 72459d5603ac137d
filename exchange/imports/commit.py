"""Step 5, commit: enter all confirmed rows, or none."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from core.db.constraint_errors import translate_integrity_errors
from core.db.digests import digested
from core.errors import DomainError
from exchange.enums import BatchState
from exchange.errors import NoLongerPermitted, PlanChanged
from exchange.import_kinds import ImportKind, Verdict, import_kinds
from exchange.imports.batches import lock_batch, record_batch
from exchange.imports.decisions import mark_confirmed, refuse_open_questions
from exchange.imports.import_plan import ImportPlan
from exchange.imports.plan import read_sheet, require_person
from exchange.imports.preview import plan_batch, refuse_batch, save_preview
from exchange.imports.upload import open_batch
from exchange.job_kinds import Progress
from exchange.models import ImportBatch
from exchange.permissions import can_work_on
from organizations.models import Organization

WRITTEN = (Verdict.CREATE, Verdict.UPDATE)


def commit_batch(
    batch: ImportBatch, *, progress: Progress | None = None
) -> ImportBatch:
    """Enter a confirmed sheet if its plan is still the one the preview showed.

    The sheet is read and planned again inside the transaction. A second worker finds
    the batch entered and does nothing.
    """
    try:
        with translate_integrity_errors():
            return _commit(batch, progress)
    except NoLongerPermitted as refusal:
        return take_back_confirmation(batch, refusal, by=batch.confirmed_by)
    except DomainError as refusal:
        return _return_to_preview(batch, refusal)


@transaction.atomic
def _commit(batch: ImportBatch, progress: Progress | None) -> ImportBatch:
    batch = lock_batch(batch)
    if batch.state != BatchState.CONFIRMED:
        return batch
    by = batch.confirmed_by
    if not can_work_on(by, batch):
        raise NoLongerPermitted
    import_plan = read_sheet(batch, by, progress)
    if import_plan.digest() == batch.plan_digest:
        enter_rows(batch, import_plan, by)
        return batch
    return show_plan_again(batch, import_plan, by)


@action(label=_("Sheet read again"))
def show_plan_again(
    batch: ImportBatch, import_plan: ImportPlan, by: Actor | None
) -> ImportBatch:
    """Save a new preview, because the plan is no longer the confirmed one."""
    batch.message = str(PlanChanged())
    save_preview(batch, import_plan)
    record_batch(batch, by)
    return batch


@action(label=_("Sheet's rows entered"))
def enter_rows(batch: ImportBatch, import_plan: ImportPlan, by: Actor | None) -> None:
    """Enter the rows that are to be created or changed."""
    kind = import_kinds.get(batch.kind)
    refuse_open_questions(batch)
    plans = [plan for plan in import_plan.plans if plan.verdict in WRITTEN]
    if plans:
        kind.commit(plans, by=require_person(by), starts_on=batch.starts_on)
    batch.state = BatchState.COMMITTED
    batch.save(update_fields=["state"])
    record_batch(batch, by)


def _return_to_preview(batch: ImportBatch, refusal: DomainError) -> ImportBatch:
    """Make a new preview after the kind's action refused the confirmed rows."""
    by = batch.confirmed_by or batch.uploaded_by
    waiting = take_back_confirmation(batch, refusal, by=by)
    if waiting.state != BatchState.PLANNED:
        return waiting
    return plan_batch(waiting, by=by)


@action(label=_("Confirmation taken back"))
def take_back_confirmation(
    batch: ImportBatch, refusal: DomainError, *, by: Actor | None
) -> ImportBatch:
    """Take a confirmation back and say why: anybody with the role may confirm."""
    batch = lock_batch(batch)
    if batch.state == BatchState.CONFIRMED:
        batch.state, batch.message = BatchState.PLANNED, str(refusal)
        batch.confirmed_at = batch.confirmed_by = None
        columns = ["state", "message", "confirmed_at", "confirmed_by"]
        batch.save(update_fields=columns)
        record_batch(batch, by)
    return batch


def import_now(
    upload: File,
    *,
    kind: ImportKind,
    organization: Organization,
    by: Actor | None,
    starts_on: dt.date | None = None,
    answers: Mapping[str, Any] | None = None,
) -> ImportPlan:
    """Read and enter a sheet at once, for an operator who asks for no preview.

    A refused file leaves only its refused batch; a sheet that leaves a question open
    waits for the answer like any preview, and nothing is entered.
    """
    batch = _open_answered(
        upload, answers or {}, kind=kind, organization=organization, by=by
    )
    try:
        with translate_integrity_errors():
            return _read_and_enter(batch, starts_on, by=by)
    except DomainError as refusal:
        refuse_batch(batch, refusal, by)
        raise


@digested
def _open_answered(
    upload: File,
    answers: Mapping[str, Any],
    *,
    kind: ImportKind,
    organization: Organization,
    by: Actor | None,
) -> ImportBatch:
    batch = open_batch(upload, kind=kind, organization=organization, by=by)
    batch.answers = dict(answers)
    batch.save(update_fields=["answers"])
    return batch


@digested
def _read_and_enter(
    batch: ImportBatch, starts_on: dt.date | None, *, by: Actor | None
) -> ImportPlan:
    import_plan = read_sheet(batch, by)
    save_preview(batch, import_plan)
    if not import_plan.questions() and not import_plan.unseen:
        mark_confirmed(batch, by, starts_on)
        enter_rows(batch, import_plan, by)
    return import_plan
