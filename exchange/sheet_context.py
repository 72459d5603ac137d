"""What stands around the rows of a sheet, and what people answered about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from exchange.doubts import DOUBTS, DoubtAnswers
from exchange.sheet_types import SheetType
from organizations.models import Organization

# The keys of answers by sheet, by sheet and field, and by group of rows.
TYPES, COLUMNS, BY_GROUP = "types", "columns", "by_group"


@dataclass(frozen=True, slots=True)
class SheetAnswers:
    """What a person answered where the sheet does not say it itself.

    `types` are the types of sheets by their names, `columns` the columns that were
    chosen of several under one heading, by sheet and field, `doubts` what was looked
    at; the other answers are those to the kind's questions, `by_group` those that hold
    for some rows only, by the key of the group.
    """

    to_questions: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    by_group: Mapping[str, str] = field(default_factory=dict)
    doubts: DoubtAnswers = field(default_factory=DoubtAnswers)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """Return those that an import stores."""
        own = {TYPES, COLUMNS, BY_GROUP, DOUBTS}
        return cls(
            {key: stored[key] for key in stored if key not in own},
            stored.get(TYPES) or {},
            stored.get(COLUMNS) or {},
            stored.get(BY_GROUP) or {},
            DoubtAnswers.of(stored),
        )

    def get(self, question: str) -> str:
        """Return the answer to a question of the kind; "" if nobody gave one."""
        return self.to_questions.get(question) or ""

    def get_for_group(self, question: str, group: str) -> str:
        """Return the answer for a group of rows by its key, else that for all rows."""
        return self.by_group.get(group) or self.get(question)


@dataclass(frozen=True, slots=True)
class SheetContext:
    """For whom a file is read, and what its sheets say beside their rows.

    By the name of a sheet: `titles` are the lines above its table, `headers` the
    headings of its columns, `unread` those that are not read, `sheet_types` how it was
    recognized. Neither title nor
    answer says the type of the `untitled_sheets`.
    """

    organization: Organization
    answers: SheetAnswers = field(default_factory=SheetAnswers)
    file_name: str = ""
    titles: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unread: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sheet_types: Mapping[str, SheetType] = field(default_factory=dict)
    untitled_sheets: frozenset[str] = frozenset()
