"""The plan of a file: that of each row, and remarks on the whole."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.crypto import blind_index
from core.text import mask_numbers
from exchange.enums import Verdict
from exchange.import_kinds import RowPlan

SHOWN_REASONS, MAX_REASON_LENGTH = 12, 300
SHOWN_GROUPS, MAX_GROUP_LENGTH = 20, 60


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
    layouts: dict[str, str] = field(default_factory=dict)
    doubts: list[dict[str, Any]] = field(default_factory=list)

    @property
    def unseen(self) -> list[dict[str, Any]]:
        """The doubts that nobody has looked at yet."""
        return [doubt for doubt in self.doubts if doubt["open"]]

    def questions(self) -> list[str]:
        """Return the keys of the questions that rows leave open."""
        return sorted({key for plan in self.plans for key in plan.questions})

    def groups(self) -> dict[str, list[dict[str, Any]]]:
        """Return the groups of rows that a question is about, where they are several.

        The largest come first; those beyond a page's length take the answer for all.
        """
        counted = Counter(asked for plan in self.plans for asked in plan.asked)
        groups: dict[str, list[dict[str, Any]]] = {}
        for asked, rows in counted.most_common():
            found = groups.setdefault(asked.question, [])
            if len(found) < SHOWN_GROUPS:
                label = mask_numbers(asked.group)[:MAX_GROUP_LENGTH]
                found.append({"key": asked.key, "label": label, "rows": rows})
        named = {asked.question for asked in counted if asked.stands_alone}
        return {k: found for k, found in groups.items() if len(found) > 1 or k in named}

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
            "layouts": self.layouts,
            "questions": self.questions(),
            "groups": self.groups(),
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


def _mask_doubt(doubt: Mapping[str, Any]) -> dict[str, Any]:
    """Mask the numbers in the words of a doubt; its key still finds it."""
    words = {name: mask_numbers(doubt[name]) for name in ("text", "heading")}
    return {**doubt, **words}
