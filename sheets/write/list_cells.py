"""Cells of a list as XML.

A long list has millions of cells, most of which repeat what others hold. What is the
same for all cells of a column is composed once, and the XML of a value is kept for the
next cell that holds the same.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

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
AFTER_TEXT = "</t></is></c>"
SPACED = 'xml:space="preserve"'


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

    `styles` are the numbers of the styles of text, numbers, days and moments. Cells do
    not say where they are: each row has one for each column, in their order.
    """

    def __init__(self, styles: dict[str, int]) -> None:
        opening = {name: f'<c s="{number}"' for name, number in styles.items()}
        self.opening = opening
        self.before_text = f'{opening["text"]} t="inlineStr"><is><t>'
        self.before_spaced = f'{opening["text"]} t="inlineStr"><is><t {SPACED}>'
        # By kind as well: 1, 1.0 and True are equal, but are not written alike.
        self.kept: defaultdict[type, dict[Value, str]] = defaultdict(dict)

    def keep(self, kept: dict[Value, str], value: Value) -> str:
        """Return the cell of a value, and keep it for others that hold the same."""
        if len(kept) >= KEPT_VALUES:
            kept.clear()
        xml = kept[value] = self._compose(value)
        return xml

    def _compose(self, value: Value) -> str:
        if value is None or value == "":
            return f"{self.opening['text']}/>"
        if type(value) is str:
            return self.text(value)
        for kind, compose in COMPOSERS:
            if isinstance(value, kind):
                return compose(self, value)
        return self.text(value)

    def text(self, value: Any) -> str:
        """Return a text, which no spreadsheet takes for a formula or a number."""
        text = str(value)
        if text.isalnum() and len(text) <= MAX_CELL_LENGTH:  # most are
            return self.before_text + text + AFTER_TEXT
        text = text_of(text)
        is_spaced = text[:1].isspace() or text[-1:].isspace()
        before = self.before_spaced if is_spaced else self.before_text
        return before + text + AFTER_TEXT

    def number(self, value: Any) -> str:
        """Return a number; as text if a spreadsheet would round it."""
        text = str(value)
        if len(text) <= EXACT_DIGITS and text[-1].isdecimal():
            return f"{self.opening['number']}><v>{text}</v></c>"
        exact = Decimal(text)
        if not exact.is_finite() or len(exact.as_tuple().digits) > EXACT_DIGITS:
            return self.text(value)
        return f"{self.opening['number']}><v>{exact}</v></c>"

    def day(self, value: Any) -> str:
        """Return a day as its number, which counts from 1900."""
        return f"{self.opening['day']}><v>{value.toordinal() - DAY_ZERO}</v></c>"

    def moment(self, value: Any) -> str:
        """Return a day and time; they are written as they are, without a zone."""
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        days = value.toordinal() - DAY_ZERO + seconds / SECONDS_OF_DAY
        return f"{self.opening['moment']}><v>{days:.8f}</v></c>"


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

    def __init__(self, styles: Sequence[dict[str, int]]) -> None:
        writers = [CellWriter(style) for style in styles]
        self.columns = [(one.kept, one.keep) for one in writers]

    def write(self, values: Sequence[Value], number: int) -> str:
        """Return the row with this number."""
        cells = [
            kept[type(value)].get(value) or keep(kept[type(value)], value)
            for (kept, keep), value in zip(self.columns, values, strict=True)
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'
