"""The heading of each row, which decides where a person is recorded."""

import pytest

from tests.sheets.grids import ROSTER, grid, read

HEAD = ["序号", "姓名", "性别", "身份证号", "备注"]
FIRST = ["第一党支部（共2人）"]


def person(number, name):
    return [number, name, "女", f"{number}"]


def groups(rows):
    return {number: row.group for number, row in rows.items()}


@pytest.mark.parametrize(
    "heading",
    [
        ["第二党支部："],
        ["支部名称：第二党支部"],
        ["所在支部：第二党支部（12人）"],
        ["第二党支部（书记：张三，共12人）"],
        ["第二党支部  书记：张三"],
        ["第二党支部 负责人：张三 联系电话：0300-85550000"],
        ["【第二党支部】"],
        ["◆第二党支部"],
        ["2.第二党支部"],
        ["二、第二党支部党员名单"],
        ["第二党支部花名册"],
        ["第二党支部党员（2人）"],
        ["第二党支部 2名"],
        ["第二党支部", "", "书记", "张三"],
        ["第二党支部", "书记：张三"],
        ["第二党支部", "", "", "书记：张三", "16900000001"],
        ["第二党支部", "2", "人"],
        ["支部", "第二党支部"],
        ["二", "第二党支部", "", "", "16人"],
    ],
)
def test_a_heading_opens_the_next_group_however_it_is_worded(heading):
    _table, rows, ignored = read(
        grid(HEAD, FIRST, person(1, "王芳"), heading, person(2, "李明"))
    )

    assert groups(rows) == {3: "第一党支部", 5: "第二党支部"}
    assert ignored == {2: "group", 4: "group"}


def test_an_unknown_place_ends_the_group_above_too():
    _table, rows, _ignored = read(
        grid(HEAD, FIRST, person(1, "王芳"), ["某某社区："], person(2, "李明"))
    )

    assert groups(rows) == {3: "第一党支部", 5: "某某社区"}


@pytest.mark.parametrize("total", [["第二党支部小计", 1], ["第二党支部", "小计", 1]])
def test_the_total_of_another_branch_leaves_the_rows_below_without_one(total):
    _table, rows, ignored = read(
        grid(HEAD, FIRST, person(1, "王芳"), total, person(2, "李明"))
    )

    assert (groups(rows), ignored[4]) == ({3: "第一党支部", 5: ""}, "total")


@pytest.mark.parametrize(
    "line",
    [
        ["第一党支部小计", 1],
        ["本页小计", 1],
        ["共16人"],
        ["填报单位：丹桂社区党总支"],
        ["其中：女党员", "1", ""],
        ["党员总数", "", "12"],
    ],
)
def test_totals_and_labels_of_the_whole_leave_the_group_open(line):
    _table, rows, ignored = read(
        grid(HEAD, FIRST, person(1, "王芳"), line, person(2, "李明"))
    )

    assert groups(rows) == {3: "第一党支部", 5: "第一党支部"}
    assert set(ignored) == {2, 4}


def test_tables_below_one_another_belong_each_to_its_own_title():
    title, second = ["第一党支部党员花名册"], ["第二党支部党员花名册"]
    sheet = grid(
        *([title, HEAD, person(1, "王芳")]),
        *([second, HEAD, person(2, "李明")]),
        *([title, HEAD, person(3, "赵六")]),
        *(["填报单位：第三党支部          2026年11月"], HEAD, person(4, "孙七")),
        merges="A1:E1 A4:E4 A7:E7 A10:E10",
    )

    _table, rows, _ignored = read(sheet)

    assert groups(rows) == {3: "", 6: "第二党支部", 9: "第一党支部", 12: "第三党支部"}


def test_a_heading_that_sorts_members_opens_no_branch_and_closes_none():
    sheet = grid(
        HEAD,
        FIRST,
        ["一、正式党员（1人）"],
        person(1, "王芳"),
        ["二、预备党员"],
        person(2, "李明"),
        ["第二党支部"],
        person(3, "赵六"),
        merges="A3:E3 A5:E5",
    )

    _table, rows, _ignored = read(sheet, ROSTER)

    assert {n: (row.group, row.subgroup) for n, row in rows.items()} == {
        4: ("第一党支部", "正式党员"),
        6: ("第一党支部", "预备党员"),
        8: ("第二党支部", ""),
    }


@pytest.mark.parametrize("name", ["单位", "计明", "注德", "总平", "审核", "说明"])
def test_a_person_whose_name_reads_like_a_label_is_a_person(name):
    _table, rows, ignored = read(grid(HEAD, person(1, name)))

    assert (rows[2].cells["name"].text, ignored) == (name, {})
