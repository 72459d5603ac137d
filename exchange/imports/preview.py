"""The preview of a batch: save it, confirm it, or discard it."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from core.errors import DomainError
from core.months import today
from core.registries.after_commit import announce
from exchange.actions.jobs import queue_job
from exchange.enums import SETTLED_UNENTERED, WAITING, BatchState, RowVerdict
from exchange.errors import FileErased, NothingToEnter, NotWaiting, StartsInFuture
from exchange.events import ImportDiscarded
from exchange.import_kinds import ImportKind, RowPlan, Verdict, import_kinds
from exchange.imports.batches import locked, options_of, record
from exchange.imports.plan import Outcome, plan_file
from exchange.models import ImportBatch, ImportRow

COMMIT = "exchange.commit_batch"
AT_ONCE = 1000
LONGEST = 600

Progress = Callable[[int], None]


def plan_batch(
    batch: ImportBatch, *, by: Actor | None, progress: Progress | None = None
) -> ImportBatch:
    """Read the sheet and lay the plan out for confirmation, or refuse the file.

    Reading takes its time outside any transaction; only the plan is written in one.
    """
    try:
        outcome = read(batch, by, progress)
    except DomainError as refusal:
        return refuse_batch(batch, refusal, by)
    return record_plan(batch, outcome, by=by)


@action(label=_("Sheet read"))
def record_plan(
    batch: ImportBatch, outcome: Outcome, *, by: Actor | None
) -> ImportBatch:
    """Save the preview of a batch that still waits for one."""
    batch = locked(batch)
    if batch.state in WAITING:
        save_preview(batch, outcome)
        record(batch, by)
    return batch


def read(batch: ImportBatch, by: Actor | None, progress: Progress | None) -> Outcome:
    """Read the batch's file and judge its rows; writes nothing."""
    if batch.file.erased_at is not None:
        raise FileErased
    return plan_file(
        batch.file.path,
        filename=batch.file.original_name,
        kind=import_kinds.get(batch.kind),
        by=by,
        options=options_of(batch),
        progress=progress,
    )


@action(label=_("Sheet refused"))
def refuse_batch(
    batch: ImportBatch, refusal: DomainError, by: Actor | None
) -> ImportBatch:
    """Refuse the whole file and say why."""
    batch = locked(batch)
    if batch.state not in WAITING:
        return batch
    batch.rows.all().delete()
    batch.state, batch.message = BatchState.REFUSED, str(refusal)[:LONGEST]
    batch.save(update_fields=["state", "message"])
    record(batch, by)
    return batch


def save_preview(batch: ImportBatch, outcome: Outcome) -> None:
    """Write the preview in place of an earlier one.

    Where no row would enter or change anything the import is over: nobody is asked.
    """
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(_rows(batch, outcome), batch_size=AT_ONCE)
    batch.plan_digest = outcome.digest()
    batch.counts = outcome.counts()
    batch.state = BatchState.PLANNED if batch.would_write else BatchState.NOTHING
    batch.notes = outcome.notes()
    batch.confirmed_at = batch.confirmed_by = None
    batch.save(
        update_fields=[
            *("state", "plan_digest", "counts", "notes", "message"),
            *("confirmed_at", "confirmed_by"),
        ]
    )


def _rows(batch: ImportBatch, outcome: Outcome) -> list[ImportRow]:
    """Make rows of the plans and of what was left out, as they stand in the file."""
    judged = [
        ImportRow(
            batch=batch,
            sheet=(plan.sheet or "")[:120],
            excel_row=plan.excel_row,
            verdict=plan.verdict.value,
            label=plan.label[:120],
            message=plan.message[:LONGEST],
            flags=plan.flags,
            changes=_shown(plan, import_kinds.get(batch.kind)),
        )
        for plan in outcome.plans
    ]
    judged += [
        ImportRow(
            batch=batch,
            sheet=note.sheet[:120],
            excel_row=note.excel_row,
            verdict=RowVerdict.IGNORE,
            message=note.reason,
        )
        for note in outcome.left_out
    ]
    place = {name[:120]: number for number, name in enumerate(outcome.sheets)}
    judged.sort(key=lambda row: (place.get(row.sheet, 0), row.excel_row))
    for position, row in enumerate(judged):
        row.position = position
    return judged


def _shown(plan: RowPlan, kind: ImportKind) -> dict[str, list[str]]:
    """Return what a row changes, or of a new one what is worth a look."""
    if plan.verdict != Verdict.CREATE:
        return {name: list(pair) for name, pair in plan.changes.items()}
    read = {label: plan.fields.get(field) for field, label in kind.checks.items()}
    return {str(label): ["", value] for label, value in read.items() if value}


@action(label=_("Import confirmed"))
def confirm_batch(
    batch: ImportBatch, *, by: Actor | None, starts_on: dt.date | None = None
) -> ImportBatch:
    """Confirm the preview; a worker enters it if it still comes out the same."""
    batch = locked(batch)
    if batch.state == BatchState.NOTHING:
        raise NothingToEnter
    if not batch.can_be_confirmed:
        raise NotWaiting(state=batch.get_state_display())
    confirm(batch, by, starts_on)
    batch.job = queue_job(COMMIT, owner=by, subject=batch.pk)
    batch.save(update_fields=["job"])
    record(batch, by)
    return batch


def confirm(batch: ImportBatch, by: Actor | None, starts_on: dt.date | None) -> None:
    """Note who confirmed the plan, and from when memberships begin."""
    if starts_on is not None and starts_on > today():
        raise StartsInFuture
    batch.state, batch.message = BatchState.CONFIRMED, ""
    batch.starts_on = starts_on
    batch.confirmed_by_id = getattr(by, "pk", None)
    batch.confirmed_at = timezone.now()
    batch.save(
        update_fields=["state", "message", "starts_on", "confirmed_by", "confirmed_at"]
    )


@action(label=_("Import discarded"))
def discard_batch(batch: ImportBatch, *, by: Actor | None) -> ImportBatch:
    """Let an upload be: nothing of it was written, and its file is erased at once."""
    batch = locked(batch)
    if batch.state not in (*WAITING, *SETTLED_UNENTERED):
        raise NotWaiting(state=batch.get_state_display())
    batch.state = BatchState.DISCARDED
    batch.save(update_fields=["state"])
    announce(ImportDiscarded(batch.file_id))
    record(batch, by)
    return batch
