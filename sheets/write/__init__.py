"""Official workbooks and lists: plain sheets, texts as texts, sums as formulas.

A plain list is written row by row in constant memory. The same sheet gives the same
bytes, so that a workbook that was handed out can be recognized by its hash.
"""

from sheets.write.delimited import CSV, FORMULA_STARTS, guard_formula, write_csv
from sheets.write.excerpt import write_excerpts
from sheets.write.list_sheet import GENERAL, MAX_ROWS, ListColumn, ListSheet
from sheets.write.list_workbook import HEADING_ROW, write_list
from sheets.write.printed_sheet import (
    Formula,
    Heading,
    PrintedChart,
    PrintedColumn,
    PrintedSheet,
    Value,
)
from sheets.write.writer import AS_LONG_AS_NEEDED, WORKBOOK, write_workbook

__all__ = [
    "AS_LONG_AS_NEEDED",
    "CSV",
    "FORMULA_STARTS",
    "GENERAL",
    "HEADING_ROW",
    "MAX_ROWS",
    "WORKBOOK",
    "Formula",
    "Heading",
    "ListColumn",
    "ListSheet",
    "PrintedChart",
    "PrintedColumn",
    "PrintedSheet",
    "Value",
    "guard_formula",
    "write_csv",
    "write_excerpts",
    "write_list",
    "write_workbook",
]
