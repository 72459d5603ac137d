"""From an office's file to a plan: what would come of each row, nothing written."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from core.actors import Actor
from core.crypto import blind_index
from exchange.enums import RowVerdict
from exchange.import_kinds import ImportKind, RowPlan
from sheets.read import (
    ColumnSpec,
    NoRows,
    TableRow,
    Tables,
    find_tables,
    open_sheets,
)

# Any long run of digits may be an identity or a telephone number; blanks inside do
# not make it another one.
LONG_NUMBER = re.compile(r"\d(?:[ \u3000-]?\d){9,}[ \u3000-]?[\dXx]?")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row, or with row 0 a sheet, that holds no data, and why."""

    sheet: str
    excel_row: int
    reason: str


@dataclass(slots=True)
class Outcome:
    """Everything a preview shows of a file."""

    plans: list[RowPlan]
    sheets: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    left_out_sheets: list[LeftOut] = field(default_factory=list)
    unknown_columns: dict[str, list[str]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Return how many rows there are of each verdict."""
        found = Counter(str(plan.verdict) for plan in self.plans)
        found[RowVerdict.IGNORE.value] = len(self.left_out)
        return {verdict: found[verdict] for verdict in RowVerdict.values}

    def notes(self) -> dict[str, Any]:
        """Return what is told of the file as a whole."""
        return {
            "sheets": self.sheets,
            "unknown_columns": self.unknown_columns,
            "left_out_sheets": [
                {"sheet": note.sheet, "reason": note.reason}
                for note in self.left_out_sheets
            ],
        }

    def digest(self) -> str:
        """Stand for the outcome, so that a changed one is noticed."""
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


def without_numbers(text: str) -> str:
    """Mask whatever may be an identity or a telephone number in a text."""
    return LONG_NUMBER.sub(lambda found: f"****{found[0][-4:]}", text)


def _masked(plan: RowPlan) -> RowPlan:
    """Leave no number in what is shown of a row, whatever its kind wrote there."""
    shown = {
        name: (without_numbers(before), without_numbers(after))
        for name, (before, after) in plan.changes.items()
    }
    return replace(
        plan,
        label=without_numbers(plan.label),
        message=without_numbers(plan.message),
        changes=shown,
    )


def plan_file(
    path: Path,
    *,
    filename: str,
    kind: ImportKind,
    by: Actor | None,
    options: Mapping[str, Any],
    progress: Callable[[int], None] | None = None,
) -> Outcome:
    """Read the file and judge its rows for the person; writes nothing.

    A file or table that cannot be read raises the refusal to be shown.
    """
    tell = progress or _nobody
    tell(5)
    sheets = open_sheets(path, filename=filename)
    specs = [ColumnSpec(c.field, c.words, c.required) for c in kind.columns]
    found = find_tables(sheets, specs)
    tell(10)
    titles = {table.sheet_name: table.preamble for table in found.tables}
    judge = kind.planner(by=by, options={**options, "titles": titles})
    plans = [_masked(plan) for plan in judge(_counted(_rows(found), tell))]
    if not plans:
        raise NoRows
    tell(80)
    return _outcome(plans, found, order=[sheet.name for sheet in sheets])


def _nobody(_percent: int) -> None:
    """Hear of progress and keep it to oneself."""


def _rows(found: Tables) -> Iterator[TableRow]:
    for table in found.tables:
        yield from table.rows


def _counted(
    rows: Iterable[TableRow], tell: Callable[[int], None]
) -> Iterator[TableRow]:
    """Tell the progress of reading, which ends nobody knows where, towards a half."""
    for number, row in enumerate(rows, start=1):
        if number % 1000 == 0:
            tell(50 - 40_000 // (number + 1000))
        yield row


def _outcome(plans: list[RowPlan], found: Tables, *, order: list[str]) -> Outcome:
    place = {name: number for number, name in enumerate(order)}
    return Outcome(
        plans=sorted(plans, key=lambda p: (place.get(p.sheet or "", 0), p.excel_row)),
        sheets=order,
        left_out=[
            LeftOut(row.sheet, row.excel_row, str(row.reason.label))
            for table in found.tables
            for row in table.ignored
        ],
        left_out_sheets=[
            LeftOut(note.sheet, 0, str(note.reason.label)) for note in found.ignored
        ],
        unknown_columns={
            table.sheet_name: list(table.unknown_headers)
            for table in found.tables
            if table.unknown_headers
        },
    )
