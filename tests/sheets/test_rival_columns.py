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
