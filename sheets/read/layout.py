"""The layout of a sheet that is needed before its rows: merges, hidden columns.

Merged ranges follow the rows in the file. The part is therefore unpacked twice; the
first time the rows are cut out of the stream before it is parsed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sheets.read.cells import Span
from sheets.read.errors import CELLS, ELEMENTS, MERGES, ROWS, DamagedFile, TooLarge
from sheets.read.limits import Limits
from sheets.read.xml_stream import YES, Attributes, feed, local_name

CORNERS = re.compile(
    r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?"
)
ROWS_BEGIN = re.compile(rb"<(?:[\w.-]+:)?sheetData(?:\s[^<>]*)?>")
ROWS_END = re.compile(rb"</(?:[\w.-]+:)?sheetData\s*>")
ROWS_NAME = b"sheetData"
MAX_TAG_LENGTH = 512


@dataclass(slots=True)
class Layout:
    """The merged ranges and hidden columns of one sheet."""

    spans: list[Span] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)


def column_index(letters: str) -> int:
    """Return the index of a column by its letters: A is 0, XFD is 16383."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def column_letters(index: int) -> str:
    """Return the letters of a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parse_span(reference: str) -> Span:
    """Read a range such as B3:B9."""
    match = CORNERS.fullmatch(reference)
    if match is None:
        raise DamagedFile
    left, top, right, bottom = match.groups()
    right, bottom = right or left, bottom or top
    span = Span(int(top), column_index(left), int(bottom), column_index(right))
    if span.first_row > span.last_row or span.first_column > span.last_column:
        raise DamagedFile
    return span


class LayoutListener:
    """Collects merged ranges and hidden columns."""

    def __init__(self, limits: Limits) -> None:
        self.layout = Layout()
        self.limits = limits
        self.described = self.hidden = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Collect a merged range or hidden columns."""
        element = local_name(name)
        if element == "mergeCell":
            self._add_span(parse_span(attributes.get("ref", "")))
        elif element == "col":
            self._add_column(attributes)

    def _add_column(self, attributes: Attributes) -> None:
        self.described += 1
        if self.described > self.limits.columns_described:
            raise TooLarge(limit=self.limits.columns_described, what=ELEMENTS)
        if _is_hidden(attributes):
            first, last = int(attributes["min"]), int(attributes["max"])
            columns = range(first - 1, min(last, self.limits.columns))
            self.hidden += len(columns)  # each once, unless ranges overlap
            if self.hidden > self.limits.columns_described:
                raise DamagedFile
            self.layout.hidden_columns.update(columns)

    def end(self, name: str) -> None:
        """Do nothing: these elements have no content."""

    def text(self, data: str) -> None:
        """Do nothing: there is no relevant text outside the rows."""

    def _add_span(self, span: Span) -> None:
        if span.first_column >= self.limits.columns:
            return
        last = min(span.last_column, self.limits.columns - 1)
        self.layout.spans.append(span._replace(last_column=last))
        if len(self.layout.spans) > self.limits.merges:
            raise TooLarge(limit=self.limits.merges, what=MERGES)


def _is_hidden(attributes: Attributes) -> bool:
    return attributes.get("hidden") in YES or attributes.get("width") == "0"


def read_layout(chunks: Iterable[bytes], limits: Limits) -> Layout:
    """Read the layout around the rows; count rows, cells and tags on the way."""
    listener = LayoutListener(limits)
    outer_chunks = cut_rows_out(chunks, limits)
    for _pause in feed(outer_chunks, listener, limits, tags=limits.tags):
        pass
    return listener.layout


def cut_rows_out(chunks: Iterable[bytes], limits: Limits) -> Iterator[bytes]:
    """Cut out the content of `sheetData`, keeping its tags.

    Inside, `<` always begins a tag, so the closing tag can be found in the bytes. A
    sheet in UTF-16 is not recognized and passes whole: slower, with the same result.
    Cells and tags are counted by the bytes with which they begin: a sheet bomb is
    refused here, before anything of it is parsed.
    """
    stream = iter(chunks)
    buffer = b""
    for chunk in stream:
        buffer += chunk
        begin = ROWS_BEGIN.search(buffer)
        if begin is not None:
            yield buffer[: begin.end()]
            buffer = buffer[begin.end() :]
            yield (
                buffer
                if begin[0].endswith(b"/>")
                else _skip_rows(buffer, stream, limits)
            )
            yield from stream
            return
        yield buffer[:-MAX_TAG_LENGTH]
        buffer = buffer[-MAX_TAG_LENGTH:]
    yield buffer


def _skip_rows(buffer: bytes, stream: Iterator[bytes], limits: Limits) -> bytes:
    """Skip the rows; return the bytes already unpacked after them."""
    counts = _RowsCounter(limits)
    counts.add(buffer)
    end = _find_end_of_rows(buffer)
    while end is None:
        chunk = next(stream, b"")
        if not chunk:
            raise DamagedFile
        counts.add(chunk)
        buffer = buffer[-MAX_TAG_LENGTH:] + chunk
        end = _find_end_of_rows(buffer)
    return buffer[end.start() :]


def _find_end_of_rows(buffer: bytes) -> re.Match[bytes] | None:
    """Find the closing tag; search only where its name occurs, for speed."""
    return ROWS_END.search(buffer) if ROWS_NAME in buffer else None


class _RowsCounter:
    """Counts rows, cells and tags by the bytes they begin with."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.rows = 0
        self.cells = 0
        self.tags = 0

    def add(self, chunk: bytes) -> None:
        """Add a chunk's counts; refuse a sheet that exceeds a limit."""
        self.rows += chunk.count(b"<row")
        self.cells += chunk.count(b"<c ")
        self.tags += chunk.count(b"<")
        if self.rows > self.limits.blank_rows:
            raise TooLarge(limit=self.limits.blank_rows, what=ROWS)
        if self.cells > self.limits.cells:
            raise TooLarge(limit=self.limits.cells, what=CELLS)
        if self.tags > self.limits.row_tags:
            raise TooLarge(limit=self.limits.row_tags, what=ELEMENTS)
