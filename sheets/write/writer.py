"""Write a printed sheet as an .xlsx file, from top to bottom."""

import datetime as dt
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.dates import format_day
from sheets.read.layout import column_letters
from sheets.write.book import open_book
from sheets.write.page import fits_made_smaller, left_on_page
from sheets.write.printed_sheet import (
    DAY_WIDTH,
    Formula,
    PrintedChart,
    PrintedSheet,
    Value,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""The content type of what is written."""
MAX_CELL_LENGTH = 32_767
WIDE = 2.4  # of a Chinese character in the font of the body, by that of a column
FIRST = 2  # rows above the headings: the title, and the line of facts
AS_LONG_AS_NEEDED = "#,##0.######"
"""As many decimals as the number has; see `SheetWriter._number_format`."""
BODY_FONT, TITLE_FONT = "仿宋", "黑体"
BAR_COLOR = "#98201a"
PIXELS, NARROWEST_CHART, CHART_HEIGHT = 7, 480, 320
"""How wide a letter of the columns is, and how large a chart, in pixels."""
ROW_HEIGHT = 20
POINTS, EMPTY_ROW = 0.75, 15
"""How many points a pixel is, and how high a row in which nothing stands."""
MOST_LABELS = 20
"""Up to so many bars say their numbers."""
PLAIN_TEXT = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class SheetWriter:
    """Writes one sheet from top to bottom."""

    def __init__(self, book: "Workbook", printed: PrintedSheet) -> None:
        self.book = book
        self.printed = printed
        self.sheet = book.add_worksheet(printed.sheet_name)
        self.last_column = len(printed.columns) - 1
        self._width = sum(column.width for column in printed.columns)
        self._width_in_points = PIXELS * POINTS * self._width
        self.next_row = 0
        self._height = 0.0
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get_format(self, **properties: Any) -> Any:
        """Return a cell format, creating each once."""
        whole = {"font_name": BODY_FONT, "font_size": 12, "valign": "vcenter"}
        key = tuple(sorted({**whole, **properties}.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(dict(key))
        return self.formats[key]

    def write(self) -> int:
        """Write everything; return the number of data rows."""
        self._set_up_page()
        self._write_line(
            self.printed.title,
            height=32,
            align="center",
            bold=True,
            font_name=TITLE_FONT,
            font_size=18,
        )
        self._write_line(self._compose_facts(), height=22)
        self._write_headings()
        first, count = self.next_row, 0
        for row in self.printed.rows:
            self._write_row(row)
            count += 1
        if self.printed.total:
            self._write_total(first, count)
        for note in self.printed.notes:
            lines = math.ceil(WIDE * len(note) / self._width)
            self._write_line(note, height=20 * lines, text_wrap=True)
        self._write_line(self._compose_signatures(), height=26)
        if self.printed.chart and count:
            self._draw(self.printed.chart, first, first + count - 1)
        if fits_made_smaller(self._height, self._width_in_points):
            self.sheet.fit_to_pages(1, 1)
        return count

    def _set_up_page(self) -> None:
        """Set up A4 landscape, fitted to the width, with the headings on each page."""
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        below = FIRST + self.printed.depth
        self.sheet.repeat_rows(FIRST, below - 1)
        self.sheet.freeze_panes(below, self.printed.frozen_columns)
        for number, column in enumerate(self.printed.columns):
            self.sheet.set_column(number, number, column.width)

    def _compose_facts(self) -> str:
        parts = [*self.printed.facts]
        if self.printed.reported_by:
            parts.append(_("Reported by: %s") % self.printed.reported_by)
        if self.printed.unit:
            parts.append(_("Unit: %s") % self.printed.unit)
        return "　　".join(parts)

    def _compose_signatures(self) -> str:
        day = self.printed.made_on
        printed = self.printed
        parts = [
            _("Compiled by: %s") % printed.compiled_by
            if printed.compiled_by
            else _("Filled in by: %s") % (printed.filled_by or "　　　　"),
            _("Checked by: %s") % (printed.checked_by or "　　　　"),
            _("Date: %s") % (format_day(day) if day else "　　　　"),
            *([_("Seal:")] if printed.seal else []),
        ]
        return "　　".join(parts)

    def _write_line(self, text: str, *, height: int, **properties: Any) -> None:
        """Write one line across the whole width."""
        self.sheet.set_row(self.next_row, height)
        self._height += height
        get_format = self.get_format(**properties)
        if self.last_column:
            row = self.next_row
            self.sheet.merge_range(row, 0, row, self.last_column, "", get_format)
        self.sheet.write_string(self.next_row, 0, text, get_format)
        self.next_row += 1

    def _write_headings(self) -> None:
        get_format = self.get_format(
            bold=True, border=1, align="center", text_wrap=True
        )
        top, self.next_row = self.next_row, self.next_row + self.printed.depth
        self.sheet.set_row(self.next_row - 1, 36)
        self._height += ROW_HEIGHT * (self.printed.depth - 1) + 36
        for cell in self.printed.positioned_headings:
            row, column = top + cell.row, cell.column
            area = (row, column, row + cell.rows - 1, column + cell.columns - 1)
            if area[:2] != area[2:]:
                self.sheet.merge_range(*area, "", get_format)
            self.sheet.write_string(row, column, cell.text, get_format)

    def _write_row(self, values: Sequence[Value], **properties: Any) -> None:
        if self._fits_one_line(values):
            self.sheet.set_row(self.next_row, ROW_HEIGHT)
        self._height += ROW_HEIGHT
        for number, value in enumerate(values):
            self._write_cell(number, value, properties)
        self.next_row += 1

    def _fits_one_line(self, values: Sequence[Value]) -> bool:
        """Whether no text of a row needs several lines, which make a row higher."""
        widths = [column.width for column in self.printed.columns]
        return all(
            "\n" not in value and WIDE * len(value) <= width
            for value, width in zip(values, widths, strict=True)
            if isinstance(value, str)
        )

    def _write_total(self, first: int, count: int) -> None:
        """Write the last row; its numbers as sums of the rows above where they are."""
        row, values = self.next_row, self.printed.total
        self._write_row(values, bold=True)
        if not self.printed.sums or not count:
            return
        for column, value in enumerate(values):
            is_summed = self.printed.columns[column].summed
            if is_summed and isinstance(value, int | float | Decimal):
                letters = column_letters(column)
                formula = f"=SUM({letters}{first + 1}:{letters}{first + count})"
                shown = self._number_format(column, value)
                style = self.get_format(border=1, num_format=shown, bold=True)
                self.sheet.write_formula(row, column, formula, style, value)

    def _draw(self, chart: PrintedChart, first: int, last: int) -> None:
        """Draw bars below the signatures, as wide as the sheet."""
        drawn = self.book.add_chart({"type": "column"})
        name = self.printed.sheet_name
        drawn.add_series(
            {
                "name": chart.title,
                "categories": [name, first, chart.labels, last, chart.labels],
                "values": [name, first, chart.values, last, chart.values],
                "fill": {"color": BAR_COLOR},
                "data_labels": {"value": last - first < MOST_LABELS},
            }
        )
        if chart.from_zero:
            drawn.set_y_axis({"min": 0})
        drawn.set_x_axis({"label_position": "low"})
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
        drawn.set_legend({"none": True})
        width = max(PIXELS * self._width, NARROWEST_CHART)
        drawn.set_size({"width": width, "height": CHART_HEIGHT})
        height, width = POINTS * CHART_HEIGHT + ROW_HEIGHT, self._width_in_points
        left = left_on_page(self._height, width, ROW_HEIGHT * self.printed.depth)
        if left < height and not fits_made_smaller(self._height + height, width):
            self.next_row += math.ceil(left / EMPTY_ROW)  # the chart has the next page
            self._height += left
        self.sheet.insert_chart(self.next_row + 1, 0, drawn)
        self._height += height

    def _number_format(self, column: int, value: float | Decimal) -> str:
        """Return how a number is shown; whole ones without a bare decimal point."""
        shown = self.printed.columns[column].number_format
        if shown == AS_LONG_AS_NEEDED and value == int(value):
            return "#,##0"
        return shown

    def _make_room_for_day(self, column: int) -> None:
        """Widen a column in which a day would show as ###."""
        if self.printed.columns[column].width < DAY_WIDTH:
            self.sheet.set_column(column, column, DAY_WIDTH)

    def _write_cell(
        self, column: int, value: Value, properties: dict[str, Any]
    ) -> None:
        """Write numbers as numbers, days as days, and everything else as text."""
        row = self.next_row
        if isinstance(value, dt.date):
            get_format = self.get_format(
                border=1,
                num_format=pgettext("day in a spreadsheet", "yyyy-mm-dd"),
                **properties,
            )
            self._make_room_for_day(column)
            self.sheet.write_datetime(row, column, value, get_format)
        elif isinstance(value, int | float | Decimal):
            shown = self._number_format(column, value)
            get_format = self.get_format(border=1, num_format=shown, **properties)
            self.sheet.write_number(row, column, value, get_format)
        elif isinstance(value, Formula):
            shown = self._number_format(column, value.value)
            get_format = self.get_format(border=1, num_format=shown, **properties)
            cells = {
                name: f"{column_letters(at)}{row + 1}"
                for name, at in (("first", value.first), ("last", value.last))
            }
            formula = value.text.format(**cells)
            self.sheet.write_formula(row, column, formula, get_format, value.value)
        elif value:
            get_format = self.get_format(
                border=1, num_format="@", text_wrap=True, **properties
            )
            self.sheet.write_string(row, column, check_length(value), get_format)
        else:
            self.sheet.write_blank(
                row, column, None, self.get_format(border=1, **properties)
            )


def check_length(text: str) -> str:
    """Return the text; raise an error if it is too long for a cell."""
    if len(text) > MAX_CELL_LENGTH:
        message = f"A cell cannot hold {len(text)} characters."
        raise ValueError(message)
    return text


def write_workbook(target: BinaryIO, *sheets: PrintedSheet) -> int:
    """Write sheets as one .xlsx file; return the number of data rows of all.

    No two sheets may have the same name.
    """
    # Headings with several levels need rows that constant memory has already flushed.
    is_flat = all(printed.depth == 1 and not printed.sums for printed in sheets)
    options = PLAIN_TEXT | {"constant_memory": is_flat}
    with open_book(target, options) as book:
        first = sheets[0]
        day = first.made_on or dt.date(2000, 1, 1)
        made_at = dt.datetime.combine(day, dt.time(), dt.UTC)
        book.set_properties({"title": first.title, "created": made_at})
        return sum(SheetWriter(book, printed).write() for printed in sheets)
