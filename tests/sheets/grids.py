"""Sheets from a grid of texts with merged ranges, for tests of tables."""

from collections.abc import Iterator, Sequence

from sheets.read import Cell, ColumnSpec, Kind, Row, Sheet, find_table
from sheets.read.cells import Value
from sheets.read.layout import parse_span
from sheets.read.merged_cells import apply_merges

ROSTER = (
    ColumnSpec("name", ("姓名",), required=True),
    ColumnSpec("sex", ("性别",)),
    ColumnSpec("number", ("身份证号", "公民身份号码"), required=True),
    ColumnSpec("join", ("入党时间", "加入党组织日期")),
    ColumnSpec("branch", ("所在支部", "所在党支部")),
    ColumnSpec("phone", ("手机", "联系电话", "联系方式")),
)


def cell_of(value: Value) -> Cell:
    kind = Kind.TEXT if isinstance(value, str) else Kind.NUMBER
    return Cell(value, str(value), kind)


def grid(
    *lines: Sequence[Value],
    merges: str = "",
    name: str = "表",
    hidden: bool = False,
    hidden_rows: Sequence[int] = (),
) -> Sheet:
    """Return a sheet of these rows; None and the empty text leave a cell out."""

    def rows() -> Iterator[Row]:
        made = (
            Row(
                number,
                {at: cell_of(v) for at, v in enumerate(line) if v not in {None, ""}},
                hidden=number in hidden_rows,
            )
            for number, line in enumerate(lines, start=1)
        )
        return apply_merges(
            made, [parse_span(reference) for reference in merges.split()]
        )

    return Sheet(name, rows, hidden)


def read(sheet, specs=ROSTER):
    """Return the table, its rows of data by number, and why others are not data."""
    table = find_table(sheet, specs)
    rows = {row.excel_row: row for row in table.rows}
    return table, rows, {row.excel_row: row.reason.value for row in table.ignored}
