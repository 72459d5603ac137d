"""Write a workbook anew with some cells filled, every other part copied as it is."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.parsers import expat

from sheets.fill.blank import BLANK_LIMITS, open_workbook
from sheets.fill.markup import (
    end_of_element,
    refuse_declaration,
    require_utf8,
    scan_sheet,
)
from sheets.fill.splicing import CellValues, apply_patches, splice_cells
from sheets.read.files import translate_parser_errors
from sheets.read.limits import Clock, Limits
from sheets.read.xml_stream import Attributes, local_name

FilledCells = Mapping[int, CellValues]
"""Values of cells by the number of their sheet."""
BEFORE_CALCULATION = ("sheets", "functionGroups", "externalReferences", "definedNames")
RECALCULATE = 'fullCalcOnLoad="1"'


def fill_cells(
    path: Path,
    values: FilledCells,
    *,
    limits: Limits = BLANK_LIMITS,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> bytes:
    """Return the bytes of the workbook with cells filled.

    `progress` is called with how many parts are written, and how many there are.
    """
    clock = Clock(limits.seconds)
    limits = replace(limits, clock=clock)
    with translate_parser_errors(), clock.running():
        book = open_workbook(path, limits)
        archive, sheets = book.archive, list(book.parts())
        numbers = {part.path.lower(): number for number, part in enumerate(sheets)}
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
            for done, (name, info) in enumerate(archive.infos.items(), start=1):
                body = b"".join(archive.unpack(name)) if not info.is_dir() else b""
                if name in numbers:
                    cells = values.get(numbers[name], {})
                    body = splice_cells(body, scan_sheet(body, clock), cells)
                elif name == book.main.lower():
                    body = ask_to_recalculate(body)
                written.writestr(info, body)
                progress(done, len(archive.infos))
    return target.getvalue()


class _WorkbookScanner:
    """Finds the element about calculation, or where it belongs."""

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.depth = 0
        self.prefix = ""
        self.start = self.at = 0
        self.found: tuple[int, int, Attributes] | None = None
        self.attributes: Attributes = {}
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = refuse_declaration
        self.parser.EntityDeclHandler = refuse_declaration
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.finish
        self.parser.Parse(body, True)

    def begin(self, name: str, attributes: Attributes) -> None:
        """Note the beginning of a child of the workbook."""
        self.depth += 1
        if self.depth == 2:
            self.start, self.attributes = self.parser.CurrentByteIndex, attributes
            self.prefix = name.removesuffix(local_name(name))

    def finish(self, name: str) -> None:
        """Note the end of a child of the workbook."""
        if self.depth == 2:
            index = self.parser.CurrentByteIndex
            end, _empty = end_of_element(self.body, self.start, index)
            if local_name(name) == "calcPr":
                self.found = (self.start, end, self.attributes)
            elif local_name(name) in BEFORE_CALCULATION:
                self.at = end
        self.depth -= 1


def ask_to_recalculate(body: bytes) -> bytes:
    """Return the workbook's main part, asking programs to compute all formulas anew."""
    require_utf8(body)
    scan = _WorkbookScanner(body)
    if scan.found is None:
        text = f"<{scan.prefix}calcPr {RECALCULATE}/>"
        return apply_patches(body, [(scan.at, scan.at, text)])
    start, _end, attributes = scan.found
    if attributes.get("fullCalcOnLoad") in {"1", "true"}:
        return body
    tag_end = body.index(b"calcPr", start) + len(b"calcPr")
    if "fullCalcOnLoad" in attributes:
        at = body.index(b"fullCalcOnLoad", start)
        quote = body.index(b"=", at) + 1
        mark = body[quote : quote + 1]
        close = body.index(mark, quote + 1) + 1
        return apply_patches(body, [(at, close, RECALCULATE)])
    return apply_patches(body, [(tag_end, tag_end, f" {RECALCULATE}")])
