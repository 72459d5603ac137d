"""Rows of data are separated from all other rows, and keep their columns."""

import pytest

from sheets.read import ColumnSpec, Flag, find_table, open_sheets
from sheets.read.errors import SecondTable
from tests.sheets.books import cell, raw_book, sheet_xml
from tests.sheets.grids import ROSTER, grid, read

HEAD = ["序号", "姓名", "性别", "身份证号", "所在支部", "备注"]


def person(number, name, branch="", remark=""):
    return [number, name, "女", f"{number}", branch, remark]


def names(rows):
    return {number: row.cells["name"].text for number, row in rows.items()}


def test_a_branch_merged_downwards_applies_until_the_merge_ends():
    sheet = grid(
        HEAD,
        person(1, "王芳", "一支部"),
        person(2, "李明"),
        [],
        person(3, "赵六"),
        person(4, "孙七"),
        merges="E2:E5",
    )

    _table, rows, ignored = read(sheet)

    branches = {n: row.cells["branch"].text for n, row in rows.items()}
    assert branches == {2: "一支部", 3: "一支部", 5: "一支部", 6: ""}
    assert ignored == {4: "blank"}


def test_blanks_that_are_not_merged_stay_blank():
    _table, rows, _ignored = read(
        grid(HEAD, person(1, "王芳", "一支部"), person(2, "李明"))
    )

    assert rows[3].cells["branch"].value is None


def test_a_heading_merged_across_is_the_context_of_the_rows_below():
    sheet = grid(
        HEAD,
        ["第一党支部（共2人）"],
        person(1, "王芳"),
        ["一、第二党支部"],
        person(2, "李明"),
        merges="A2:F2 A4:F4",
    )

    _table, rows, ignored = read(sheet)

    assert {n: row.group for n, row in rows.items()} == {
        3: "第一党支部",
        5: "第二党支部",
    }
    assert ignored == {2: "group", 4: "group"}


@pytest.mark.parametrize(
    "heading",
    [
        ["第一党支部"],
        ["", "第一党支部（16人）"],
        ["", "（一）第一党支部"],
        ["第一党支部", "", "", "", "", "16人"],
        ["第一党支部", 16],
        ["一", "第一党支部"],
        ["（一）", "第一党支部（16人）"],
    ],
)
def test_a_heading_that_is_not_merged_is_recognized_by_its_words(heading):
    _table, rows, ignored = read(grid(HEAD, heading, person(1, "王芳")))

    heard = {n: row.group for n, row in rows.items()}
    assert (heard, ignored) == ({3: "第一党支部"}, {2: "group"})


def test_a_name_alone_is_data_that_lacks_the_rest():
    _table, rows, _ignored = read(grid(HEAD, ["", "王芳"], person(2, "李明")))

    assert names(rows) == {2: "王芳", 3: "李明"}


def test_a_community_alone_in_the_column_of_communities_is_data():
    specs = (
        ColumnSpec("community", ("社区",), required=True),
        ColumnSpec("closing", ("本月末",), required=True),
    )
    sheet = grid(["社区", "本月末"], ["东社区", ""], ["西社区", 4])

    _table, rows, _ignored = read(sheet, specs)

    assert {n: row.cells["community"].text for n, row in rows.items()} == {
        2: "东社区",
        3: "西社区",
    }


@pytest.mark.parametrize(
    "total",
    [
        ["合计"],
        ["合　计", 38],
        ["总计：", 38],
        ["小计（38人）", "男19人，女19人"],
        ["", "合 计", 38, 12],
        ["第一党支部", "小计", 16],
        ["丹桂社区合计", 38],
        ["本页小计", "", "", 38],
        ["共计38人"],
    ],
)
def test_totals_are_not_members(total):
    _table, rows, ignored = read(grid(HEAD, person(1, "王芳"), total))

    assert (names(rows), ignored) == ({2: "王芳"}, {3: "total"})


@pytest.mark.parametrize(
    "note",
    [
        ["注：1.本表一式三份。"],
        ["备注：逐级汇总"],
        ["说明：按身份证填写"],
        ["填表人：王芳          审核人：李明"],
        ["填表人：王芳", "", "审核人：李明", "", "联系电话：0300-1"],
        ["填表人", "王芳", "审核人", "李明"],
        ["单位负责人（签字）：", "", "填表人："],
        ["", "2025年7月2日"],
        ["本表由各支部于每月五日前报社区党总支汇总。"],
        ["※ 为必填项"],
        ["第 1 页，共 3 页"],
        ["（接上页）"],
        ["社区党总支书记（签字）："],
        ["书记签字：", "", "", "单位（盖章）："],
        ["单位（盖章）"],
        ["", "党支部（公章）"],
    ],
)
def test_notes_and_signatures_are_not_members(note):
    _table, rows, ignored = read(grid(HEAD, person(1, "王芳"), note))

    assert (names(rows), ignored) == ({2: "王芳"}, {3: "note"})


@pytest.mark.parametrize("line", [["……"], ["...", "...", "..."], ["", "—", "—"]])
def test_a_line_of_dots_or_dashes_counts_as_blank(line):
    _table, rows, ignored = read(grid(HEAD, person(1, "王芳"), line))

    assert (names(rows), ignored) == ({2: "王芳"}, {3: "blank"})


def test_a_row_of_formulas_that_were_never_calculated_is_data(tmp_path):
    header = cell("A1", "姓名") + cell("B1", "身份证号")
    formulas = '<c r="A2"><f>A9</f></c><c r="B2"><f>B9</f></c>'
    rows = f'<row r="1">{header}</row><row r="2">{formulas}</row>'
    path = raw_book(tmp_path / "formulas.xlsx", sheet_xml(rows))

    _table, columns, _ignored = read(*open_sheets(path, filename=path.name))

    assert list(columns) == [2]


def test_the_second_line_of_a_note_is_not_a_heading():
    sheet = grid(
        HEAD,
        person(1, "王芳"),
        ["注：1.本表一式三份"],
        ["    2.“类别”填正式或预备"],
        ["社区盖章处"],
    )

    _table, _rows, ignored = read(sheet)

    assert ignored == {3: "note", 4: "note", 5: "note"}


def test_a_heading_after_notes_opens_the_next_group():
    sheet = grid(
        HEAD,
        ["第一党支部"],
        person(1, "王芳"),
        ["小计", "1人"],
        ["注：含流动党员"],
        ["第二党支部（共1人）"],
        person(2, "李明"),
    )

    _table, rows, _ignored = read(sheet)

    assert {n: row.group for n, row in rows.items()} == {
        3: "第一党支部",
        7: "第二党支部",
    }


def test_the_header_of_the_next_page_and_its_title_are_skipped():
    sheet = grid(
        ["党员花名册"],
        ["序号", "姓名", "基本情况", ""],
        ["", "", "性别", "身份证号"],
        [1, "王芳", "女", "1"],
        ["党员花名册"],
        ["序号", "姓名", "基本情况", ""],
        ["", "", "性别", "身份证号"],
        [2, "李明", "男", "2"],
        merges="A1:D1 A2:A3 B2:B3 C2:D2 A5:D5 A6:A7 B6:B7 C6:D6",
    )

    _table, rows, ignored = read(sheet)

    assert names(rows) == {4: "王芳", 8: "李明"}
    assert {row.group for row in rows.values()} == {""}
    assert ignored == {5: "title", 6: "header", 7: "header"}


def test_another_table_below_with_other_columns_is_never_read_as_this_one():
    sheet = grid(
        ["姓名", "性别", "身份证号"],
        ["王芳", "女", "1"],
        ["姓名", "身份证号", "性别"],
        ["李明", "2", "男"],
    )

    with pytest.raises(SecondTable):
        list(find_table(sheet, ROSTER).rows)


@pytest.mark.parametrize(
    "caption",
    [
        ["甲", "乙", 1, 2, 3],
        [1, 2, 3, 4, 5, 6],
        ["", "（人）", "人次", "万元"],
        ["栏次", "1", "2", "3"],
    ],
)
def test_a_row_that_numbers_the_columns_belongs_to_the_header(caption):
    _table, rows, ignored = read(
        grid(HEAD, caption, person(1, "王芳"), [1, 2, 3, 4, 5, 6])
    )

    assert (list(rows), ignored) == ([3, 4], {2: "header"})


def test_the_example_of_a_template_is_not_a_member():
    _table, rows, ignored = read(
        grid(HEAD, ["例：", "张三", "男", "1"], person(1, "王芳"))
    )

    assert (names(rows), ignored) == ({3: "王芳"}, {2: "example"})


def test_rows_with_only_a_serial_number_are_unfilled():
    sheet = grid(HEAD, person(1, "王芳", "一支部"), [2], [3, "", "", "", "", "空"])

    _table, _rows, ignored = read(sheet)

    assert ignored == {3: "unfilled", 4: "unfilled"}


def test_rows_that_the_file_leaves_out_count_as_blank_and_long_tails_are_cut():
    sheet = grid(HEAD, person(1, "王芳"), [], person(2, "李明"), *[[]] * 1000)

    _table, rows, ignored = read(sheet)

    assert names(rows) == {2: "王芳", 4: "李明"}
    assert len(ignored) == 51


def test_a_hidden_row_is_data_with_a_flag():
    sheet = grid(HEAD, person(1, "王芳"), person(2, "李明"), hidden_rows=[3])

    _table, rows, _ignored = read(sheet)

    assert {n: row.flags for n, row in rows.items()} == {2: (), 3: (Flag.HIDDEN_ROW,)}


def test_short_and_long_records_are_flagged_and_keep_their_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "姓名,性别,身份证号,备注\n王芳,女,1\n李明,男,2,无,多出\n赵六,男,3,,\n"
    )
    (sheet,) = open_sheets(path, filename="a.csv")

    _table, rows, _ignored = read(sheet)

    assert {n: (r.cells["number"].text, r.flags) for n, r in rows.items()} == {
        2: ("1", (Flag.ROW_SHORT,)),
        3: ("2", (Flag.ROW_LONG,)),
        4: ("3", ()),
    }


def test_data_may_begin_far_below_and_be_of_any_length():
    lines = [["封面"]] * 20 + [HEAD] + [person(n, "王芳") for n in range(2000)]

    _table, rows, _ignored = read(grid(*lines))

    assert len(rows) == 2000
