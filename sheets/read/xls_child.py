"""Read an old .xls file in a process of its own, within a limit of memory.

Started by `xls` as a script. It writes one JSON document a line: first the sheets,
then, for a requested sheet, its merged ranges, its marks and its rows.
"""

import datetime as dt
import importlib.util
import json
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from python_calamine import (
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]

PASSWORD = 3  # exit codes, beside 0 for done
UNREADABLE = 4


GLOBALS = re.compile(rb"\x09\x08..\x00\x06\x05\x00", re.DOTALL)
FILE_PASS = 0x2F
BEFORE_PASS = 8  # most records before the one of the password


def is_protected(raw: bytes) -> bool:
    """Whether the workbook's first records declare encryption.

    The parser reports it only for files whose name ends in .xls.
    """
    begin = GLOBALS.search(raw)
    offset = begin.start() if begin else len(raw)
    for _record in range(BEFORE_PASS):
        kind, length = raw[offset : offset + 2], raw[offset + 2 : offset + 4]
        if int.from_bytes(kind, "little") == FILE_PASS:
            return True
        offset += 4 + int.from_bytes(length, "little")
    return False


def limit_resources(memory: int, seconds: int) -> None:
    """Set the limits of memory and time at which the system ends this process."""
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pack(value: object) -> list[Any]:
    """Return the value as JSON can hold it, with a letter for its kind."""
    if isinstance(value, bool):
        return ["b", value]
    if isinstance(value, int | float):
        return ["n", repr(value)]
    if isinstance(value, dt.datetime | dt.date):
        return ["d", value.isoformat()]
    if isinstance(value, dt.time):
        return ["t", value.isoformat()]
    return ["s", str(value)]


def list_sheets(workbook: CalamineWorkbook) -> list[dict[str, Any]]:
    """Return name, index and visibility of the sheets that have rows."""
    return [
        {
            "name": sheet.name,
            "index": index,
            "hidden": sheet.visible is not SheetVisibleEnum.Visible,
        }
        for index, sheet in enumerate(workbook.sheets_metadata)
        if sheet.typ is SheetTypeEnum.WorkSheet
    ]


def iter_rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Yield the numbers of filled rows with their cells (column, kind, value).

    The parser begins at the first row of the sheet, but at its first filled column.
    """
    _first_row, first_column = sheet.start or (0, 0)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [
            [column, *pack(value)]
            for column, value in enumerate(row, start=first_column)
            if value not in {"", None}
        ]
        if cells:
            yield [number, cells]


def load_beside(name: str) -> ModuleType:
    """Load a module that lies beside this script, under the name it is imported by."""
    full_name = f"sheets.read.{name}"
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(full_name, path)
    if spec is None or spec.loader is None:
        raise ImportError(full_name)
    module = sys.modules[full_name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_marks(raw: bytes, index: int) -> dict[str, Any]:
    """Return what the sheet shows beside its words; nothing if that is unreadable.

    A file that the parser reads is not refused for records that hardly matter.
    """
    load_beside("xls_records")
    marks = load_beside("xls_marks")
    try:
        return marks.read_marks(raw, index)  # type: ignore[no-any-return] # a loaded module's
    except (struct.error, IndexError, ValueError, MemoryError):
        return {}


def main(path: str, index: int) -> None:
    """Write the sheets, and the rows of the requested one (-1: none)."""
    with Path(path).open(
        "rb"
    ) as file:  # with a path the parser would decide by its ending
        workbook = CalamineWorkbook.from_filelike(file)
    out = sys.stdout
    out.write(json.dumps(list_sheets(workbook)) + "\n")
    if index >= 0:
        sheet = workbook.get_sheet_by_index(index)
        out.write(json.dumps(sheet.merged_cell_ranges or []) + "\n")
        out.write(json.dumps(read_marks(Path(path).read_bytes(), index)) + "\n")
        for row in iter_rows(sheet):
            out.write(json.dumps(row) + "\n")
    out.flush()


if __name__ == "__main__":
    limit_resources(int(sys.argv[3]), int(sys.argv[4]))
    try:
        main(sys.argv[1], int(sys.argv[2]))
    except BaseException:  # noqa: BLE001 -- a panic of the parser is no Exception
        protected = is_protected(Path(sys.argv[1]).read_bytes())
        sys.exit(PASSWORD if protected else UNREADABLE)
