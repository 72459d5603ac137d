"""Workbooks that are written for offices."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from sheets.read import open_sheets
from sheets.write import (
    AS_LONG_AS_NEEDED,
    Heading,
    PrintedChart,
    PrintedColumn,
    PrintedSheet,
    write_workbook,
)
from sheets.write.sheet_name import name_sheet

DAY = dt.date(2026, 6, 30)
SHOWN_DAY = 14  # narrow letters, as long as 2026年12月31日


def sheet(rows, **more):
    """Return a sheet of two columns, signed and dated."""
    columns = [PrintedColumn("社区", 20), PrintedColumn("支出", number_format="0.00")]
    more = {"made_on": DAY, "reported_by": "长安街道", "unit": "元", **more}
    return PrintedSheet("党建经费月报表", columns, rows, **more)


def write(printed):
    """Return the bytes of the workbook."""
    stream = io.BytesIO()
    write_workbook(stream, printed)
    return stream.getvalue()


def read_back(printed):
    """Return its cells, by another library."""
    book = openpyxl.load_workbook(io.BytesIO(write(printed)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_a_sheet_has_title_unit_heading_rows_total_and_signatures():
    printed = sheet([["东社区", Decimal("12.50")]], total=["合计", Decimal("12.50")])

    assert read_back(printed) == [
        ["党建经费月报表", None],
        ["填报单位：长安街道　　单位：元", None],
        ["社区", "支出"],
        ["东社区", 12.5],
        ["合计", 12.5],
        ["填表人：　　　　　　审核人：　　　　　　日期：2026年6月30日", None],
    ]


def test_writing_returns_the_number_of_data_rows():
    assert write_workbook(io.BytesIO(), sheet([["东", 1], ["西", 2]])) == 2


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "@cmd", "-2", "\t=1", "=cmd|' /C calc'!A0", "{=1}", "http://a.b"],
)
def test_a_text_like_a_formula_stays_a_text(text):
    content = write(sheet([[text, 1]]))

    book = openpyxl.load_workbook(io.BytesIO(content))
    cell = book.active["A4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_an_identity_number_keeps_its_last_digits():
    number = "429901198001010031"

    assert read_back(sheet([[number, 1]]))[3][0] == number


def test_a_day_is_written_as_a_day():
    book = openpyxl.load_workbook(io.BytesIO(write(sheet([[DAY, 1]]))))

    cell = book.active["A4"]
    assert (cell.value.date(), cell.number_format) == (DAY, 'yyyy"年"m"月"d"日"')


def test_a_column_has_room_for_the_longest_day():
    book = openpyxl.load_workbook(io.BytesIO(write(sheet([["东", DAY]]))))

    assert book.active.column_dimensions["B"].width >= SHOWN_DAY


def test_a_text_too_long_for_a_cell_raises_an_error():
    with pytest.raises(ValueError, match="32768"):
        write(sheet([["长" * 32_768, 1]]))


def test_the_same_sheet_makes_the_same_bytes():
    assert write(sheet([["东社区", 1]])) == write(sheet([["东社区", 1]]))


def test_headings_may_have_several_levels():
    deep = [
        Heading("社区", 0, 0, rows=2),
        Heading("经费", 0, 1),
        Heading("支出", 1, 1),
    ]

    assert read_back(sheet([["东社区", 1]], headings=deep))[2:5] == [
        ["社区", "经费"],
        [None, "支出"],
        ["东社区", 1],
    ]


def test_a_group_of_headings_is_one_cell_over_its_columns():
    deep = [
        Heading("经费", 0, 0, columns=2),
        Heading("社区", 1, 0),
        Heading("支出", 1, 1),
    ]

    book = openpyxl.load_workbook(io.BytesIO(write(sheet([["东", 1]], headings=deep))))

    assert "A3:B3" in {str(area) for area in book.active.merged_cells.ranges}
    assert book.active.freeze_panes == "B5"


def test_a_whole_number_shows_no_bare_point():
    columns = [PrintedColumn("数", number_format=AS_LONG_AS_NEEDED)]
    printed = PrintedSheet("表", columns, [[Decimal(12)], [Decimal("1.5")]])

    book = openpyxl.load_workbook(io.BytesIO(write(printed)))

    formats = [book.active.cell(row, 1).number_format for row in (4, 5)]
    assert formats == ["#,##0", "#,##0.######"]


def test_our_own_reader_reads_what_we_write(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(write(sheet([["东社区", Decimal("12.50")]])))

    (read,) = open_sheets(path, filename="a.xlsx")
    texts = {row.number: [c.text for c in row.cells.values()] for row in read.rows()}

    assert texts[4] == ["东社区", "12.50"]


@pytest.mark.parametrize(
    ("name", "title", "shown"),
    [
        ("", "党员名册", "党员名册"),
        ("2026年6月", "月报表", "2026年6月"),
        ("", "收支[明细]：2026/10", "收支 明细 ：2026 10"),
        ("", "东" * 40, "东" * 31),
        ("", "'东社区'", "东社区"),
        ("", "???", "1"),
    ],
)
def test_a_sheet_is_named_in_words_that_spreadsheets_allow(name, title, shown):
    assert name_sheet(name, title) == shown


def sheet_of(count, **more):
    """Return the first sheet of a workbook with so many rows, as it is printed."""
    body = write(sheet([["东社区", 1]] * count, **more))
    return openpyxl.load_workbook(io.BytesIO(body)).active


def test_signatures_do_not_stand_alone_on_a_second_page():
    assert sheet_of(10).page_setup.fitToHeight == 0
    assert sheet_of(20).page_setup.fitToHeight in {None, 1}  # one is the default
    assert sheet_of(60).page_setup.fitToHeight == 0


@pytest.mark.parametrize("count", [15, 30, 40])
def test_a_chart_that_a_page_has_no_room_for_begins_the_next(count):
    printed = sheet_of(count, chart=PrintedChart("支出", labels=0, values=1))
    above = printed._charts[0].anchor._from.row - printed.max_row
    assert above > 1


def test_a_chart_that_has_room_stands_below_the_signatures():
    printed = sheet_of(3, chart=PrintedChart("支出", labels=0, values=1))
    assert printed._charts[0].anchor._from.row == printed.max_row + 1
