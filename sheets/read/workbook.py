"""Workbooks (.xlsx): their sheets and the parts that sheets share."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from sheets.read.archive import Archive
from sheets.read.cells import Row, Sheet
from sheets.read.errors import (
    BINARY_WORKBOOK,
    OPEN_DOCUMENT,
    SHEETS,
    SLIDES,
    WORD_DOCUMENT,
    ZIP_ARCHIVE,
    DamagedFile,
    OtherFormat,
    TooLarge,
)
from sheets.read.layout import read_layout
from sheets.read.limits import Limits
from sheets.read.merged_cells import apply_merges
from sheets.read.number_formats import BUILT_IN, Format, parse_format
from sheets.read.shared_strings import SharedStrings, read_strings
from sheets.read.worksheet import YES, SheetContext, read_rows
from sheets.read.xml_stream import Attributes, read_outline

OTHERS = {
    "xl/workbook.bin": BINARY_WORKBOOK,
    "word/document.xml": WORD_DOCUMENT,
    "ppt/presentation.xml": SLIDES,
    "content.xml": OPEN_DOCUMENT,
}


MAX_NAME_LENGTH = 100  # of a sheet; programs allow 31


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another."""

    kind: str
    target: str


class Workbook:
    """The parts of one workbook file; strings and formats are read when needed."""

    def __init__(self, path: Path, limits: Limits) -> None:
        self.archive = Archive(path, limits)
        self.limits = limits
        self.main = self._main_part()
        self.relations = self._relations(self.main)
        self.outline = read_outline(
            self.archive.unpack(self.main), limits, "workbookPr", "sheet"
        )

    def _main_part(self) -> str:
        for relation in self._relations("").values():
            if relation.kind == "officeDocument" and relation.target in self.archive:
                self._refuse_others()
                return relation.target
        self._refuse_others()
        if "xl/workbook.xml" in self.archive:
            return "xl/workbook.xml"
        if "[Content_Types].xml" in self.archive:
            raise DamagedFile
        raise OtherFormat(kind=ZIP_ARCHIVE)

    def _refuse_others(self) -> None:
        for part, kind in OTHERS.items():
            if part in self.archive:
                raise OtherFormat(kind=kind)

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.archive:
            return {}
        return {
            attributes.get("Id", ""): Relation(
                attributes.get("Type", "").rpartition("/")[2],
                _resolve_target(folder, attributes.get("Target", "")),
            )
            for _parent, _name, attributes in read_outline(
                self.archive.unpack(path), self.limits, "Relationship"
            )
        }

    def sheets(self) -> list[Sheet]:
        """Return the sheets with rows, in the workbook's order."""
        sheets = [
            Sheet(
                name=attributes.get("name", "")[:MAX_NAME_LENGTH],
                rows=partial(self._rows, relation.target),
                hidden=attributes.get("state", "visible") != "visible",
            )
            for parent, name, attributes in self.outline
            if (parent, name) == ("sheets", "sheet")
            and (relation := self._relation_of(attributes)).kind == "worksheet"
        ]
        if len(sheets) > self.limits.sheets:
            raise TooLarge(limit=self.limits.sheets, what=SHEETS)
        return sheets

    def _relation_of(self, attributes: Attributes) -> Relation:
        """Find the part by its relation; only the prefix of `id` varies."""
        for name, value in attributes.items():
            if name.endswith(":id") and value in self.relations:
                return self.relations[value]
        raise DamagedFile

    def _rows(self, part: str) -> Iterator[Row]:
        layout = read_layout(self.archive.unpack(part), self.limits)
        context = SheetContext(
            self.strings,
            self.formats,
            self.from_1904,
            layout.hidden_columns,
            self.struck,
        )
        rows = read_rows(self.archive.unpack(part), context, self.limits)
        return apply_merges(rows, layout.spans)

    @cached_property
    def from_1904(self) -> bool:
        """Whether the workbook counts days from 1904, as old Macs did."""
        return any(
            attributes.get("date1904") in YES
            for _parent, name, attributes in self.outline
            if name == "workbookPr"
        )

    @cached_property
    def strings(self) -> SharedStrings:
        """The texts that cells refer to by index."""
        part = self._part_of_kind("sharedStrings")
        if part is None:
            return SharedStrings()
        return read_strings(self.archive.unpack(part), self.limits)

    @cached_property
    def styles(self) -> list[tuple[str, str, Attributes]]:
        """The elements that define number formats and fonts."""
        part = self._part_of_kind("styles")
        if part is None:
            return []
        chunks = self.archive.unpack(part)
        return read_outline(chunks, self.limits, "numFmt", "xf", "font", "strike")

    @cached_property
    def struck(self) -> frozenset[str]:
        """The numbers of the styles whose font is crossed out."""
        font, struck = -1, set()
        for parent, name, attributes in self.styles:
            if name == "font" and parent == "fonts":
                font += 1
            elif name == "strike" and attributes.get("val", "1") in YES:
                struck.add(font)
            elif name == "xf":
                break  # later fonts belong to conditional formats
        used = [a for p, name, a in self.styles if (p, name) == ("cellXfs", "xf")]
        return frozenset(
            str(number)
            for number, attributes in enumerate(used)
            if int(attributes.get("fontId", 0)) in struck
        )

    @cached_property
    def formats(self) -> list[Format]:
        """The number format of each style that a cell can refer to."""
        codes = dict(BUILT_IN)
        used = []
        for parent, name, attributes in self.styles:
            if name == "numFmt" and parent == "numFmts":
                codes[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif name == "xf" and parent == "cellXfs":
                used.append(int(attributes.get("numFmtId", 0)))
        known = {
            number: parse_format(codes.get(number, "General")) for number in set(used)
        }
        return [known[number] for number in used]

    def _part_of_kind(self, kind: str) -> str | None:
        for relation in self.relations.values():
            if relation.kind == kind and relation.target in self.archive:
                return relation.target
        return None


def _resolve_target(folder: str, reference: str) -> str:
    """Return the referenced part's path from the archive's root."""
    reference = reference.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, reference)).lstrip("/")
