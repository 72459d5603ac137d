"""Official workbooks: one plain sheet, texts as texts, no formula.

A plain list is written row by row in constant memory. The same sheet gives the same
bytes, so that a workbook that was handed out can be recognized by its hash.
"""

from sheets.write.excerpt import write_excerpts
from sheets.write.printed_sheet import Heading, PrintedColumn, PrintedSheet, Value
from sheets.write.writer import AS_LONG_AS_NEEDED, WORKBOOK, write_workbook

__all__ = [
    "AS_LONG_AS_NEEDED",
    "WORKBOOK",
    "Heading",
    "PrintedColumn",
    "PrintedSheet",
    "Value",
    "write_excerpts",
    "write_workbook",
]
