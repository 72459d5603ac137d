"""No row vanishes where a sheet has more than one header."""

import itertools

import pytest

from sheets.read import find_table
from sheets.read.errors import MissingColumns, SecondTable
from tests.sheets.grids import ROSTER, grid

POOR = ("姓名", "身份证号")
RICH = ("序号", "姓名", "性别", "身份证号", "入党时间", "所在支部", "手机")
OTHER_WORDS = ("姓名", "公民身份号码")
NO_NUMBER = ("姓名", "性别", "手机")
HEADS = (POOR, RICH, OTHER_WORDS, NO_NUMBER)


def people(head, count, start):
    cells = {"性别": "女", "入党时间": "2001-07-01", "所在支部": "第一党支部"}
    return [
        [cells.get(word, f"{word}{start + number}") for word in head]
        for number in range(count)
    ]


@pytest.mark.parametrize("between", [[], [[]], [["二、转入"]]])
@pytest.mark.parametrize("counts", [(1, 1), (3, 5), (30, 2), (45, 3)])
@pytest.mark.parametrize(("first", "second"), list(itertools.product(HEADS, repeat=2)))
def test_each_row_is_read_or_listed_or_the_sheet_is_refused(
    first, second, counts, between
):
    above, below = people(first, counts[0], 100), people(second, counts[1], 200)
    sheet = grid(["党员花名册"], list(first), *above, *between, list(second), *below)
    numbers = {row.number for row in sheet.rows() if row.cells} - {1}

    try:
        table = find_table(sheet, ROSTER)
        read = {row.excel_row: row for row in table.rows}
    except (SecondTable, MissingColumns):
        assert first != second or first == NO_NUMBER
        return

    listed = {row.excel_row for row in table.ignored}
    assert numbers <= {*read, *listed, *table.header_rows}
    for number, row in read.items():
        assert row.cells["name"].text.startswith("姓名"), number
        assert "身份" in row.cells["number"].text, number


def test_the_same_header_over_two_rows_and_over_one_is_the_same():
    sheet = grid(
        ["序号", "基本情况", None, "联系电话"],
        [None, "姓名", "身份证号", None],
        [1, "王芳", "1", "2"],
        ["序号", "姓名", "身份证号", "联系电话"],
        [2, "李明", "3", "4"],
        merges="A1:A2 B1:C1 D1:D2",
    )

    table = find_table(sheet, ROSTER)

    assert [row.cells["name"].text for row in table.rows] == ["王芳", "李明"]
    assert [row.excel_row for row in table.ignored] == [4]
