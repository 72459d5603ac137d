"""One row of a roster as read, with its flags and problems."""

from dataclasses import dataclass, field
from typing import Any

from core.errors import DomainError
from members.resources import LABELS
from members.roster.errors import RowRefused


@dataclass(slots=True)
class ParsedRow:
    """One row as read: values for the columns of `Member`, flags and problems.

    `stated` names the values that the row itself states; other values are derived or
    assumed, and never overwrite recorded ones.
    """

    sheet: str
    excel_row: int
    group: str = ""
    subgroup: str = ""
    branch_text: str = ""
    place_text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    flags: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    refused_columns: set[str] = field(default_factory=set)

    def refuse(self, column: str, reason: DomainError | str) -> None:
        """Add a reason why the row is refused."""
        refusal = RowRefused(row=self.excel_row, column=LABELS[column], reason=reason)
        self.problems.append(str(refusal))
        self.refused_columns.add(column)

    def flag(self, name: str) -> None:
        """Add a flag for the user to check, once."""
        if name not in self.flags:
            self.flags.append(name)

    def set_value(self, name: str, value: Any) -> None:
        """Set a value that the row itself states."""
        self.values[name] = value
        self.stated.add(name)
