"""The texts of a superior's form: place, month, who fills it in, on which day."""

import datetime as dt
from dataclasses import dataclass

from core.dates import format_day, format_month
from reports.enums import CellContent
from reports.models import MappedCell

PLACE, YEAR, MONTH = "{单位}", "{年}", "{月}"
PREPARER, DAY = "{填表人}", "{日期}"
MARKS = (PLACE, YEAR, MONTH, PREPARER, DAY)
"""What stands in a text for what differs each time; typed by Chinese offices."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """For which place and month a form is filled, by whom and on which day."""

    place: str
    month: dt.date
    preparer: str
    day: dt.date

    def write(self, cell: MappedCell) -> str:
        """Return the text that belongs into a cell without a number."""
        plain = {
            CellContent.PLACE: self.place,
            CellContent.MONTH: format_month(self.month),
            CellContent.PREPARER: self.preparer,
            CellContent.DAY: format_day(self.day),
        }
        return plain.get(CellContent(cell.content), "") or self.fill_marks(cell.text)

    def fill_marks(self, text: str) -> str:
        """Return a text with its marks replaced."""
        values = {
            PLACE: self.place,
            YEAR: f"{self.month.year}",
            MONTH: f"{self.month.month}",
            PREPARER: self.preparer,
            DAY: format_day(self.day),
        }
        for mark, value in values.items():
            text = text.replace(mark, value)
        return text
