"""The shared strings of a workbook, stored compactly."""

import re
from array import array
from collections.abc import Iterable

from sheets.read.errors import CHARACTERS, TEXTS, DamagedFile, TooLarge
from sheets.read.limits import Limits, refuse_bytes
from sheets.read.xml_stream import YES, Attributes, feed, local_name

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Decode the escapes for control characters."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


class SharedStrings:
    """Many strings in one block of bytes, decoded one by one."""

    def __init__(self) -> None:
        self.block = bytearray()
        self.ends = array("I")
        self.struck: dict[int, str] = {}  # what is crossed out of some, by their index

    def add(self, text: str) -> None:
        """Append a string."""
        self.block += text.encode("utf-8", "surrogatepass")
        self.ends.append(len(self.block))

    def get(self, index: int) -> str:
        """Return the string with the index; refuse the file if there is none."""
        if not 0 <= index < len(self.ends):
            raise DamagedFile
        start = self.ends[index - 1] if index else 0
        return self.block[start : self.ends[index]].decode("utf-8", "surrogatepass")


class StringListener:
    """Collects the text of each shared string, without phonetic guides."""

    def __init__(self, limits: Limits) -> None:
        self.strings = SharedStrings()
        self.limits = limits
        self.parts: list[str] = []
        self.length = 0
        self.inside = ""
        self.phonetic = False
        self.is_struck = False
        self.struck: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Begin a string or one of its runs."""
        self.inside = local_name(name)
        if self.inside == "si":
            self.parts.clear()
            self.length = 0
        elif self.inside == "rPh":
            self.phonetic = True
        elif self.inside == "strike":
            self.is_struck = attributes.get("val", "1") in YES

    def end(self, name: str) -> None:
        """Store a finished string."""
        ended = local_name(name)
        self.inside = ""
        if ended == "rPh":
            self.phonetic = False
        elif ended == "r":
            self.is_struck = False
        elif ended == "si":
            self._store(unescape("".join(self.parts)))

    def text(self, data: str) -> None:
        """Add a piece of the string."""
        if self.inside != "t" or self.phonetic:
            return
        self.length += len(data)
        if self.length > self.limits.text_length:
            raise TooLarge(limit=self.limits.text_length, what=CHARACTERS)
        self.parts.append(data)
        if self.is_struck:
            self.struck.append(data)

    def _store(self, text: str) -> None:
        strings = self.strings
        if self.struck:
            strings.struck[len(strings.ends)] = unescape("".join(self.struck))
            self.struck.clear()
        strings.add(text)
        if len(strings.ends) > self.limits.strings:
            raise TooLarge(limit=self.limits.strings, what=TEXTS)
        if len(strings.block) > self.limits.string_bytes:
            refuse_bytes(self.limits.string_bytes)


def read_strings(chunks: Iterable[bytes], limits: Limits) -> SharedStrings:
    """Read the part with the shared strings."""
    listener = StringListener(limits)
    for _pause in feed(chunks, listener, limits, tags=limits.text_tags):
        pass
    return listener.strings
