"""Step 2, plan: read a file and decide the outcome of each row; nothing is written."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from core.actors import Actor
from core.crypto import blind_index
from exchange.enums import Verdict
from exchange.errors import FileErased, UnwantedSheet
from exchange.import_kinds import ImportKind, RowPlan, import_kinds
from exchange.imports.doubts import SheetDoubts
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
from sheets.read import NoRows, Sheet, Tables, find_tables, open_sheets

SHOWN_REASONS, MAX_REASON_LENGTH = 12, 300
# Any long run of digits may be an identity or telephone number, even with blanks
# inside.
LONG_NUMBER = re.compile(r"\d(?:[ \u3000-]?\d){9,}[ \u3000-]?[\dXx]?")


@dataclass(frozen=True, slots=True)
class Omission:
    """A row without data, or a sheet if `excel_row` is 0, and the reason."""

    sheet: str
    excel_row: int
    reason: str


@dataclass(slots=True)
class ImportPlan:
    """Everything a preview shows of a file."""

    plans: list[RowPlan]
    sheets: list[str] = field(default_factory=list)
    left_out: list[Omission] = field(default_factory=list)
    left_out_sheets: list[Omission] = field(default_factory=list)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)
    recognized: list[dict[str, str]] = field(default_factory=list)
    doubts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def unseen(self) -> list[dict[str, Any]]:
        """The doubts that nobody has looked at yet."""
        return [doubt for doubt in self.doubts if doubt["open"]]

    def questions(self) -> list[str]:
        """Return the keys of the questions that rows leave open."""
        return sorted({key for plan in self.plans for key in plan.questions})

    def reasons(self) -> list[dict[str, Any]]:
        """Return why rows are refused: of how many rows, the most frequent first.

        The words are those of the first row; `varies` says that others have other ones.
        """
        texts: dict[str, list[str]] = {}
        for plan in self.plans:
            for key, text in dict(plan.reasons).items():
                texts.setdefault(key, []).append(text)
        groups = sorted(texts.values(), key=len, reverse=True)[:SHOWN_REASONS]
        return [
            {
                "text": mask_numbers(group[0])[:MAX_REASON_LENGTH],
                "rows": len(group),
                "varies": len(set(group)) > 1,
            }
            for group in groups
        ]

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each verdict."""
        counts = Counter(str(plan.verdict) for plan in self.plans)
        counts[Verdict.IGNORE.value] = len(self.left_out)
        return {verdict: counts[verdict] for verdict in Verdict.values}

    def notes(self) -> dict[str, Any]:
        """Return the remarks on the file as a whole."""
        return {
            "sheets": self.sheets,
            "recognized": self.recognized,
            "questions": self.questions(),
            "reasons": self.reasons(),
            "doubts": [_mask_doubt(doubt) for doubt in self.doubts],
            "unknown_columns": self.unknown_columns,
            "left_out_sheets": [
                {"sheet": note.sheet, "reason": note.reason}
                for note in self.left_out_sheets
            ],
        }

    def digest(self) -> str:
        """Return a digest of the plan, by which a changed one is detected."""
        rows = [
            {
                "sheet": plan.sheet,
                "row": plan.excel_row,
                "flags": plan.flags,
                "verdict": plan.verdict,
                "message": plan.message,
                "fields": dict(plan.fields),
                "changes": dict(plan.changes),
            }
            for plan in self.plans
        ]
        body = json.dumps(rows, sort_keys=True, ensure_ascii=False)
        return blind_index(body, purpose="import plan")


def mask_numbers(text: str) -> str:
    """Mask everything in a text that may be an identity or telephone number."""
    return LONG_NUMBER.sub(lambda match: f"****{match[0][-4:]}", text)


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


def _mask_doubt(doubt: Mapping[str, Any]) -> dict[str, Any]:
    """Mask the numbers in the words of a doubt; its key still finds it."""
    words = {name: mask_numbers(doubt[name]) for name in ("text", "heading")}
    return {**doubt, **words}


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
        sheet_types=recognizer.types,
        untitled_sheets=recognizer.untitled,
    )
    plan_rows = kind.planner(by=by, context=context)
    doubts = SheetDoubts(kind.doubt_reader(context=context), recognizer.untitled)
    rows = doubts.watch(tables.tables)
    planned = plan_rows(limit_reading_time(rows, report, clock))
    plans, found = doubts.settle(
        [_mask_plan(plan) for plan in limit_planning_time(planned, clock)],
        answers.doubts,
    )
    if not plans:
        raise NoRows
    report(PLANNED)
    import_plan = _build_plan(plans, tables, order=[sheet.name for sheet in sheets])
    import_plan.recognized, import_plan.doubts = recognizer.recognized, found
    return import_plan


def find_wanted_tables(
    path: Path, *, filename: str, kind: ImportKind, answers: SheetAnswers
) -> tuple[list[Sheet], Tables, SheetRecognizer]:
    """Return the sheets of a file, the tables that are read, and how each is known."""
    sheets = open_sheets(path, filename=filename)
    recognizer = SheetRecognizer(kind, filename, answers.types)
    try:
        return sheets, find_tables(sheets, kind.columns, recognizer), recognizer
    except UnwantedSheet as refusal:
        refusal.recognized = recognizer.recognized
        raise


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
            Omission(row.sheet, row.excel_row, str(row.reason.label))
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
