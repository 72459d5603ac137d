"""Comments of cells: notes and threads, in parts of their own."""

import re
from collections.abc import Iterable

from sheets.read.errors import CHARACTERS, TEXTS, TooLarge
from sheets.read.layout import parse_span
from sheets.read.limits import Limits
from sheets.read.xml_stream import Attributes, feed, local_name

# Programs begin a note with its author's name, on a line of its own.
AUTHOR = re.compile(r"[^:：\n]{1,30}[:：](?:[^\S\n]*+\n)++")
COMMENT_NAMES = {"comment", "threadedComment"}
MAX_COMMENTS = 20_000


class CommentListener:
    """Collects the words of each comment by row and column."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.comments: dict[int, dict[int, str]] = {}
        self.reference = ""
        self.parts: list[str] = []
        self.length = self.count = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin a comment."""
        if local_name(name) in COMMENT_NAMES:
            self.reference = attributes.get("ref", "")
            self.parts.clear()
            self.length = 0

    def end(self, name: str) -> None:
        """Keep a finished comment; several on one cell are one thread."""
        if local_name(name) in COMMENT_NAMES:
            self._keep(strip_author("".join(self.parts)))
            self.reference = ""

    def text(self, data: str) -> None:
        """Add a piece of the comment."""
        if not self.reference:
            return
        self.length += len(data)
        if self.length > self.limits.text_length:
            raise TooLarge(limit=self.limits.text_length, what=CHARACTERS)
        self.parts.append(data)

    def _keep(self, text: str) -> None:
        self.count += 1
        if self.count > MAX_COMMENTS:
            raise TooLarge(limit=MAX_COMMENTS, what=TEXTS)
        if not text or not self.reference:
            return
        span = parse_span(self.reference)
        row = self.comments.setdefault(span.first_row, {})
        earlier = row.get(span.first_column)
        row[span.first_column] = f"{earlier}\n{text}" if earlier else text


def strip_author(text: str) -> str:
    """Return a comment's words without the line that names its author."""
    return AUTHOR.sub("", text, count=1).strip()


def read_comments(chunks: Iterable[bytes], limits: Limits) -> dict[int, dict[int, str]]:
    """Read a part with comments, by row and column."""
    listener = CommentListener(limits)
    for _pause in feed(chunks, listener, limits, tags=limits.tags):
        pass
    return listener.comments
