"""Workbooks as offices hand them in: one plain sheet, texts as texts, no formula.

A plain list is written row by row in constant memory. The same sheet makes the same
bytes, so that what was handed out can be told by its hash.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

Value = str | int | float | Decimal | dt.date | None

LONGEST_TEXT = 32_767
FIRST = 2  # rows above the headings: the title, and whose sheet it is in which unit
AS_LONG_AS_NEEDED = "#,##0.######"
"""As many digits after the point as the number has; see `SheetWriter._cell`."""
BODY_FONT, TITLE_FONT = "仿宋", "黑体"
PLAIN_TEXT = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


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
    def laid(self) -> Sequence[Heading]:
        """The headings as they lie over the columns."""
        own = (Heading(c.heading, 0, place) for place, c in enumerate(self.columns))
        return self.headings or tuple(own)

    @property
    def depth(self) -> int:
        """How many rows the headings take."""
        return max(heading.row + heading.rows for heading in self.laid)


class SheetWriter:
    """Writes one sheet from top to bottom."""

    def __init__(self, book: xlsxwriter.Workbook, printed: PrintedSheet) -> None:
        self.book = book
        self.printed = printed
        self.sheet = book.add_worksheet(printed.name)
        self.last_column = len(printed.columns) - 1
        self.next_row = 0
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def look(self, **properties: Any) -> Any:
        """Return a cell format, each made once."""
        whole = {"font_name": BODY_FONT, "font_size": 12, "valign": "vcenter"}
        key = tuple(sorted({**whole, **properties}.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]

    def write(self) -> int:
        """Write everything; return how many rows of data there were."""
        self._lay_page()
        self._across(
            self.printed.title,
            height=32,
            align="center",
            bold=True,
            font_name=TITLE_FONT,
            font_size=18,
        )
        self._across(self._second_line(), height=22)
        self._heading()
        count = 0
        for row in self.printed.rows:
            self._row(row)
            count += 1
        if self.printed.total:
            self._row(self.printed.total, bold=True)
        for note in self.printed.notes:
            self._across(note, height=20)
        self._across(self._last_line(), height=26)
        return count

    def _lay_page(self) -> None:
        """A4 across, as wide as the paper, the heading on each page."""
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        below = FIRST + self.printed.depth
        self.sheet.repeat_rows(FIRST, below - 1)
        self.sheet.freeze_panes(below, self.printed.held)
        for number, column in enumerate(self.printed.columns):
            self.sheet.set_column(number, number, column.width)

    def _second_line(self) -> str:
        parts = [*self.printed.facts]
        if self.printed.reported_by:
            parts.append(_("Reported by: %s") % self.printed.reported_by)
        if self.printed.unit:
            parts.append(_("Unit: %s") % self.printed.unit)
        return "　　".join(parts)

    def _last_line(self) -> str:
        day = self.printed.made_on
        parts = [
            _("Filled in by: %s") % (self.printed.filled_by or "　　　　"),
            _("Checked by: %s") % (self.printed.checked_by or "　　　　"),
            _("Date: %s") % (day.isoformat() if day else "　　　　"),
        ]
        return "　　".join(parts)

    def _across(self, text: str, *, height: int, **properties: Any) -> None:
        """Write one line over the whole width."""
        self.sheet.set_row(self.next_row, height)
        look = self.look(**properties)
        if self.last_column:
            row = self.next_row
            self.sheet.merge_range(row, 0, row, self.last_column, "", look)
        self.sheet.write_string(self.next_row, 0, text, look)
        self.next_row += 1

    def _heading(self) -> None:
        look = self.look(bold=True, border=1, align="center", text_wrap=True)
        top, self.next_row = self.next_row, self.next_row + self.printed.depth
        self.sheet.set_row(self.next_row - 1, 36)
        for cell in self.printed.laid:
            row, column = top + cell.row, cell.column
            area = (row, column, row + cell.rows - 1, column + cell.columns - 1)
            if area[:2] != area[2:]:
                self.sheet.merge_range(*area, "", look)
            self.sheet.write_string(row, column, cell.text, look)

    def _row(self, values: Sequence[Value], **properties: Any) -> None:
        for number, value in enumerate(values):
            shown = self.printed.columns[number].number_format
            self._cell(number, value, shown, properties)
        self.next_row += 1

    def _cell(
        self, column: int, value: Value, shown: str, properties: dict[str, Any]
    ) -> None:
        """Write a number as a number, a day as a day, and all else as text."""
        row = self.next_row
        if isinstance(value, dt.date):
            look = self.look(border=1, num_format="yyyy-mm-dd", **properties)
            self.sheet.write_datetime(row, column, value, look)
        elif isinstance(value, int | float | Decimal):
            if shown == AS_LONG_AS_NEEDED and value == int(value):
                shown = "#,##0"  # or the point would stand there alone
            look = self.look(border=1, num_format=shown, **properties)
            self.sheet.write_number(row, column, value, look)
        elif value:
            look = self.look(border=1, num_format="@", text_wrap=True, **properties)
            self.sheet.write_string(row, column, fitting(value), look)
        else:
            self.sheet.write_blank(row, column, None, self.look(border=1, **properties))


def fitting(text: str) -> str:
    """Return the text; one that no cell can hold is a mistake, never cut in silence."""
    if len(text) > LONGEST_TEXT:
        message = f"A cell cannot hold {len(text)} characters."
        raise ValueError(message)
    return text


def write_workbook(target: BinaryIO, printed: PrintedSheet) -> int:
    """Write the sheet as an .xlsx file; return how many rows of data it has."""
    # Headings several deep reach into rows that constant memory has let go already.
    options = PLAIN_TEXT | {"constant_memory": printed.depth == 1}
    with xlsxwriter.Workbook(target, options) as book:
        day = printed.made_on or dt.date(2000, 1, 1)
        made_at = dt.datetime.combine(day, dt.time(), dt.UTC)
        book.set_properties({"title": printed.title, "created": made_at})
        return SheetWriter(book, printed).write()
