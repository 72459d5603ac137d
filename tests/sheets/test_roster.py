"""A roster as an office sends it, read from the file to the values."""

import datetime as dt

import xlsxwriter

from core.identity import check_character
from sheets.read import (
    ColumnSpec,
    find_tables,
    open_sheets,
    read_date,
    read_identity_number,
    read_name,
    read_phone,
    read_sex,
    read_text,
)

COLUMNS = (
    ColumnSpec("name", ("姓名",), required=True),
    ColumnSpec("sex", ("性别",)),
    ColumnSpec("number", ("身份证号码", "公民身份号码"), required=True),
    ColumnSpec("join", ("入党时间",), required=True),
    ColumnSpec("branch", ("所在支部",)),
    ColumnSpec("phone", ("手机", "联系电话")),
)
READERS = {
    "name": read_name,
    "sex": read_sex,
    "number": read_identity_number,
    "join": read_date,
    "branch": read_text,
    "phone": read_phone,
}


def identity(body):
    return body + check_character(body)


FANG, MING = identity("42990119500101002"), identity("42990119600101001")
AYNUR, LIU = identity("42990119700101002"), identity("42990119800101001")


def write_roster(path):
    """Titles, a header of two rows, merged branches, groups, totals, notes."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("花名册")
        day = workbook.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        month = workbook.add_format({"num_format": 'yyyy"年"m"月"'})
        sheet.merge_range("A1:G1", "东社区党员花名册")
        sheet.merge_range("A2:G2", "填报单位（盖章）：东社区     填表人：略")
        for place, word in ((0, "序号"), (1, "姓　名"), (6, "手 机\n（11位）")):
            sheet.merge_range(2, place, 3, place, word)
        sheet.merge_range("C3:D3", "基本情况")
        sheet.merge_range("E3:F3", "党籍情况")
        sheet.write_row("C4", ["性 别", "公民身份\n号码", "入党时间", "所在支部"])
        sheet.merge_range("A5:G5", "第一党支部（共2人）")
        sheet.write_row("A6", [1, " 王　芳 ", "女", f"'{FANG}", "1978.07.01"])
        sheet.write_row(
            "A7", [2, "李明", "男 ", MING[:6] + " " + MING[6:], "1985年7月"]
        )
        sheet.merge_range("F6:F7", "第一党支部")
        sheet.write_column("G6", [16900002001, "169-0000-2002"])
        sheet.merge_range("A8:G8", "第二党支部（共2人）")
        sheet.write_row("A9", [3, "阿依努尔•麦麦提", "女", AYNUR])
        sheet.write_datetime("E9", dt.date(1999, 11, 1), day)
        sheet.write_row("A10", [4, "刘〇", "男", LIU])
        sheet.write_datetime("E10", dt.date(2001, 7, 1), month)
        sheet.set_row(9, None, None, {"hidden": True})
        sheet.write_row("A11", ["合 计", "4人", "男2人，女2人"])
        sheet.merge_range("A12:G12", "注：1.本表一式两份。")
        sheet.merge_range("A13:G13", "    2.按月更新。")
        sheet.write_row("A14", ["填表人：", "", "审核人："])
        workbook.add_worksheet("旧表").hide()
    return path


def test_a_roster_is_read_from_the_file_to_the_values(tmp_path):
    path = write_roster(tmp_path / "附件2：花名册（最终版）.xlsx")

    tables = find_tables(open_sheets(path, filename=path.name), COLUMNS)
    (table,) = tables.tables
    read = [
        [row.excel_row, row.group, *row.flags]
        + [READERS[name](cell) for name, cell in row.cells.items()]
        for row in table.rows
    ]

    first, second = "第一党支部", "第二党支部"
    assert read == [
        [6, first, "王芳", "2", FANG, _on(1978, 7, 1), first, "16900002001"],
        [7, first, "李明", "1", MING, _in(1985, 7), first, "16900002002"],
        [9, second, "阿依努尔·麦麦提", "2", AYNUR, _on(1999, 11, 1), None, None],
        [10, second, "hidden_row", "刘〇", "1", LIU, _in(2001, 7), None, None],
    ]
    assert [(row.excel_row, row.reason.value) for row in table.ignored] == [
        (5, "group"),
        (8, "group"),
        (11, "total"),
        (12, "note"),
        (13, "note"),
        (14, "note"),
    ]
    assert [left.sheet for left in tables.ignored] == ["旧表"]


def _on(year, month, day):
    return (dt.date(year, month, day), "day")


def _in(year, month):
    return (dt.date(year, month, 1), "month")
