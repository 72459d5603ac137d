"""Cells with their kinds, rows with their merged ranges, and sheets."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from sheets.read.colors import Color

Value = str | int | float | Decimal | bool | dt.date | dt.datetime | dt.time | None

EXACT_DIGITS = 15  # the precision of numbers in a spreadsheet


class Kind(StrEnum):
    """The type of a cell according to the file, whatever it looks like."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"


class Precision(StrEnum):
    """How much of a date is known; missing parts are set to the first."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


class Span(NamedTuple):
    """A merged range, both ends included; rows count from 1, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class CellMarks(NamedTuple):
    """What a file shows beside a cell's text: words crossed out, a comment, colours."""

    struck: str = ""
    comment: str = ""
    colors: tuple[Color, ...] = ()


NO_MARKS = CellMarks()


class Cell(NamedTuple):
    """One cell: its value, and its text as the office sees it.

    `anchor` is the row and column of the merged cell this one belongs to,
    `precision` how much of a date the cell shows.
    """

    value: Value = None
    text: str = ""
    kind: Kind = Kind.BLANK
    from_formula: bool = False
    hidden: bool = False
    anchor: tuple[int, int] | None = None
    precision: Precision | None = None
    marks: CellMarks = NO_MARKS

    @property
    def struck(self) -> bool:
        """Whether all its words are crossed out."""
        return bool(self.marks.struck) and self.marks.struck == self.text

    @property
    def is_lossy(self) -> bool:
        """Whether it is a number with more digits than a spreadsheet keeps."""
        return (
            self.kind is Kind.NUMBER
            and isinstance(self.value, int | float)
            and abs(self.value) >= 10**EXACT_DIGITS
        )


BLANK = Cell()
NO_SPANS: Mapping[int, Span] = {}


@dataclass(slots=True)
class Row:
    """One row of a sheet; only cells with content are in it.

    `width` is the number of fields where the file states it (text files), `cover` maps
    a column to the merged range over it in this row.
    """

    number: int
    cells: dict[int, Cell]
    hidden: bool = False
    width: int | None = None
    cover: Mapping[int, Span] = field(default_factory=lambda: NO_SPANS)
    anchors: Mapping[Span, Cell] = field(default_factory=dict)

    def cell(self, column: int) -> Cell:
        """Return the cell of the column, filled down from a merged cell above."""
        span = self.cover.get(column)
        if span is None or span.first_row == self.number:
            return self.cells.get(column, BLANK)
        if column != span.first_column:
            return BLANK
        return self.anchors.get(span, BLANK)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file; each call of `rows` reads it afresh, row by row."""

    name: str
    rows: Callable[[], Iterator[Row]]
    hidden: bool = False
