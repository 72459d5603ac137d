"""Step 3, preview: save the plan of a sheet, or refuse its file."""

from django.utils.translation import gettext_lazy as _

from core.actions import action
from core.actors import Actor
from core.dates import format_iso_date
from core.errors import DomainError
from exchange.enums import WAITING, BatchState, Verdict
from exchange.import_kinds import ImportKind, RowPlan, import_kinds
from exchange.imports.batches import lock_batch, record_batch
from exchange.imports.import_plan import ImportPlan
from exchange.imports.plan import read_sheet
from exchange.job_kinds import Progress
from exchange.models import ImportBatch, ImportRow

BATCH_SIZE = 1000
MAX_LENGTH = 600


def plan_batch(
    batch: ImportBatch, *, by: Actor | None, progress: Progress | None = None
) -> ImportBatch:
    """Read the sheet and save its preview, or refuse the file.

    Reading is slow and runs outside any transaction; only saving runs in one.
    """
    try:
        import_plan = read_sheet(batch, by, progress)
    except DomainError as refusal:
        return refuse_batch(batch, refusal, by)
    return record_plan(batch, import_plan, by=by)


@action(label=_("Sheet read"))
def record_plan(
    batch: ImportBatch, import_plan: ImportPlan, *, by: Actor | None
) -> ImportBatch:
    """Save the preview of a batch; does nothing if it no longer waits for one."""
    batch = lock_batch(batch)
    if batch.state in WAITING:
        save_preview(batch, import_plan)
        record_batch(batch, by)
    return batch


@action(label=_("Sheet refused"))
def refuse_batch(
    batch: ImportBatch, refusal: DomainError, by: Actor | None
) -> ImportBatch:
    """Refuse the whole file with the reason, if the batch still waits."""
    batch = lock_batch(batch)
    if batch.state not in WAITING:
        return batch
    batch.rows.all().delete()
    batch.state, batch.message = BatchState.REFUSED, str(refusal)[:MAX_LENGTH]
    batch.notes = dict(getattr(refusal, "notes", None) or {})
    batch.counts = {}
    batch.save(update_fields=["state", "message", "notes", "counts"])
    record_batch(batch, by)
    return batch


def save_preview(batch: ImportBatch, import_plan: ImportPlan) -> None:
    """Write the preview and replace an earlier one.

    If no row would enter or change anything, the import ends without confirmation.
    """
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(_rows(batch, import_plan), batch_size=BATCH_SIZE)
    batch.plan_digest = import_plan.digest()
    batch.counts = import_plan.counts()
    batch.state = BatchState.PLANNED if batch.would_write else BatchState.NOTHING
    batch.notes = import_plan.notes()
    batch.confirmed_at = batch.confirmed_by = None
    batch.save(
        update_fields=[
            *("state", "plan_digest", "counts", "notes", "message"),
            *("confirmed_at", "confirmed_by"),
        ]
    )


def _rows(batch: ImportBatch, import_plan: ImportPlan) -> list[ImportRow]:
    """Build rows from the plans and the rows left out, in the order of the file."""
    rows = [
        ImportRow(
            batch=batch,
            sheet=(plan.sheet or "")[:120],
            excel_row=plan.excel_row,
            verdict=plan.verdict.value,
            label=plan.label[:120],
            message=plan.message[:MAX_LENGTH],
            flags=plan.flags,
            changes=_preview_changes(plan, import_kinds.get(batch.kind)),
        )
        for plan in import_plan.plans
    ]
    rows += [
        ImportRow(
            batch=batch,
            sheet=note.sheet[:120],
            excel_row=note.excel_row,
            verdict=Verdict.IGNORE,
            message=note.reason,
        )
        for note in import_plan.left_out
    ]
    sheet_number = {
        name[:120]: number for number, name in enumerate(import_plan.sheets)
    }
    rows.sort(key=lambda row: (sheet_number.get(row.sheet, 0), row.excel_row))
    for position, row in enumerate(rows):
        row.position = position
    return rows


def _preview_changes(plan: RowPlan, kind: ImportKind) -> dict[str, list[str]]:
    """Return the fields of a row that are worth checking, and its changes."""
    changes = {name: list(pair) for name, pair in plan.changes.items()}
    values = {label: plan.fields.get(field) for field, label in kind.checks.items()}
    checks = {
        str(label): ["", format_iso_date(value)]
        for label, value in values.items()
        if value
    }
    return {**checks, **changes}
