"""Step 2, plan: read a file and decide the outcome of each row; nothing is written."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from core.actors import Actor
from core.text import mask_numbers
from exchange.errors import FileErased, NoLongerPermitted, UnwantedSheet
from exchange.import_kinds import ImportKind, RowPlan, import_kinds
from exchange.imports.doubts import SheetDoubts
from exchange.imports.import_plan import ImportPlan, Omission
from exchange.imports.plan_clock import (
    PLANNED,
    STARTED,
    PlanClock,
    limit_planning_time,
    limit_reading_time,
)
from exchange.imports.recognition import SheetRecognizer
from exchange.job_kinds import Progress
from exchange.models import ImportBatch
from exchange.sheet_context import SheetAnswers, SheetContext
from exchange.stored_files import open_plain_copy
from organizations.models import Organization
from sheets.read import (
    DuplicateColumn,
    IgnoredRow,
    NoRows,
    Rivals,
    Sheet,
    Tables,
    find_tables,
    open_sheets,
)


def _mask_plan(plan: RowPlan) -> RowPlan:
    """Mask the numbers in the shown parts of a row, whatever its kind wrote there."""
    changes = {
        name: (mask_numbers(before), mask_numbers(after))
        for name, (before, after) in plan.changes.items()
    }
    return replace(
        plan,
        label=mask_numbers(plan.label),
        message=mask_numbers(plan.message),
        changes=changes,
    )


def require_person(by: Actor | None) -> Actor:
    """Return the person who reads a sheet; without one nothing says what it may do."""
    if by is None:
        raise NoLongerPermitted
    return by


def plan_file(
    path: Path,
    *,
    filename: str,
    kind: ImportKind,
    by: Actor | None,
    organization: Organization,
    answers: SheetAnswers,
    progress: Progress | None = None,
    clock: PlanClock | None = None,
) -> ImportPlan:
    """Read the file and plan its rows for the person; writes nothing.

    Raises the refusal to show if the file or its table cannot be read.
    """
    person = require_person(by)
    report = progress or _ignore_progress
    report(5)
    sheets, tables, recognizer = find_wanted_tables(
        path, filename=filename, kind=kind, answers=answers
    )
    report(STARTED)
    clock = clock or PlanClock()
    context = SheetContext(
        organization,
        answers,
        filename,
        titles={table.sheet_name: table.preamble for table in tables.tables},
        headers={table.sheet_name: table.headers for table in tables.tables},
        unread={table.sheet_name: table.unknown_headers for table in tables.tables},
        sheet_types=recognizer.types,
        untitled_sheets=recognizer.untitled,
    )
    plan_rows = kind.planner(by=person, context=context)
    doubts = SheetDoubts(
        kind.doubt_reader(context=context), recognizer.untitled, answers.doubts
    )
    rows = doubts.watch(tables.tables)
    planned = plan_rows(limit_reading_time(rows, report, clock))
    plans, found = doubts.settle(
        [_mask_plan(plan) for plan in limit_planning_time(planned, clock)]
    )
    if not plans:
        raise NoRows
    report(PLANNED)
    import_plan = _build_plan(plans, tables, order=[sheet.name for sheet in sheets])
    import_plan.recognized, import_plan.doubts = recognizer.recognized, found
    import_plan.layouts = recognizer.layouts
    return import_plan


def find_wanted_tables(
    path: Path, *, filename: str, kind: ImportKind, answers: SheetAnswers
) -> tuple[list[Sheet], Tables, SheetRecognizer]:
    """Return the sheets of a file, the tables that are read, and how each is known."""
    sheets = open_sheets(path, filename=filename)
    recognizer = SheetRecognizer(kind, filename, answers.types)
    try:
        tables = find_tables(sheets, kind.columns, recognizer, answers.columns)
    except UnwantedSheet as refusal:
        refusal.notes = _note_refused(recognizer)
        raise
    except DuplicateColumn as refusal:
        refusal.notes = {
            **_note_refused(recognizer),
            "rivals": [_mask_rivals(rivals) for rivals in refusal.rivals],
        }
        raise
    return sheets, tables, recognizer


def _note_refused(recognizer: SheetRecognizer) -> dict[str, Any]:
    """Return what a refused file keeps, so that it can be corrected by hand."""
    return {"recognized": recognizer.recognized, "layouts": recognizer.layouts}


def _mask_rivals(rivals: Rivals) -> dict[str, Any]:
    """Return columns of one heading as the page shows them, numbers masked."""
    columns = {
        letters: [mask_numbers(value) for value in values]
        for letters, values in rivals.columns.items()
    }
    return {**rivals._asdict(), "columns": columns}


def read_sheet(
    batch: ImportBatch, by: Actor | None, progress: Progress | None = None
) -> ImportPlan:
    """Read a batch's file and plan its rows; writes nothing, refuses an erased file."""
    if batch.file.erased_at is not None:
        raise FileErased
    with open_plain_copy(batch.file.path) as path:
        return plan_file(
            path,
            filename=batch.file.original_name,
            kind=import_kinds.get(batch.kind),
            by=by,
            organization=batch.organization,
            answers=SheetAnswers.of(batch.answers),
            progress=progress,
        )


def _ignore_progress(_percent: int) -> None:
    """Drop the progress if the caller does not want it."""


def _say_why_no_row(row: IgnoredRow) -> str:
    return "，".join(filter(None, (str(row.reason.label), row.note)))


def _build_plan(
    plans: list[RowPlan], tables: Tables, *, order: list[str]
) -> ImportPlan:
    sheet_number = {name: number for number, name in enumerate(order)}
    return ImportPlan(
        plans=sorted(
            plans, key=lambda p: (sheet_number.get(p.sheet or "", 0), p.excel_row)
        ),
        sheets=order,
        left_out=[
            Omission(row.sheet, row.excel_row, _say_why_no_row(row))
            for table in tables.tables
            for row in table.ignored
        ],
        left_out_sheets=[
            Omission(note.sheet, 0, note.detail or str(note.reason.label))
            for note in tables.ignored
        ],
        unknown_columns={
            table.sheet_name: list(table.unknown_headers)
            for table in tables.tables
            if table.unknown_headers
        },
    )
