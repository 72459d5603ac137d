"""The parts of a list that is written as a sheet: title, facts, columns, rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sheets.write.printed_sheet import Value
from sheets.write.sheet_name import name_sheet

GENERAL = "General"
MAX_ROWS = 1_048_576
"""As many rows as a sheet of .xlsx can have, the title and the heading included."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: its heading, and how its numbers or its days are written.

    `number_format` is that of its numbers. `is_month` marks days of which only the
    month is meant.
    """

    heading: str
    number_format: str = GENERAL
    is_month: bool = False


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list with its title, the facts below the title, its columns and its rows."""

    title: str
    columns: Sequence[ListColumn]
    rows: Iterable[Sequence[Value]]
    facts: Sequence[str] = ()
    name: str = ""
    made_at: dt.datetime | None = None

    @property
    def sheet_name(self) -> str:
        """The name on the sheet's tab: by default the title of the list."""
        return name_sheet(self.name, self.title)
