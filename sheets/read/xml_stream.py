"""XML read as a stream: nothing is built, nothing is declared, nothing is fetched."""

from collections.abc import Iterable, Iterator
from typing import NoReturn, Protocol
from xml.parsers import expat

from sheets.read.errors import ELEMENTS, ForbiddenMarkup, TooLarge
from sheets.read.limits import Clock, Limits, refuse_bytes

Attributes = dict[str, str]


class Listener(Protocol):
    """What is told of each element and each piece of text."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, data: str) -> None:
        """Take a piece of text; one text may come in several."""


def local_name(name: str) -> str:
    """Return an element's name without its prefix, which is the writer's choice."""
    return name.rpartition(":")[2]


class TagCounter:
    """How many tags a part has, and about how many are open, told by its bytes.

    A tag cut in two by the end of a chunk is counted amiss; so few are, and so many
    may be open, that it does not matter.
    """

    def __init__(self, *, most: int, most_open: int) -> None:
        self.most = most
        self.most_open = most_open
        self.seen = self.open = 0

    def add(self, chunk: bytes) -> None:
        """Count on, and refuse what no office program writes."""
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
    """Parse chunk by chunk, pausing after each so that rows can be handed on.

    Document types are refused as soon as they begin. A token that does not end (one
    attribute as long as the file) would pile up inside the parser, so it has a limit.
    Tags are counted before they are parsed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    clock = Clock(limits.seconds)
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
    """Notes elements with their parents, for the small parts of a workbook."""

    def __init__(self, names: frozenset[str], limit: int) -> None:
        self.names = names
        self.limit = limit
        self.elements: list[tuple[str, str, Attributes]] = []
        self.open: list[str] = [""]

    def start(self, name: str, attributes: Attributes) -> None:
        """Note the element under its parent's name, if it is looked for."""
        element = local_name(name)
        if element in self.names:
            self.elements.append((self.open[-1], element, attributes))
        self.open.append(element)
        if max(len(self.elements), len(self.open)) > self.limit:
            raise TooLarge(limit=self.limit, what=ELEMENTS)

    def end(self, name: str) -> None:
        """Go back to the parent."""
        self.open.pop()

    def text(self, data: str) -> None:
        """Pass over text: these parts speak through attributes."""


def read_outline(
    chunks: Iterable[bytes], limits: Limits, *names: str
) -> list[tuple[str, str, Attributes]]:
    """Return (parent, name, attributes) of the elements of those names in a part."""
    listener = OutlineListener(frozenset(names), limits.styles)
    for _pause in feed(chunks, listener, limits, tags=limits.tags):
        pass
    return listener.elements
