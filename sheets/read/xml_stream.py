"""Parse XML as a stream: no tree, no declarations, no external entities."""

from collections.abc import Iterable, Iterator
from typing import NoReturn, Protocol
from xml.parsers import expat

from sheets.read.errors import ELEMENTS, ForbiddenMarkup, TooLarge
from sheets.read.limits import Limits, refuse_bytes

Attributes = dict[str, str]
YES = {"1", "true"}  # how an attribute says so


class Listener(Protocol):
    """Receives the elements and texts of a part."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Handle the start of an element."""

    def end(self, name: str) -> None:
        """Handle the end of an element."""

    def text(self, data: str) -> None:
        """Handle a piece of text; one text may arrive in several."""


def local_name(name: str) -> str:
    """Return an element's name without its prefix, which the writer chooses."""
    return name.rpartition(":")[2]


class TagCounter:
    """Counts a part's tags, and roughly the open ones, by its bytes.

    A tag split by the end of a chunk is miscounted; these are few compared with the
    limits.
    """

    def __init__(self, *, most: int, most_open: int) -> None:
        self.most = most
        self.most_open = most_open
        self.seen = self.open = 0

    def add(self, chunk: bytes) -> None:
        """Add a chunk's counts; refuse more tags than the limits allow."""
        begins, ends = chunk.count(b"<"), chunk.count(b"</")
        self.seen += begins
        self.open += begins - 2 * ends - chunk.count(b"/>")
        if self.seen > self.most:
            raise TooLarge(limit=self.most, what=ELEMENTS)
        if self.open > self.most_open:
            raise TooLarge(limit=self.most_open, what=ELEMENTS)


def feed(
    chunks: Iterable[bytes], listener: Listener, limits: Limits, *, tags: int
) -> Iterator[None]:
    """Parse chunk by chunk, yielding after each so that rows can be consumed.

    Document types are refused as soon as they begin. A token that does not end (one
    attribute as long as the file) would fill the parser's memory, so it has a limit.
    Tags are counted before they are parsed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    clock = limits.start_clock()
    fed_bytes = 0
    count = TagCounter(most=tags, most_open=limits.open_tags)
    for chunk in chunks:
        count.add(chunk)
        with clock.running():
            parser.Parse(chunk, False)
        fed_bytes += len(chunk)
        if fed_bytes - max(parser.CurrentByteIndex, 0) > limits.token_bytes:
            refuse_bytes(limits.token_bytes)
        yield
    with clock.running():
        parser.Parse(b"", True)
    yield


def _refuse_declaration(*_declaration: object) -> NoReturn:
    raise ForbiddenMarkup


class OutlineListener:
    """Collects elements with their parents, for the small parts of a workbook."""

    def __init__(self, names: frozenset[str], limit: int) -> None:
        self.names = names
        self.limit = limit
        self.elements: list[tuple[str, str, Attributes]] = []
        self.open: list[str] = [""]

    def start(self, name: str, attributes: Attributes) -> None:
        """Collect the element with its parent's name, if its own name is requested."""
        element = local_name(name)
        if element in self.names:
            self.elements.append((self.open[-1], element, attributes))
        self.open.append(element)
        if max(len(self.elements), len(self.open)) > self.limit:
            raise TooLarge(limit=self.limit, what=ELEMENTS)

    def end(self, name: str) -> None:
        """Return to the parent."""
        self.open.pop()

    def text(self, data: str) -> None:
        """Do nothing: these parts have attributes only."""


def read_outline(
    chunks: Iterable[bytes], limits: Limits, *names: str
) -> list[tuple[str, str, Attributes]]:
    """Return (parent, name, attributes) of a part's elements with those names."""
    listener = OutlineListener(frozenset(names), limits.styles)
    for _pause in feed(chunks, listener, limits, tags=limits.tags):
        pass
    return listener.elements
