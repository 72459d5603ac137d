"""One row of a roster as it was read, with what is doubtful or wrong in it."""

from dataclasses import dataclass, field
from typing import Any

from core.errors import DomainError
from members.resources import LABELS
from members.roster.errors import RowRefused


@dataclass(slots=True)
class ParsedRow:
    """One row as it was read: values for the columns of `Member`, and remarks.

    `given` names the values that stand in the row itself; others follow from them or
    are assumed, and never overwrite what is recorded.
    """

    sheet: str
    excel_row: int
    group: str = ""
    subgroup: str = ""
    branch_text: str = ""
    place_text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    flags: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)

    def refuse(self, column: str, reason: DomainError | str) -> None:
        """Note why the row cannot be taken."""
        refusal = RowRefused(row=self.excel_row, column=LABELS[column], reason=reason)
        self.problems.append(str(refusal))
        self.faulty.add(column)

    def flag(self, name: str) -> None:
        """Note something the office should know, once."""
        if name not in self.flags:
            self.flags.append(name)

    def give(self, name: str, value: Any) -> None:
        """Take a value that the row itself says."""
        self.values[name] = value
        self.given.add(name)
