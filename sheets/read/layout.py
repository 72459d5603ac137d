"""What must be known of a sheet before its rows are read: merges, hidden columns.

Merged ranges stand behind the rows. To know them first, the part is unpacked twice;
the first time the rows are cut out of the stream before it is parsed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sheets.read.cells import Span
from sheets.read.errors import CELLS, ELEMENTS, MERGES, ROWS, DamagedFile, TooLarge
from sheets.read.limits import Limits
from sheets.read.markup import Attributes, feed, local

CORNERS = re.compile(
    r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?"
)
ROWS_BEGIN = re.compile(rb"<(?:[\w.-]+:)?sheetData(?:\s[^<>]*)?>")
ROWS_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
ROWS_NAME = b"sheetData"
LONGEST_TAG = 512


@dataclass(slots=True)
class Layout:
    """What lies over and around the rows of one sheet."""

    spans: list[Span] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)


def column_index(letters: str) -> int:
    """Return the place of a column by its letters: A is 0, XFD is 16383."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """Return the letters under which the office knows a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def span_of(reference: str) -> Span:
    """Read a range such as B3:B9."""
    found = CORNERS.fullmatch(reference)
    if found is None:
        raise DamagedFile
    left, top, right, bottom = found.groups()
    right, bottom = right or left, bottom or top
    span = Span(int(top), column_index(left), int(bottom), column_index(right))
    if span.first_row > span.last_row or span.first_column > span.last_column:
        raise DamagedFile
    return span


class LayoutListener:
    """Notes merged ranges and hidden columns."""

    def __init__(self, limits: Limits) -> None:
        self.layout = Layout()
        self.limits = limits

    def start(self, name: str, attributes: Attributes) -> None:
        """Look at the two elements that matter."""
        element = local(name)
        if element == "mergeCell":
            self._merge(span_of(attributes.get("ref", "")))
        elif element == "col" and _is_hidden(attributes):
            first, last = int(attributes["min"]), int(attributes["max"])
            shown = range(first - 1, min(last, self.limits.columns))
            self.layout.hidden_columns.update(shown)

    def end(self, name: str) -> None:
        """Elements that matter have no content."""

    def text(self, data: str) -> None:
        """There is no text of interest outside the rows."""

    def _merge(self, span: Span) -> None:
        if span.first_column >= self.limits.columns:
            return
        last = min(span.last_column, self.limits.columns - 1)
        self.layout.spans.append(span._replace(last_column=last))
        if len(self.layout.spans) > self.limits.merges:
            raise TooLarge(limit=self.limits.merges, what=MERGES)


def _is_hidden(attributes: Attributes) -> bool:
    return attributes.get("hidden") in {"1", "true"} or attributes.get("width") == "0"


def read_layout(chunks: Iterable[bytes], limits: Limits) -> Layout:
    """Read what stands around the rows, and count the cells in passing."""
    listener = LayoutListener(limits)
    around = without_rows(chunks, limits)
    for _pause in feed(around, listener, limits, tags=limits.tags):
        pass
    return listener.layout


def without_rows(chunks: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    """Cut out what stands inside `sheetData`, keeping its tags.

    Inside, `<` begins a tag, so the closing tag can be found in the bytes alone. A
    sheet in UTF-16 is not recognized and passes whole, which is slower and as right.
    Cells and tags are counted by the bytes with which they begin: a sheet bomb is
    refused here, before anything of it is parsed.
    """
    stream = iter(chunks)
    held = b""
    for chunk in stream:
        held += chunk
        begin = ROWS_BEGIN.search(held)
        if begin is not None:
            yield held[: begin.end()]
            held = held[begin.end() :]
            yield held if begin[0].endswith(b"/>") else _tail(held, stream, limits)
            yield from stream
            return
        yield held[:-LONGEST_TAG]
        held = held[-LONGEST_TAG:]
    yield held


def _tail(held: bytes, stream: Iterator[bytes], limits: Limits) -> bytes:
    """Pass over the rows and return what is unpacked already from their end on."""
    counts = _Counts(limits)
    counts.add(held)
    end = _end_of_rows(held)
    while end is None:
        chunk = next(stream, b"")
        if not chunk:
            raise DamagedFile
        counts.add(chunk)
        held = held[-LONGEST_TAG:] + chunk
        end = _end_of_rows(held)
    return held[end.start() :]


def _end_of_rows(held: bytes) -> re.Match[bytes] | None:
    """Look for the closing tag, but only where its name stands: rows have many tags."""
    return ROWS_END.search(held) if ROWS_NAME in held else None


class _Counts:
    """Rows, cells and tags of all kinds by the bytes with which they begin."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = 0
        self.cells = 0
        self.tags = 0

    def add(self, chunk: bytes) -> None:
        """Count on, and refuse what no sheet can be."""
        self.rows += chunk.count(b"<row")
        self.cells += chunk.count(b"<c ")
        self.tags += chunk.count(b"<")
        if self.rows > self.limits.blank_rows:
            raise TooLarge(limit=self.limits.blank_rows, what=ROWS)
        if self.cells > self.limits.cells:
            raise TooLarge(limit=self.limits.cells, what=CELLS)
        if self.tags > self.limits.row_tags:
            raise TooLarge(limit=self.limits.row_tags, what=ELEMENTS)
