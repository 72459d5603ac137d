"""Tell links that wait for a click from references that a program follows by itself.

A reference to something outside the workbook says of which kind it is, but programs go
by the element that uses it: a picture whose reference calls itself a hyperlink is
fetched all the same. So what counts is who uses it, and all users must be known.
"""

import posixpath
import re
from collections.abc import Iterable

from sheets.read.archive import Archive
from sheets.read.xml_stream import Attributes, feed, local_name

HYPERLINKS = frozenset(
    {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
        "http://purl.oclc.org/ooxml/officeDocument/relationships/hyperlink",
    }
)
WAITING = frozenset({("hyperlinks", "hyperlink"), ("cNvPr", "hlinkClick")}) | {
    (text, "hlinkClick") for text in ("rPr", "defRPr", "endParaRPr")
}
"""Elements, each inside its parent, that lead somewhere when a person clicks them."""
OUTSIDE = re.compile(r"\s*(?:[a-z][a-z0-9+.\-]*+:|[/\\]{2})", re.IGNORECASE)
"""How an address outside the workbook begins, whatever the reference says."""


def leads_outside(reference: Attributes) -> bool:
    """Whether a reference leads out of the workbook, or may be read so."""
    mode = reference.get("TargetMode", "").strip().lower()
    target = reference.get("Target", "")
    return mode not in {"", "internal"} or OUTSIDE.match(target) is not None


def find_followed(
    archive: Archive, references: str, outside: Iterable[Attributes]
) -> Attributes | None:
    """Return the first of the references outside that is more than a link to click."""
    links = list(outside)
    for link in links:
        if link.get("Type", "") not in HYPERLINKS:
            return link
    source = _source_of(references)
    if not links or source not in archive:
        return next(iter(links), None)
    users = _UserListener({_key(link.get("Id", "")) for link in links})
    for _pause in feed(
        archive.unpack(source), users, archive.limits, tags=archive.limits.row_tags
    ):
        pass
    clicked = users.clicked - users.followed
    return next((one for one in links if _key(one.get("Id", "")) not in clicked), None)


def _source_of(references: str) -> str:
    """Return the part whose references a part holds; the workbook itself has none."""
    folder, name = posixpath.split(references)
    above = posixpath.dirname(folder)
    return posixpath.join(above, name.removesuffix(".rels")) or "/"


def _key(identifier: str) -> str:
    return identifier.strip().lower()


class _UserListener:
    """Collects which references wait for a click, and which something else uses."""

    def __init__(self, identifiers: set[str]) -> None:
        self.identifiers = identifiers
        self.clicked = set[str]()
        self.followed = set[str]()
        self.open = [""]

    def start(self, name: str, attributes: Attributes) -> None:
        """Note the references that an element uses by attributes of another scheme."""
        element = local_name(name)
        waits = (self.open[-1], element) in WAITING
        self.open.append(element)
        for attribute, value in attributes.items():
            if ":" not in attribute or (used := _key(value)) not in self.identifiers:
                continue
            is_link = waits and local_name(attribute) == "id"
            (self.clicked if is_link else self.followed).add(used)

    def end(self, name: str) -> None:
        """Return to the parent."""
        self.open.pop()

    def text(self, data: str) -> None:
        """Do nothing: references are used by attributes."""
