"""Headers are found, and their words matched to the wanted columns."""

import pytest

from sheets.read import ColumnSpec, find_table, find_tables
from sheets.read.errors import DuplicateColumn, MissingColumns, NoTable
from sheets.read.folding import drop_brackets, fold, unwrap_brackets
from tests.sheets.grids import ROSTER, grid, read

PERSON = ["王芳", "女", "429901195001010017"]
RETURN = (
    ColumnSpec("community", ("社区",), required=True),
    ColumnSpec("opening", ("上月末",), required=True),
    ColumnSpec("gained", ("本月增加/转入",)),
    ColumnSpec("lost", ("本月减少/转出", "本月减少/转入他处")),
    ColumnSpec("spent", ("经费支出",)),
)


@pytest.mark.parametrize(
    "written",
    [
        "姓名",
        "姓　名",
        " 姓\n名 ",
        "*姓名",
        "姓名：",
        "１.姓名",
        "2、姓名",
        "姓名（必填）",
        "【姓名】",
        "姓名*",
        "党员姓名",
        "1、您的姓名：",
        "2. 您的姓名是？",
        "请填写您的姓名",
    ],
)
def test_a_header_word_is_recognized_in_every_layout(written):
    table, rows, _ignored = read(grid([written, "性别", "身份证号"], PERSON))

    assert (table.columns["name"], rows[2].cells["name"].text) == (0, "王芳")


@pytest.mark.parametrize(
    ("written", "kept", "dropped"),
    [
        ("经费支出\n（万元）", "经费支出万元", "经费支出"),
        ("流出（入）党支部", "流出入党支部", "流出党支部"),
        ("联系电话（家属）", "联系电话家属", "联系电话家属"),
        ("（备注）", "备注", "备注"),
        ("ＩＤ号", "id号", "id号"),
        ("性別", "性别", "性别"),
    ],
)
def test_brackets_are_read_both_ways_unless_they_name_somebody_else(
    written, kept, dropped
):
    folded = fold(written)

    assert (unwrap_brackets(folded), drop_brackets(folded)) == (kept, dropped)


def test_titles_and_the_unit_above_become_the_preamble():
    sheet = grid(
        ["丹桂社区党员花名册"],
        ["填报单位：丹桂社区", "", "2025年6月"],
        [],
        ["序号", "性别", "公民身份号码", "姓名", "民族"],
        [1, "女", "429901195001010017", "王芳", "汉族"],
        merges="A1:E1 A2:B2",
    )

    table, rows, _ignored = read(sheet)

    assert table.header_rows == (4,)
    assert table.columns == {"name": 3, "sex": 1, "number": 2}
    assert table.unknown_headers == ("民族",)
    assert table.preamble == ("丹桂社区党员花名册", "填报单位：丹桂社区", "2025年6月")
    assert [row.cells["name"].text for row in rows.values()] == ["王芳"]


def test_a_header_over_two_merged_rows_is_one_header():
    sheet = grid(
        ["序号", "姓名", "基本情况", "", "联系方式", ""],
        ["", "", "性别", "身份证号", "手机", "固定电话"],
        [1, *PERSON, "16900000000", "0300-1"],
        merges="A1:A2 B1:B2 C1:D1 E1:F1",
    )

    table, rows, _ignored = read(sheet)

    assert table.header_rows == (1, 2)
    assert table.headers["phone"] == "联系方式/手机"
    assert rows[3].cells["phone"].text == "16900000000"


def test_groups_that_are_not_merged_extend_to_the_right():
    sheet = grid(
        ["姓名", "本人情况", "", "家庭成员", ""],
        ["", "身份证号", "联系电话", "姓名", "联系电话"],
        ["王芳", "429901195001010017", "16900000000", "李明", "16900000001"],
    )
    specs = (
        ColumnSpec("name", ("姓名",), required=True),
        ColumnSpec("number", ("身份证号",), required=True),
        ColumnSpec("phone", ("本人情况/联系电话", "联系电话")),
        ColumnSpec("relative", ("家庭成员/姓名",)),
    )

    table, _rows, _ignored = read(sheet, specs)

    assert table.columns == {"name": 0, "number": 1, "phone": 2, "relative": 3}
    assert table.unknown_headers == ("家庭成员/联系电话",)


def test_a_header_split_over_three_rows_gives_paths_of_three_words():
    sheet = grid(
        ["社区", "党员队伍", "", "", "经费支出\n（万元）"],
        ["", "上月末", "本月增加", "本月减少", ""],
        ["", "", "转入", "转出", ""],
        ["东社区", 147, 3, 2, 1.25],
        merges="A1:A3 B1:D1 B2:B3 E1:E3",
    )

    table, rows, _ignored = read(sheet, RETURN)

    assert table.header_rows == (1, 2, 3)
    assert table.headers["gained"] == "党员队伍/本月增加/转入"
    assert table.headers["spent"] == "经费支出（万元）"
    assert {f: c.value for f, c in rows[4].cells.items()} == {
        "community": "东社区",
        "opening": 147,
        "gained": 3,
        "lost": 2,
        "spent": 1.25,
    }


def test_a_merged_group_ends_with_its_merge():
    sheet = grid(
        ["姓名", "身份证号", "家属", "", ""],
        ["", "", "称谓", "电话", "手机"],
        ["王芳", "429901195001010017", "夫", "16900000001", "16900000000"],
        merges="A1:A2 B1:B2 C1:D1",
    )

    table, _rows, _ignored = read(sheet)

    assert (table.headers["phone"], table.columns["phone"]) == ("手机", 4)


def test_a_header_merged_sideways_over_nothing_is_one_column():
    sheet = grid(
        ["姓名", "", "身份证号", "", "手机"],
        ["王芳", "", "429901195001010017", "", "16900000000"],
        merges="A1:B1 C1:D1 A2:B2 C2:D2",
    )

    table, rows, _ignored = read(sheet)

    assert table.columns == {"name": 0, "number": 2, "phone": 4}
    assert rows[2].cells["phone"].text == "16900000000"


def test_a_word_split_by_its_group_is_joined():
    sheet = grid(
        ["姓名", "身份", "入党"],
        ["", "证号", "时间"],
        ["王芳", "429901195001010017", "1978.07.01"],
    )

    table, _rows, _ignored = read(sheet)

    assert table.columns == {"name": 0, "number": 1, "join": 2}


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        ([["姓名", "性别", "身份证号"], []], "A1:A2 B1:B2 C1:C2"),
        ([["姓名", "性别", "身份证号"], [], []], "A1:A3 B1:B2 C1:C3"),
        (
            [["姓名", "基本情况"], [], ["", "性别", "身份证号"]],
            "A1:A3 B1:C2",
        ),
    ],
)
def test_a_header_may_be_merged_down_over_empty_rows(rows, merges):
    table, rows, _ignored = read(grid(*rows, PERSON, merges=merges))

    assert (table.columns, [row.cells["name"].text for row in rows.values()]) == (
        {"name": 0, "sex": 1, "number": 2},
        ["王芳"],
    )


@pytest.mark.parametrize("merges", ["A1:A2 B1:B2 C1:E1", "C1:E1", ""])
@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([1998, 7, 1], "1998.7.1"),
        (["1998年", "7月", ""], "1998.7"),
        (["1998", "", "1"], "1998..1"),
        (["", "", ""], ""),
    ],
)
def test_year_month_and_day_in_columns_of_their_own_are_one_date(merges, parts, text):
    header = [["姓名", "身份证号", "入党时间"], ["", "", "年", "月", "日"]]
    sheet = grid(*header, ["王芳", "1", *parts], merges=merges)

    table, rows, _ignored = read(sheet)

    assert (table.headers["join"], rows[3].cells["join"].text) == ("入党时间", text)
    assert table.unknown_headers == ()


def test_a_subdivided_column_leaves_no_row_of_words_in_the_data():
    sheet = grid(
        ["姓名", "身份证号", "联系方式", ""],
        ["", "", "手机", "固定电话"],
        ["王芳", "429901195001010017", "16900000000", ""],
    )

    table, rows, _ignored = read(sheet)

    assert (table.header_rows, list(rows)) == ((1, 2), [3])


@pytest.mark.parametrize(
    "written", ["入党日期", "入党年月", "入党时间（年月日）", "加入党组织日期"]
)
def test_dates_have_several_names(written):
    table, _rows, _ignored = read(grid(["姓名", "身份证号", written], PERSON))

    assert table.columns["join"] == 2


def test_the_preferred_word_wins_and_the_other_column_is_reported():
    table, _rows, _ignored = read(
        grid(["联系电话", "姓名", "身份证号", "手机"], ["1", *PERSON])
    )

    assert (table.columns["phone"], table.unknown_headers) == (3, ("联系电话",))


def test_the_telephone_of_another_person_is_not_read():
    table, _rows, _ignored = read(
        grid(["姓名", "身份证号", "联系电话（家属）"], PERSON)
    )

    assert table.columns == {"name": 0, "number": 1}


def test_the_same_header_twice_is_refused_by_name_and_place():
    with pytest.raises(DuplicateColumn) as refused:
        find_table(grid(["姓名", "身份证号", "姓名"], PERSON), ROSTER)

    assert refused.value.params == {"sheet": "表", "word": "姓名", "columns": "A、C"}


def test_a_missing_required_column_is_named():
    with pytest.raises(MissingColumns) as refused:
        find_table(grid(["名单"], ["姓名", "性别", "手机"], PERSON), ROSTER)

    assert refused.value.params == {"sheet": "表", "row": 2, "columns": "身份证号"}


def test_a_sheet_of_prose_has_no_table():
    sheet = grid(["填表说明"], ["1. 姓名按身份证填写。"], ["2. 性别填男或女。"])

    assert find_table(sheet, ROSTER) is None


def test_each_sheet_gives_its_table_and_hidden_ones_are_reported():
    head = ["姓名", "身份证号"]
    sheets = [
        grid(["说明"], name="说明"),
        grid(head, ["王芳", "1"], name="一支部"),
        grid(head, ["李明", "2"], name="二支部"),
        grid(head, ["赵六", "3"], name="旧", hidden=True),
        grid(["姓名", "性别"], ["孙七", "男"], name="统计"),
    ]

    found = find_tables(sheets, ROSTER)

    names = [row.cells["name"].text for table in found.tables for row in table.rows]
    assert names == ["王芳", "李明"]
    assert [(left.sheet, left.reason.value) for left in found.ignored] == [
        ("说明", "no_table"),
        ("旧", "hidden"),
        ("统计", "no_table"),
    ]


def test_a_file_without_a_table_is_refused_with_the_wanted_words():
    with pytest.raises(NoTable) as refused:
        find_tables([grid(["说明"], ["无表"])], ROSTER)

    assert refused.value.params == {"columns": "姓名、身份证号"}


def test_a_file_whose_only_table_lacks_a_column_says_which():
    with pytest.raises(MissingColumns):
        find_tables([grid(["姓名", "性别"], ["王芳", "女"])], ROSTER)
