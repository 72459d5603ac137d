"""What a printed sheet consists of: title, headings, columns, rows and signatures."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

Value = str | int | float | Decimal | dt.date | None


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A column as it is printed: its heading, how wide, and how its numbers look."""

    heading: str
    width: float = 12
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of headings: its words, where it begins, how far it reaches."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A form with its title, its rows and who answers for it.

    `unit` is the unit of its amounts (元), `total` a last row in bold, `facts` what
    else the line under the title says. `headings` are given where they lie several
    deep; else they are the columns' own. `held` columns stay in sight at the left.
    """

    title: str
    columns: Sequence[PrintedColumn]
    rows: Iterable[Sequence[Value]]
    name: str = "Sheet1"
    headings: Sequence[Heading] = ()
    held: int = 1
    facts: Sequence[str] = ()
    reported_by: str = ""
    unit: str = ""
    total: Sequence[Value] = ()
    filled_by: str = ""
    checked_by: str = ""
    made_on: dt.date | None = None
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def placed_headings(self) -> Sequence[Heading]:
        """The headings as they lie over the columns."""
        own = (Heading(c.heading, 0, place) for place, c in enumerate(self.columns))
        return self.headings or tuple(own)

    @property
    def depth(self) -> int:
        """How many rows the headings take."""
        return max(heading.row + heading.rows for heading in self.placed_headings)
