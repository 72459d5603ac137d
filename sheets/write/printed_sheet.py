"""The parts of a printed sheet: title, headings, columns, rows and signatures."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sheets.write.sheet_name import name_sheet

DAY_WIDTH = 16
"""What 2026年12月31日 takes, Chinese letters counting double, with some room."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula over cells of its own row, and the number that it gives.

    The text has `{first}` and `{last}` for two columns of the row.
    """

    text: str
    first: int
    last: int
    value: Decimal

    @classmethod
    def sum_of(cls, first: int, last: int, value: Decimal) -> "Formula":
        """Return the sum of the cells from one column to another."""
        return cls("=SUM({first}:{last})", first, last, value)

    @classmethod
    def copy_of(cls, column: int, value: Decimal) -> "Formula":
        """Return what stands in another column."""
        return cls("={first}", column, column, value)

    @classmethod
    def difference_of(cls, column: int, other: int, value: Decimal) -> "Formula":
        """Return one column less another."""
        return cls("={first}-{last}", column, other, value)


Value = str | int | float | Decimal | dt.date | Formula | None


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A printed column: its heading, width and number format.

    Numbers that may not be added up are not `summed` in the total.
    """

    heading: str
    width: float = 12
    number_format: str = "General"
    summed: bool = True


@dataclass(frozen=True, slots=True)
class Heading:
    """A cell of the headings: its text, position and size."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class PrintedChart:
    """Bars below a sheet: the numbers of one column, by the texts of another.

    Differences may be negative; numbers of other kinds begin at 0 (`from_zero`).
    """

    title: str
    labels: int
    values: int
    from_zero: bool = True


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """A form with its title, its rows and its signatures.

    `unit` is the unit of its amounts (元), `total` a last row in bold, `facts` the
    other parts of the line under the title. Where the total `sums` the rows, its
    numbers are formulas with the numbers given as their values. `filled_by` answers
    for the numbers; who only put them together is `compiled_by`; a `seal` has its place
    beside them. Without a name the sheet has its title's. `headings` are set if they
    have several levels; otherwise the columns' own are used. The first `frozen_columns`
    stay visible.
    """

    title: str
    columns: Sequence[PrintedColumn]
    rows: Iterable[Sequence[Value]]
    name: str = ""
    headings: Sequence[Heading] = ()
    frozen_columns: int = 1
    facts: Sequence[str] = ()
    reported_by: str = ""
    unit: str = ""
    total: Sequence[Value] = ()
    sums: bool = False
    chart: PrintedChart | None = None
    filled_by: str = ""
    compiled_by: str = ""
    checked_by: str = ""
    made_on: dt.date | None = None
    seal: bool = False
    notes: Sequence[str] = field(default_factory=tuple)

    @property
    def sheet_name(self) -> str:
        """The name on the sheet's tab: by default the title of the form."""
        return name_sheet(self.name, self.title)

    @property
    def positioned_headings(self) -> Sequence[Heading]:
        """The headings with their positions over the columns."""
        own = (
            Heading(c.heading, 0, position) for position, c in enumerate(self.columns)
        )
        return self.headings or tuple(own)

    @property
    def depth(self) -> int:
        """How many rows the headings have."""
        return max(heading.row + heading.rows for heading in self.positioned_headings)
