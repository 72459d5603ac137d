"""Reads the spreadsheets that offices send: from messy files to typed cells.

`open_sheets` opens a file by its content, `find_tables` finds the expected columns in
its sheets, and each `read_…` function reads one cell. Nothing is guessed: what can be
read in two ways is refused.
"""

from sheets.read.cell_marks import Mark, ShownMark
from sheets.read.cell_text import drop_placeholder, is_made_up, says_unknown
from sheets.read.cells import BLANK, Cell, Kind, Precision, Row, Sheet
from sheets.read.colors import Color, find_legend, names_color
from sheets.read.dates import ReadDate, read_date, read_date_or_year
from sheets.read.delimited import ENCODINGS, guess_utf16
from sheets.read.errors import (
    DuplicateColumn,
    NoRows,
    Rivals,
    UnreadableFile,
    UnreadableTable,
    UnwantedTable,
)
from sheets.read.excerpt import Excerpt, is_ditto, take_rows
from sheets.read.files import open_sheets
from sheets.read.folding import drop_brackets, fold
from sheets.read.glance import Glance
from sheets.read.group_headings import GroupHeading, HeadingKind, groups_of
from sheets.read.header import REASON_HEADING
from sheets.read.ignored import IgnoredRow, IgnoredSheet, SheetReason
from sheets.read.limits import LIMITS, Limits
from sheets.read.line_wording import is_form_line, strip_heading
from sheets.read.names import read_name
from sheets.read.rival_columns import NO_COLUMN
from sheets.read.row_classifier import Reason
from sheets.read.row_flags import Flag
from sheets.read.table import (
    Table,
    TableRow,
    Tables,
    find_table,
    find_tables,
)
from sheets.read.value_errors import BadValue, BareYear
from sheets.read.values import (
    read_decimal,
    read_ethnicity,
    read_identity_number,
    read_landline,
    read_phone,
    read_sex,
    read_text,
    split_mobiles,
)
from sheets.read.vocabulary import ColumnSpec

__all__ = [
    "BLANK",
    "ENCODINGS",
    "LIMITS",
    "NO_COLUMN",
    "REASON_HEADING",
    "BadValue",
    "BareYear",
    "Cell",
    "Color",
    "ColumnSpec",
    "DuplicateColumn",
    "Excerpt",
    "Flag",
    "Glance",
    "GroupHeading",
    "HeadingKind",
    "IgnoredRow",
    "IgnoredSheet",
    "Kind",
    "Limits",
    "Mark",
    "NoRows",
    "Precision",
    "ReadDate",
    "Reason",
    "Rivals",
    "Row",
    "Sheet",
    "SheetReason",
    "ShownMark",
    "Table",
    "TableRow",
    "Tables",
    "UnreadableFile",
    "UnreadableTable",
    "UnwantedTable",
    "drop_brackets",
    "drop_placeholder",
    "find_legend",
    "find_table",
    "find_tables",
    "fold",
    "groups_of",
    "guess_utf16",
    "is_ditto",
    "is_form_line",
    "is_made_up",
    "names_color",
    "open_sheets",
    "read_date",
    "read_date_or_year",
    "read_decimal",
    "read_ethnicity",
    "read_identity_number",
    "read_landline",
    "read_name",
    "read_phone",
    "read_sex",
    "read_text",
    "says_unknown",
    "split_mobiles",
    "strip_heading",
    "take_rows",
]
