"""Merged cells apply to exactly the cells that the office sees merged."""

import pytest

from sheets.read import open_sheets
from sheets.read.errors import DamagedFile
from tests.sheets.books import cell, raw_book, sheet_xml

ROWS = "".join(
    f'<row r="{number}">'
    + "".join(cell(f"{letter}{number}", f"{letter}{number}") for letter in "ABC")
    + "</row>"
    for number in range(1, 6)
)


@pytest.fixture
def grid(tmp_path):
    """Read the texts of three columns under merged ranges."""

    def read(*ranges, rows=ROWS):
        merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in ranges)
        after = f"<mergeCells>{merges}</mergeCells>"
        path = raw_book(tmp_path / "a.xlsx", sheet_xml(rows, after=after))
        (sheet,) = open_sheets(path, filename="a.xlsx")
        return {
            row.number: [row.cell(column).text for column in range(3)]
            for row in sheet.rows()
        }

    return read


def test_a_cell_merged_downwards_fills_its_rows_and_no_other(grid):
    values = grid("B2:B4")

    assert [row[1] for row in values.values()] == ["B1", "B2", "B2", "B2", "B5"]


def test_a_cell_merged_sideways_is_not_copied(grid):
    assert grid("A2:C2")[2] == ["A2", "", ""]


def test_a_box_fills_down_only_in_its_first_column(grid):
    values = grid("B2:C3")

    assert (values[2], values[3]) == (["A2", "B2", ""], ["A3", "B2", ""])


def test_ranges_that_follow_one_another_do_not_mix(grid):
    values = grid("B1:B2", "B3:B3", "B4:B5", "A1:A5")

    assert [row[0] for row in values.values()] == ["A1"] * 5
    assert [row[1] for row in values.values()] == ["B1", "B1", "B3", "B4", "B4"]


def test_a_range_whose_corner_is_blank_is_blank(grid):
    rows = f"<row/><row>{cell('B2', '看不见')}</row>"

    assert grid("B1:B2", rows=rows)[2] == ["", "", ""]


def test_a_range_covers_rows_that_the_file_leaves_out(grid):
    rows = f'<row r="2">{cell("A2", "甲")}</row><row r="900">{cell("B900", "乙")}</row>'

    assert grid("A2:A1048576", rows=rows)[900] == ["甲", "乙", ""]


def test_the_corner_is_known_in_every_merged_cell(tmp_path):
    after = '<mergeCells><mergeCell ref="B2:B4"/></mergeCells>'
    path = raw_book(tmp_path / "a.xlsx", sheet_xml(ROWS, after=after))
    (sheet,) = open_sheets(path, filename="a.xlsx")

    anchors = [row.cell(1).anchor for row in sheet.rows()]

    assert anchors == [None, (2, 1), (2, 1), (2, 1), None]


@pytest.mark.parametrize("wrong", [["B2:B4", "B3:C3"], ["B4:B2"], ["B2:?"], [""]])
def test_impossible_ranges_are_refused_as_damage(grid, wrong):
    with pytest.raises(DamagedFile):
        grid(*wrong)
