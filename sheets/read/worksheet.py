"""Read the rows of a sheet from its XML stream."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from sheets.read.cell_marks import PLAIN, StyleMarks
from sheets.read.cells import BLANK, Cell, Kind, Row
from sheets.read.errors import (
    CELLS,
    CHARACTERS,
    COLUMNS,
    ELEMENTS,
    ROW_CHARACTERS,
    ROWS,
    SHEET_CHARACTERS,
    DamagedFile,
    TooLarge,
)
from sheets.read.layout import column_index
from sheets.read.limits import Limits, RowCounter
from sheets.read.number_formats import GENERAL, Format, make_number_cell
from sheets.read.shared_strings import SharedStrings, unescape
from sheets.read.xml_stream import YES, Attributes, feed, local_name

DIGITS = "0123456789"

C = TypeVar("C", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class CellContext:
    """What a cell's markup refers to: texts, formats, calendar, hidden columns.

    `style_marks` has what styles show beside the words, by their number.
    """

    strings: SharedStrings
    formats: Sequence[Format]
    from_1904: bool
    hidden_columns: set[int]
    style_marks: Mapping[str, StyleMarks] = field(default_factory=dict)


class SheetListener:
    """Builds rows of cells from the elements of a sheet.

    Blank cells are not stored, so a sheet that declares a billion of them costs only
    its bytes.
    """

    def __init__(self, context: CellContext, limits: Limits) -> None:
        self.context = context
        self.limits = limits
        self.ready: list[Row] = []
        self.rows = RowCounter(limits)
        self.row = Row(0, {})
        self.cell_count = 0
        self.length = 0
        self.total = 0
        self.unknown_elements = 0
        self.column = -1
        self.columns: dict[str, int] = {}
        self.cell: Attributes = {}
        self.content = ""
        self.styled = context.style_marks
        self.struck = ""  # the words of the cell that are crossed out
        self.in_struck_run = False
        self.stored = False
        self.formula = False
        self.listening = False
        self.phonetic = False
        self.starts: dict[str, Callable[[Attributes], None] | None] = {
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_value,
            "t": self._start_text,
            "f": self._start_formula,
            "rPh": self._start_phonetic,
            "strike": self._start_strike,
        }
        self.ends: dict[str, Callable[[], None] | None] = {
            "row": self._end_row,
            "c": self._end_cell,
            "v": self._stop_listening,
            "t": self._stop_listening,
            "rPh": self._end_phonetic,
            "r": self._end_run,
        }
        self.kinds: dict[str, Callable[[], Cell]] = {
            "n": self._make_number,
            "s": self._make_shared,
            "str": self._make_text,
            "inlineStr": self._make_text,
            "b": self._make_boolean,
            "e": self._make_error,
            "d": self._make_text,
        }

    def start(self, name: str, attributes: Attributes) -> None:
        """Handle the start of an element; the two most frequent come first."""
        if name == "v":
            self.listening = self.stored = True
        elif name == "c":
            self._start_cell(attributes)
        elif (begin := self._action(self.starts, name)) is not None:
            begin(attributes)

    def end(self, name: str) -> None:
        """Handle the end of an element."""
        if name == "v":
            self.listening = False
        elif name == "c":
            self._end_cell()
        elif (finish := self._action(self.ends, name)) is not None:
            finish()

    def _action(self, actions: dict[str, C | None], name: str) -> C | None:
        """Return the handler of an element, ignoring its prefix."""
        action = actions.get(name)
        if action is None:
            action = actions[name] = actions.get(local_name(name))
            self._count_unknown(action)
        return action

    def _count_unknown(self, action: object) -> None:
        """Count unknown elements and refuse too many of them."""
        self.unknown_elements += action is None
        if self.unknown_elements > self.limits.strange_elements:
            raise TooLarge(limit=self.limits.strange_elements, what=ELEMENTS)

    def text(self, data: str) -> None:
        """Add a piece of a value."""
        if not self.listening:
            return
        self.content += data
        if self.in_struck_run:
            self.struck += data
        if len(self.content) > self.limits.text_length:
            raise TooLarge(limit=self.limits.text_length, what=CHARACTERS)

    def _start_row(self, attributes: Attributes) -> None:
        number = int(attributes.get("r", self.row.number + 1))
        if number <= self.row.number:
            raise DamagedFile
        hidden = attributes.get("hidden") in YES or attributes.get("ht") == "0"
        self.row = Row(number, {}, hidden)
        self.column = -1
        self.length = 0

    def _end_row(self) -> None:
        self.total += self.length
        if self.total > self.limits.sheet_length:
            raise TooLarge(limit=self.limits.sheet_length, what=SHEET_CHARACTERS)
        if self.row.cells and self.row.number > self.limits.rows:
            raise TooLarge(limit=self.limits.rows, what=ROWS)
        if not self.rows.is_blank(self.row.cells):
            self.ready.append(self.row)

    def _start_cell(self, attributes: Attributes) -> None:
        self.cell_count += 1
        if self.cell_count > self.limits.cells:
            raise TooLarge(limit=self.limits.cells, what=CELLS)
        self.cell = attributes
        reference = attributes.get("r")
        self.column = self._column(reference) if reference else self.column + 1
        self.content = self.struck = ""
        self.stored = self.formula = False

    def _column(self, reference: str) -> int:
        letters = reference.rstrip(DIGITS)
        try:
            return self.columns[letters]
        except KeyError:
            if not (letters.isascii() and letters.isupper() and len(letters) <= 3):
                raise DamagedFile from None
        index = self.columns[letters] = column_index(letters)
        return index

    def _start_value(self, attributes: Attributes) -> None:
        self.listening = self.stored = True

    def _start_text(self, attributes: Attributes) -> None:
        self.listening = not self.phonetic
        self.stored = True

    def _start_formula(self, attributes: Attributes) -> None:
        self.formula = True

    def _start_phonetic(self, attributes: Attributes) -> None:
        self.phonetic = True

    def _end_phonetic(self) -> None:
        self.phonetic = False

    def _start_strike(self, attributes: Attributes) -> None:
        self.in_struck_run = attributes.get("val", "1") in YES

    def _end_run(self) -> None:
        self.in_struck_run = False

    def _stop_listening(self) -> None:
        self.listening = False

    def _end_cell(self) -> None:
        if self.content:
            make = self.kinds.get(self.cell.get("t", "n"))
            if make is None:
                raise DamagedFile
            cell = make()
        else:
            cell = self._make_blank_cell()
        if cell is BLANK:
            return
        if self.column >= self.limits.columns:
            raise TooLarge(limit=self.limits.columns, what=COLUMNS)
        marks = self.styled.get(self.cell.get("s", "0"))
        if marks is not None or self.struck:
            cell = (marks or PLAIN).mark(cell, self.struck)
        self.row.cells[self.column] = cell

    def _make_blank_cell(self) -> Cell:
        """Return a blank cell, or an uncomputed one for a formula without a result."""
        if not self.formula or (self.stored and self.cell.get("t") == "str"):
            return BLANK
        return Cell(None, "", Kind.UNCOMPUTED, self.formula, self._hidden())

    def _hidden(self) -> bool:
        return self.row.hidden or self.column in self.context.hidden_columns

    def _make_number(self) -> Cell:
        style = self.cell.get("s")
        formats = self.context.formats
        index = int(style) if style else 0
        return make_number_cell(
            self.content.strip(),
            formats[index] if 0 <= index < len(formats) else GENERAL,
            from_1904=self.context.from_1904,
            from_formula=self.formula,
            hidden=self._hidden(),
        )

    def _make_shared(self) -> Cell:
        index = int(self.content)
        self.struck = self.context.strings.struck.get(index, "")
        return self._make_text_cell(self.context.strings.get(index))

    def _make_text(self) -> Cell:
        return self._make_text_cell(unescape(self.content))

    def _make_text_cell(self, text: str) -> Cell:
        if not text or text.isspace():
            return BLANK
        self.length += len(text)
        if self.length > self.limits.row_length:
            raise TooLarge(limit=self.limits.row_length, what=ROW_CHARACTERS)
        return Cell(text, text, Kind.TEXT, self.formula, self._hidden())

    def _make_boolean(self) -> Cell:
        value = self.content.strip() in YES
        text = "TRUE" if value else "FALSE"
        return Cell(value, text, Kind.BOOLEAN, self.formula, self._hidden())

    def _make_error(self) -> Cell:
        text = self.content.strip()
        return Cell(None, text, Kind.ERROR, self.formula, self._hidden())


def read_rows(
    chunks: Iterable[bytes], context: CellContext, limits: Limits
) -> Iterator[Row]:
    """Read the rows of a sheet, yielding those that each chunk completes."""
    listener = SheetListener(context, limits)
    for _pause in feed(chunks, listener, limits, tags=limits.row_tags):
        yield from listener.ready
        listener.ready.clear()
