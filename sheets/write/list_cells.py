"""Cells of a list as XML.

A long list has millions of cells, most of which repeat what others hold. What is the
same for all cells of a column is composed once, and the XML of a value is kept for the
next cell that holds the same.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from sheets.write.list_sheet import ListColumn
from sheets.write.printed_sheet import Value

# Characters that XML cannot hold, and what a reader of .xlsx would take for one.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
PLAIN = re.compile(r"[^&<>\x00-\x1f\ud800-\udfff\ufffe\uffff_]*")
DAY_ZERO = dt.date(1899, 12, 30).toordinal()
SECONDS_OF_DAY = 86_400
EXACT_DIGITS = 15  # a spreadsheet rounds longer numbers
MAX_CELL_LENGTH = 32_767
KEPT_VALUES = 2_000  # of a column; a column of names must not fill the memory
Xml = str | None
"""The XML between the cell's reference and its end, or nothing for an empty cell."""


def letters_of(column: int) -> str:
    """Return the letters of a column, counted from zero."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_of(text: str) -> str:
    """Return a text as XML: nothing in it is markup, and nothing is lost but controls.

    A text longer than a cell can be is cut, and ends in an ellipsis.
    """
    if len(text) > MAX_CELL_LENGTH:
        text = text[: MAX_CELL_LENGTH - 1] + "…"
    if PLAIN.fullmatch(text):
        return text
    return escape(ESCAPED.sub("_x005F_", UNWRITABLE.sub("", text)))


class CellWriter:
    """Turns the values of one column into XML.

    `styles` are the numbers of the styles of text, numbers, days and moments.
    """

    def __init__(self, position: int, styles: dict[str, int]) -> None:
        self.reference = f'<c r="{letters_of(position)}'
        self.styles = styles
        self.kept: dict[tuple[type, Value], Xml] = {}
        self.empty = f'" s="{styles["text"]}"/>'

    def write(self, value: Value, row: str) -> str:
        """Return the cell of a row."""
        # 1, 1.0 and True are equal, but are not written alike.
        key = (type(value), value)
        xml = self.kept.get(key)
        if xml is None:
            xml = self._compose(value)
            if len(self.kept) >= KEPT_VALUES:
                self.kept.clear()
            self.kept[key] = xml
        return self.reference + row + xml

    def _compose(self, value: Value) -> str:
        if value is None or value == "":
            return self.empty
        for kind, compose in COMPOSERS:
            if isinstance(value, kind):
                return compose(self, value)
        return self.text(str(value))

    def text(self, value: Any) -> str:
        """Return a text, which no spreadsheet takes for a formula or a number."""
        style = self.styles["text"]
        text = f'<is><t xml:space="preserve">{text_of(str(value))}</t></is>'
        return f'" s="{style}" t="inlineStr">{text}</c>'

    def number(self, value: Any) -> str:
        """Return a number; as text if a spreadsheet would round it."""
        exact = Decimal(str(value))
        if not exact.is_finite() or len(exact.as_tuple().digits) > EXACT_DIGITS:
            return self.text(value)
        return f'" s="{self.styles["number"]}"><v>{exact}</v></c>'

    def day(self, value: Any) -> str:
        """Return a day as its number, which counts from 1900."""
        days = value.toordinal() - DAY_ZERO
        return f'" s="{self.styles["day"]}"><v>{days}</v></c>'

    def moment(self, value: Any) -> str:
        """Return a day and time; they are written as they are, without a zone."""
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        days = value.toordinal() - DAY_ZERO + seconds / SECONDS_OF_DAY
        return f'" s="{self.styles["moment"]}"><v>{days:.8f}</v></c>'


# The first that fits: a moment is also a day, and a truth is also a number.
COMPOSERS: Sequence[tuple[Any, Callable[[CellWriter, Any], str]]] = (
    (str, CellWriter.text),
    (bool, CellWriter.text),
    (int | float | Decimal, CellWriter.number),
    (dt.datetime, CellWriter.moment),
    (dt.date, CellWriter.day),
)


class RowWriter:
    """Turns rows of values into XML."""

    def __init__(
        self, columns: Sequence[ListColumn], styles: Sequence[dict[str, int]]
    ) -> None:
        pairs = enumerate(styles[: len(columns)])
        self.writers = [CellWriter(number, style).write for number, style in pairs]

    def write(self, values: Sequence[Value], number: int) -> str:
        """Return the row with this number."""
        row = str(number)
        cells = [
            write(value, row) for write, value in zip(self.writers, values, strict=True)
        ]
        return f'<row r="{row}">{"".join(cells)}</row>'
