"""Reading what offices send: from messy files to typed rows, never guessing.

`open_sheets` opens a file by its content, `find_tables` finds in its sheets the
columns that are looked for, and the functions of `values` read one cell each.
"""

from exchange.reading.cells import Cell, Kind, Precision, Row, Sheet
from exchange.reading.errors import UnreadableFile, UnreadableTable
from exchange.reading.judging import Reason
from exchange.reading.limits import LIMITS, Limits
from exchange.reading.refusals import BadValue
from exchange.reading.sources import open_sheets
from exchange.reading.table import (
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
from exchange.reading.vocabulary import ColumnSpec

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
