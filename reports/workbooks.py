"""The month's summary as a workbook: one plain, correct sheet in the official form."""

import datetime as dt
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from reports.printing import DEPTH, arranged, headings
from reports.queries import Summary

FIRST = 2  # rows above the headings: the title, and month with units


def workbook_of(summary: Summary, *, filled_by: str, on: dt.date) -> bytes:
    """Write the sheet; text stays text, and every number is a number."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(f"{summary.month:%Y-%m}")
        _SheetWriter(book, sheet, summary).write(filled_by, on)
    return buffer.getvalue()


class _SheetWriter:
    """Lays one summary out on a sheet, from the top down."""

    def __init__(self, book: Any, sheet: Any, summary: Summary) -> None:
        self.sheet, self.summary = sheet, summary
        self.lines = arranged(summary.lines)
        self.names = [_("Street"), _("Community")]
        self.notes = [_("State"), _("Filed by")]
        self.width = len(self.names) + len(self.lines) + len(self.notes)
        song = {"font_name": "仿宋", "font_size": 11, "valign": "vcenter"}
        grid = song | {"border": 1, "align": "center"}
        self.title = book.add_format(
            {
                "font_name": "黑体",
                "font_size": 18,
                "align": "center",
                "valign": "vcenter",
            }
        )
        self.plain = book.add_format(song)
        self.head = book.add_format(grid | {"bold": True, "text_wrap": True})
        self.text = book.add_format(grid)
        self.number = book.add_format(grid | {"num_format": "#,##0.######"})
        self.whole = book.add_format(grid | {"num_format": "#,##0"})

    def write(self, filled_by: str, on: dt.date) -> None:
        """Write title, headings, rows, totals and the signature line."""
        self._top()
        self._headings()
        row = FIRST + DEPTH
        for one in self.summary.rows:
            self._row(row, [one.above, one.name], one.values, [one.state, one.filed_by])
            row += 1
        self._row(row, [_("Total"), ""], self.summary.totals, ["", ""])
        foot = _("Filled in by: %(name)s      Checked by:            Date: %(day)s")
        self._across(row + 1, foot % {"name": filled_by, "day": on}, self.plain)
        self.sheet.freeze_panes(FIRST + DEPTH, len(self.names))
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0, FIRST + DEPTH - 1)

    def _across(self, row: int, text: str, form: Any) -> None:
        self.sheet.merge_range(row, 0, row, self.width - 1, "", form)
        self.sheet.write_string(row, 0, text, form)

    def _top(self) -> None:
        summary = self.summary
        self._across(0, f"{summary.place.name}{summary.title}", self.title)
        self.sheet.set_row(0, 32)
        units = "、".join(dict.fromkeys(line.unit for line in self.lines))
        line = _(
            "Month: %(month)s      Unit: %(units)s      Accepted: %(accepted)s of"
            " %(all)s; the others as recorded today"
        ) % {
            "month": f"{summary.month:%Y-%m}",
            "units": units,
            "accepted": summary.accepted,
            "all": len(summary.rows),
        }
        self._across(1, line, self.plain)

    def _headings(self) -> None:
        last = FIRST + DEPTH - 1
        edges = [*enumerate(self.names)]
        after = len(self.names) + len(self.lines)
        edges += [(after + place, text) for place, text in enumerate(self.notes)]
        for column, text in edges:
            self._span((FIRST, column, last, column), text)
        for cell in headings(self.lines):
            row, column = FIRST + cell.row, len(self.names) + cell.column
            self._span(
                (row, column, row + cell.rows - 1, column + cell.columns - 1), cell.text
            )
        self.sheet.set_column(0, 1, 16)
        self.sheet.set_column(2, after - 1, 9)
        self.sheet.set_column(after, after + 1, 12)

    def _span(self, area: tuple[int, int, int, int], text: str) -> None:
        if area[:2] != area[2:]:
            self.sheet.merge_range(*area, "", self.head)
        self.sheet.write_string(*area[:2], text, self.head)

    def _row(self, row: int, names: list[str], values: Any, notes: list[str]) -> None:
        for column, text in enumerate(names):
            self._text(row, column, text)
        for column, line in enumerate(self.lines, start=len(names)):
            value = values[line.indicator] / line.divisor
            form = self.whole if value == value.to_integral_value() else self.number
            self.sheet.write_number(row, column, value, form)
        for column, text in enumerate(notes, start=len(names) + len(self.lines)):
            self._text(row, column, text)

    def _text(self, row: int, column: int, text: str) -> None:
        """Write text as text, and nothing as an empty cell."""
        if text:
            self.sheet.write_string(row, column, text, self.text)
        else:
            self.sheet.write_blank(row, column, None, self.text)
