"""Write a list as CSV that spreadsheets open as it is."""

import csv
import datetime as dt
from collections.abc import Sequence
from io import TextIOWrapper
from typing import BinaryIO

from sheets.write.list_sheet import ListColumn, ListSheet
from sheets.write.printed_sheet import Value

CSV = "text/csv; charset=utf-8"
"""The content type of what is written."""
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""What a spreadsheet would take for the beginning of a formula."""
GUARD = "'"
MONTH = len("2026-10")


def guard_formula(text: str) -> str:
    """Return a text so that no spreadsheet runs it."""
    return f"{GUARD}{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def write_csv(target: BinaryIO, sheet: ListSheet) -> int:
    """Write the headings and the rows as CSV; return the number of rows.

    It begins with a byte order mark, without which spreadsheets take the Chinese for
    another encoding. Title and facts are left out: a table for programs begins with its
    headings.
    """
    text = TextIOWrapper(target, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([guard_formula(column.heading) for column in sheet.columns])
    count = 0
    for row in sheet.rows:
        writer.writerow(_cells(sheet.columns, row))
        count += 1
    text.detach()  # writes what is left, and leaves the target open
    return count


def _cells(columns: Sequence[ListColumn], row: Sequence[Value]) -> list[str]:
    pairs = zip(columns, row, strict=True)
    return [_cell(column, value) for column, value in pairs]


def _cell(column: ListColumn, value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard_formula(value)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()[: MONTH if column.is_month else None]
    return str(value)
