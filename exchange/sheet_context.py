"""What stands around the rows of a sheet, and what people answered about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from exchange.doubts import DOUBTS, DoubtAnswers
from exchange.sheet_types import SheetType
from organizations.models import Organization

TYPES = "types"  # the key of the answers by sheet


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What a person answered where the sheet does not say it itself.

    `types` are the types of sheets by their names, `doubts` what was looked at; the
    other answers are those to the kind's questions.
    """

    to_questions: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    doubts: DoubtAnswers = field(default_factory=DoubtAnswers)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return those that an import stores."""
        others = {key: stored[key] for key in stored if key not in {TYPES, DOUBTS}}
        return cls(others, stored.get(TYPES) or {}, DoubtAnswers.of(stored))

    def get(self, question: str) -> str:
        """Return the answer to a question of the kind; "" if nobody gave one."""
        return self.to_questions.get(question) or ""


@dataclass(frozen=True, slots=True)
class SheetContext:
    """For whom a file is read, and what its sheets say beside their rows.

    By the name of a sheet: `titles` are the lines above its table, `headers` the
    headings of its columns, `sheet_types` how it was recognized. Neither title nor
    answer says the type of the `untitled_sheets`.
    """

    organization: Organization
    answers: SheetAnswers = field(default_factory=SheetAnswers)
    file_name: str = ""
    titles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sheet_types: Mapping[str, SheetType] = field(default_factory=dict)
    untitled_sheets: frozenset[str] = frozenset()
