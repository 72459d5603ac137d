"""Refuse what runs, fetches or sends once a workbook is opened.

The numbers of an organization are put into these workbooks: whatever fetches from
elsewhere can send them there. Links that only lead somewhere when a person clicks them,
with an address that no cell changes, carry nothing and stay.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from sheets.fill.errors import (
    DATA_CONNECTION,
    EMBEDDED_OBJECT,
    LINKED_FILE,
    WEB_ADD_IN,
    WEB_PICTURE,
    WEB_PUBLISHING,
    MacroWorkbook,
    SignedWorkbook,
    refuse_content,
)
from sheets.fill.formulas import refuse_formula
from sheets.fill.outside_links import find_followed, leads_outside
from sheets.read.archive import Archive
from sheets.read.errors import CHARACTERS, TooLarge
from sheets.read.workbook import Workbook
from sheets.read.xml_stream import Attributes, feed, local_name, read_outline

MACROS = (
    "vbaproject",
    "macrosheet",
    "activex",
    "macroenabled",
    "relationships/control",
)
SIGNATURES = "_xmlsignatures"
MARKS = (
    ("externallink", LINKED_FILE),
    ("attachedtemplate", LINKED_FILE),
    ("connections", DATA_CONNECTION),
    ("querytable", DATA_CONNECTION),
    ("volatiledependencies", DATA_CONNECTION),
    ("xl/model/", DATA_CONNECTION),
    ("powerpivot", DATA_CONNECTION),
    ("datamashup", DATA_CONNECTION),
    ("oleobject", EMBEDDED_OBJECT),
    ("embeddings/", EMBEDDED_OBJECT),
    ("relationships/package", EMBEDDED_OBJECT),
    ("webextension", WEB_ADD_IN),
    ("taskpanes", WEB_ADD_IN),
    ("webimage", WEB_PICTURE),
)
"""In the name of a part, in its type, or in the kind of a reference to it."""
BY_ELEMENT = {
    "externalReference": LINKED_FILE,
    "externalBook": LINKED_FILE,
    "ddeLink": LINKED_FILE,
    "oleLink": LINKED_FILE,
    "externalData": LINKED_FILE,
    "connection": DATA_CONNECTION,
    "queryTable": DATA_CONNECTION,
    "oleObject": EMBEDDED_OBJECT,
    "webPublishItem": WEB_PUBLISHING,
}
"""What needs no reference, or one that may call itself by any other name."""
FORMULAS = frozenset(
    {"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula"}
    | {"totalsRowFormula"}
)
WITHOUT_FORMULAS = {"xl/sharedstrings.xml", "xl/styles.xml"}
FORMULA_ATTRIBUTES = {
    "cfvo": ("val",),
    "sp": ("textlink",),
    "calculatedItem": ("formula",),
    "cacheField": ("formula",),
    "formControlPr": ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx"),
}


def refuse_active(book: Workbook) -> None:
    """Refuse macros, signatures, and whatever fetches or sends by itself."""
    archive = book.archive
    for name in archive.infos:
        _refuse_mark(name, name)
    _refuse_types(archive)
    for name in archive.infos:
        if name.endswith(".rels"):
            _refuse_references(archive, name)
    names = {part.path.lower(): part.name for part in book.parts()}
    for name in _with_contents(book, set(names)):
        _refuse_contents(archive, name, names.get(name, name))


def _refuse_mark(text: str, where: str) -> None:
    lower = text.lower()
    if any(mark in lower for mark in MACROS):
        raise MacroWorkbook
    if SIGNATURES in lower:
        raise SignedWorkbook
    for mark, what in MARKS:
        if mark in lower:
            refuse_content(what, where)


def _refuse_types(archive: Archive) -> None:
    """Refuse by the types that the workbook says its parts to be of."""
    chunks = archive.unpack("[Content_Types].xml")
    endings = {PurePosixPath(name).suffix.lstrip(".") for name in archive.infos}
    for _parent, name, attributes in read_outline(
        chunks, archive.limits, "Default", "Override"
    ):
        kind = attributes.get("ContentType", "")
        if name == "Override":
            _refuse_mark(kind, attributes.get("PartName", "").lstrip("/"))
        elif attributes.get("Extension", "").lower() in endings:
            _refuse_mark(kind, f".{attributes.get('Extension', '')}")


def _refuse_references(archive: Archive, name: str) -> None:
    """Refuse references to active parts, and all that leave the file by themselves."""
    outside = list[Attributes]()
    for _parent, _name, attributes in read_outline(
        archive.unpack(name), archive.limits, "Relationship"
    ):
        _refuse_mark(attributes.get("Type", ""), attributes.get("Target", "") or name)
        if leads_outside(attributes):
            outside.append(attributes)
    if followed := find_followed(archive, name, outside):
        refuse_content(LINKED_FILE, followed.get("Target", "") or name)


def _with_contents(book: Workbook, sheets: set[str]) -> Iterator[str]:
    """Yield the parts that may fetch by what is in them: sheets, names, tables."""
    for name in book.archive.infos:
        is_ours = name.endswith(".xml") and name.startswith("xl/")
        is_ours = is_ours and name not in WITHOUT_FORMULAS
        if name in sheets or name == book.main.lower() or is_ours:
            yield name


class ContentListener:
    """Refuses elements and formulas that fetch or send, with the sheet and the cell."""

    def __init__(self, where: str, most: int) -> None:
        self.where = where
        self.most = most
        self.cell = ""
        self.formulas: list[list[str]] = []
        self.length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Note where a formula begins."""
        element = local_name(name)
        if what := BY_ELEMENT.get(element):
            refuse_content(what, self.where)
        if element == "c":
            self.cell = attributes.get("r", "")
        elif element in FORMULAS:
            self.formulas.append([])
        for attribute in FORMULA_ATTRIBUTES.get(element, ()):
            refuse_formula(attributes.get(attribute, ""), self._place())

    def end(self, name: str) -> None:
        """Look at a formula that is whole."""
        element = local_name(name)
        if element in FORMULAS:
            refuse_formula("".join(self.formulas.pop()), self._place())
            self.length = 0
        elif element == "c":
            self.cell = ""

    def _place(self) -> str:
        return f"{self.where}!{self.cell}".rstrip("!")

    def text(self, data: str) -> None:
        """Collect the text of a formula, and of those around it."""
        for parts in self.formulas:
            self.length += len(data)
            if self.length > self.most:
                raise TooLarge(limit=self.most, what=CHARACTERS)
            parts.append(data)


def _refuse_contents(archive: Archive, name: str, where: str) -> None:
    limits = archive.limits
    listener = ContentListener(where, limits.text_length)
    for _pause in feed(archive.unpack(name), listener, limits, tags=limits.row_tags):
        pass
