"""Reading what offices send: from messy files to typed rows, never guessing.

`open_sheets` opens a file by its content, `find_tables` finds in its sheets the
columns that are looked for, and the functions of `values` read one cell each.
"""

from sheets.read.cells import Cell, Kind, Precision, Row, Sheet
from sheets.read.errors import UnreadableFile, UnreadableTable
from sheets.read.judging import Reason
from sheets.read.limits import LIMITS, Limits
from sheets.read.refusals import BadValue
from sheets.read.sources import open_sheets
from sheets.read.table import (
    Flag,
    IgnoredRow,
    IgnoredSheet,
    SheetReason,
    Table,
    TableRow,
    Tables,
    find_table,
    find_tables,
)
from sheets.read.vocabulary import ColumnSpec

__all__ = [
    "LIMITS",
    "BadValue",
    "Cell",
    "ColumnSpec",
    "Flag",
    "IgnoredRow",
    "IgnoredSheet",
    "Kind",
    "Limits",
    "Precision",
    "Reason",
    "Row",
    "Sheet",
    "SheetReason",
    "Table",
    "TableRow",
    "Tables",
    "UnreadableFile",
    "UnreadableTable",
    "find_table",
    "find_tables",
    "open_sheets",
]
