"""Two columns under the same heading: all rows decide, or somebody is asked."""

import pytest

from sheets.read import ColumnSpec, find_table
from sheets.read.errors import DuplicateColumn
from tests.sheets.grids import ROSTER, grid

NUMBER = "429901198001010031"
KINDS = (
    *ROSTER[:3],
    ColumnSpec("kind", ("党员类别",), fits=lambda text: text.endswith("党员")),
)
MANY = 60  # more rows than are looked at for the header


def of_joining(*pairs):
    """Return a sheet with two columns of the day of joining, and these values."""
    rows = [[f"张{chr(0x4E00 + n)}", NUMBER, *pair] for n, pair in enumerate(pairs)]
    return grid(["姓名", "身份证号", "入党时间", "入党时间"], *rows)


def test_of_two_columns_the_empty_one_is_not_meant():
    table = find_table(of_joining(("", "2005.07.01"), ("", "2006.07.01")), ROSTER)

    assert table.columns["join"] == 3


def test_of_two_columns_that_say_the_same_in_all_rows_the_first_is_read():
    table = find_table(of_joining(*[("2005.07.01", "2005.07.01")] * 3), ROSTER)

    assert table.columns["join"] == 2


@pytest.mark.parametrize("late", [("2006.07.01", "2005.07.01"), ("", "2005.07.01")])
def test_one_late_row_in_which_two_columns_differ_makes_it_a_question(late):
    same = [("2005.07.01", "2005.07.01")] * MANY

    with pytest.raises(DuplicateColumn) as refused:
        find_table(of_joining(*same, late), ROSTER)

    (rivals,) = refused.value.rivals
    assert (rivals.field, rivals.heading, [*rivals.columns]) == (
        "join",
        "入党时间",
        ["C", "D"],
    )
    assert "2005.07.01" in rivals.columns["D"]


def test_a_column_that_only_late_rows_fill_is_meant():
    blank = [("", "")] * MANY

    table = find_table(of_joining(*blank, ("", "2005.07.01")), ROSTER)

    assert table.columns["join"] == 3


@pytest.mark.parametrize(("letters", "column"), [("C", 2), ("D", 3)])
def test_the_column_that_somebody_chose_is_read(letters, column):
    sheet = of_joining(("2005.07.01", "2006.07.01"))

    table = find_table(sheet, ROSTER, chosen={"join": letters})

    assert table.columns["join"] == column
    assert [row.cells["join"].text for row in table.rows] == [
        ("2005.07.01", "2006.07.01")[column - 2]
    ]


def test_a_choice_of_a_column_that_is_no_rival_counts_for_nothing():
    with pytest.raises(DuplicateColumn):
        find_table(
            of_joining(("2005.07.01", "2006.07.01")), ROSTER, chosen={"join": "A"}
        )


def of_kinds(*pairs):
    rows = [[f"张{chr(0x4E00 + n)}", "男", NUMBER, *p] for n, p in enumerate(pairs)]
    return grid(["姓名", "性别", "身份证号", "党员类别", "党员类别"], *rows)


def test_values_of_late_rows_decide_which_of_two_columns_fits():
    same = [("农民", "工人")] * MANY

    table = find_table(of_kinds(*same, *[("甲", "正式党员")] * MANY * 2), KINDS)

    assert [r.cells["kind"].text for r in table.rows][-1] == "正式党员"


def test_two_columns_whose_values_both_fit_are_a_question_and_can_be_chosen():
    sheet = of_kinds(("正式党员", "居民党员"), ("正式党员", ""))

    with pytest.raises(DuplicateColumn):
        find_table(sheet, KINDS)

    table = find_table(sheet, KINDS, chosen={"kind": "E"})
    assert [row.cells["kind"].text for row in table.rows] == ["居民党员", ""]


ALONE = (
    *ROSTER[:2],
    ColumnSpec("join", ("入党时间", "入党日期", "加入党组织日期"), alone=True),
)


def of_two_names(first, second, *pairs):
    rows = [[f"张{chr(0x4E00 + n)}", NUMBER, *pair] for n, pair in enumerate(pairs)]
    return grid(["姓名", "身份证号", first, second], *rows)


@pytest.mark.parametrize(
    "names",
    [
        *[("加入党组织日期", "入党时间"), ("入党时间", "加入党组织日期")],
        ("入党日期", "入党时间"),
    ],
)
def test_two_names_of_a_day_whose_days_differ_are_a_question(names):
    sheet = of_two_names(*names, ("2019-06-03", "1988-07-06"))

    with pytest.raises(DuplicateColumn) as refused:
        find_table(sheet, ALONE)

    (rivals,) = refused.value.rivals
    assert rivals.heading == "、".join(names)
    assert rivals.columns == {"C": ["2019-06-03"], "D": ["1988-07-06"]}


def test_the_last_row_in_which_two_names_differ_makes_it_a_question():
    same = [("2005-07-01", "2005-07-01")] * MANY

    with pytest.raises(DuplicateColumn):
        find_table(
            of_two_names("入党日期", "入党时间", *same, ("2005-07-01", "2006-07-01")),
            ALONE,
        )


@pytest.mark.parametrize(
    "pair",
    [
        *[("1990.7", "1990-07-01"), ("19900701", "1990年7月1日"), ("199007", "1990.7")],
        *[("1990-07-01", ""), ("", "1990-07-01"), ("无", "1990-07-01")],
    ],
)
def test_two_names_of_the_same_day_are_no_question(pair):
    table = find_table(of_two_names("加入党组织日期", "入党时间", pair), ALONE)

    assert table.columns["join"] == 3


@pytest.mark.parametrize(
    ("letters", "texts"), [("C", ["2019-06-03"]), ("D", ["1988-07-06"]), ("none", [])]
)
def test_one_of_two_names_can_be_chosen_and_neither(letters, texts):
    sheet = of_two_names("加入党组织日期", "入党时间", ("2019-06-03", "1988-07-06"))

    table = find_table(sheet, ALONE, chosen={"join": letters})

    assert [r.cells["join"].text for r in table.rows if "join" in r.cells] == texts


def test_of_two_columns_under_one_heading_none_can_be_chosen():
    sheet = of_joining(("2005.07.01", "2006.07.01"))

    table = find_table(sheet, ROSTER, chosen={"join": "none"})

    assert "join" not in table.columns
