"""One row of a roster as read, with its flags and problems."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.errors import DomainError
from core.identity import identity_index
from exchange.doubts import Doubt, DoubtSource
from exchange.import_kinds import AskedGroup, RowReason, row_reason
from members.roster.columns import LABELS
from members.roster.errors import (
    BranchMissing,
    RowRefused,
    TwiceInFile,
    TwiceInSheets,
)
from organizations.models import Organization
from sheets.read import GroupHeading, groups_of


@dataclass(slots=True)
class ParsedRow:
    """One row as read: values for the columns of `Member`, flags and problems.

    `stated` names the values that the row itself states; other values are derived or
    taken from an answer, and never overwrite recorded ones. `questions` are the keys of
    what nothing says, `asked` the groups whose answer was looked for. `shown` are
    further values as the preview shows them. `also_on` is an earlier sheet that has the
    person, too. `works` is a word by which somebody is in service, and nothing says
    where they belong; `headings` are those of the sheet by field.
    """

    sheet: str
    excel_row: int
    above: tuple[GroupHeading, ...] = ()
    checked_in_on: dt.date | None = None
    branch_text: str = ""
    community_text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    flags: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    reasons: list[RowReason] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    asked: list[AskedGroup] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    refused_columns: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    also_on: str = ""
    works: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """The innermost heading above that may name an organization."""
        return next(iter(groups_of(self.above)), "")

    @property
    def id_index(self) -> str | None:
        """The blind index of the row's identity number, if it has one."""
        number = self.values.get("id_number")
        return identity_index(number) if number else None

    def organization_texts(self) -> tuple[str, str, str]:
        """Return what the row and its heading say of branch and community."""
        return self.branch_text, self.community_text, self.group

    def refuse(self, column: str, reason: DomainError | str) -> None:
        """Add a reason why the row is refused."""
        label = self.headings.get(column) or LABELS[column]
        refusal = RowRefused(row=self.excel_row, column=label, reason=reason)
        self.problems.append(str(refusal))
        self.reasons.append(row_reason(label, reason))
        self.refused_columns.add(column)

    def flag(self, name: str) -> None:
        """Add a flag for the user to check, once."""
        if name not in self.flags:
            self.flags.append(name)

    def doubt(self, source: DoubtSource, heading: str, text: str) -> None:
        """Add what somebody has to look at before the row is entered."""
        self.doubts.append(Doubt(source, self.sheet, heading, text))

    def set_value(self, name: str, value: Any) -> None:
        """Set a value that the row itself states."""
        self.values[name] = value
        self.stated.add(name)


def refuse_missing_branch(parsed: ParsedRow, organization: Organization | None) -> None:
    """Refuse the row of a new member that has no branch."""
    if organization is None and not {"branch", "community"} & parsed.refused_columns:
        parsed.refuse("branch", BranchMissing())


def refuse_repeated(
    parsed_rows: Iterable[ParsedRow], first: dict[str, tuple[str, int]]
) -> None:
    """Refuse all rows with a number but the first, even if that is refused.

    `first` keeps sheet and row of each number from one part of the file to the next.
    """
    for parsed in parsed_rows:
        number = parsed.values.get("id_number")
        if not number:
            continue
        position = parsed.sheet, parsed.excel_row
        sheet, row = first.setdefault(number, position)
        if (sheet, row) == position:
            continue
        if sheet == parsed.sheet:
            parsed.refuse("id_number", TwiceInFile(first=row))
        else:
            parsed.refuse(
                "id_number",
                TwiceInSheets(sheet=sheet, first=row),
            )
            parsed.also_on = sheet
