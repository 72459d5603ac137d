"""Workbooks (.xlsx): their sheets and the parts that sheets share."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from sheets.read import styles
from sheets.read.archive import Archive
from sheets.read.cell_marks import Comments, StyleMarks, attach_comments
from sheets.read.cells import Row, Sheet
from sheets.read.comments import read_comments
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
from sheets.read.number_formats import Format
from sheets.read.shared_strings import SharedStrings, read_strings
from sheets.read.styles import Elements
from sheets.read.worksheet import CellContext, read_rows
from sheets.read.xml_stream import YES, Attributes, read_outline

OTHERS = {
    "xl/workbook.bin": BINARY_WORKBOOK,
    "word/document.xml": WORD_DOCUMENT,
    "ppt/presentation.xml": SLIDES,
    "content.xml": OPEN_DOCUMENT,
}


COMMENT_PARTS = ("comments", "threadedComment")
MAX_NAME_LENGTH = 100  # of a sheet; programs allow 31


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another."""

    kind: str
    target: str


class SheetPart(NamedTuple):
    """A sheet of a workbook: its name, and the part that holds its rows."""

    name: str
    path: str
    hidden: bool


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
        return [
            Sheet(part.name, partial(self.read_part, part.path), part.hidden)
            for part in self.parts()
        ]

    def parts(self) -> list[SheetPart]:
        """Return where the sheets with rows are, in the workbook's order."""
        parts = [
            SheetPart(
                attributes.get("name", "")[:MAX_NAME_LENGTH],
                relation.target,
                attributes.get("state", "visible") != "visible",
            )
            for parent, name, attributes in self.outline
            if (parent, name) == ("sheets", "sheet")
            and (relation := self._relation_of(attributes)).kind == "worksheet"
        ]
        if len(parts) > self.limits.sheets:
            raise TooLarge(limit=self.limits.sheets, what=SHEETS)
        return parts

    def _relation_of(self, attributes: Attributes) -> Relation:
        """Find the part by its relation; only the prefix of `id` varies."""
        for name, value in attributes.items():
            if name.endswith(":id") and value in self.relations:
                return self.relations[value]
        raise DamagedFile

    def read_part(self, part: str) -> Iterator[Row]:
        """Return the rows of a sheet's part."""
        layout = read_layout(self.archive.unpack(part), self.limits)
        context = CellContext(
            self.strings,
            self.formats,
            self.from_1904,
            layout.hidden_columns,
            self.style_marks,
        )
        rows = read_rows(self.archive.unpack(part), context, self.limits)
        if comments := self._comments(part):
            rows = attach_comments(rows, comments)
        return apply_merges(rows, layout.spans)

    def _comments(self, part: str) -> Comments:
        """Return the comments on a sheet; a thread stands for its own fallback note."""
        found: Comments = {}
        for kind in COMMENT_PARTS:
            for relation in self._relations(part).values():
                if relation.kind == kind and relation.target in self.archive:
                    chunks = self.archive.unpack(relation.target)
                    found = _merge(found, read_comments(chunks, self.limits))
        return found

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
    def styles(self) -> Elements:
        """The elements that define number formats, fonts and fills."""
        return self._outline_of("styles", *styles.NAMES)

    @cached_property
    def style_marks(self) -> dict[str, StyleMarks]:
        """What the styles show beside the words of a cell, by their numbers."""
        theme = self._outline_of("theme", *styles.THEME_NAMES)
        return styles.read_style_marks(self.styles, theme)

    @cached_property
    def formats(self) -> list[Format]:
        """The number format of each style that a cell can refer to."""
        return styles.read_formats(self.styles)

    def _outline_of(self, kind: str, *names: str) -> Elements:
        part = self._part_of_kind(kind)
        if part is None:
            return []
        return read_outline(self.archive.unpack(part), self.limits, *names)

    def _part_of_kind(self, kind: str) -> str | None:
        for relation in self.relations.values():
            if relation.kind == kind and relation.target in self.archive:
                return relation.target
        return None


def _merge(earlier: Comments, later: Comments) -> Comments:
    """Return both, the later ones where both are on the same cell."""
    return {
        row: {**earlier.get(row, {}), **later.get(row, {})}
        for row in {*earlier, *later}
    }


def _resolve_target(folder: str, reference: str) -> str:
    """Return the referenced part's path from the archive's root."""
    reference = reference.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, reference)).lstrip("/")
