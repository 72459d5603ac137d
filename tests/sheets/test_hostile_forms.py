"""Tiny forms that would hold up the server: refused in words, or read in few steps."""

from dataclasses import replace

import pytest

from reports.superior_forms import labels
from reports.superior_forms.labels import MOST_LABELS, LabelFinder
from sheets.fill import fill_cells, open_blank
from sheets.fill.blank import BLANK_LIMITS
from sheets.fill.errors import OverlappingMerges, TooLargeForm
from sheets.fill.grid import MOST_TEXT
from sheets.read import UnreadableFile
from sheets.read.errors import DamagedFile, TooLarge, TooSlow
from sheets.read.layout import column_letters
from sheets.read.limits import Clock
from tests.sheets.books import MAIN, OFFICE, cell, raw_book, relations, sheet_xml

HEAD = f'<row r="1">{cell("A1", "党员数")}</row>'


def form(tmp_path, sheet, **parts):
    return raw_book(tmp_path / "form.xlsx", sheet, **parts)


def open_form(path, **limits):
    return open_blank(
        path, filename="form.xlsx", limits=replace(BLANK_LIMITS, **limits)
    )


def merges(*spans):
    inside = "".join(f'<mergeCell ref="{span}"/>' for span in spans)
    return f"<mergeCells>{inside}</mergeCells>"


@pytest.mark.parametrize(
    "spans",
    [
        ["A2:BH200"] * 20_000,
        ["A2:B3", "B3:C4"],
        [f"A2:BH{row}" for row in range(3, 200)],
        ["A2", "A2"],
    ],
)
def test_merged_cells_that_overlap_are_refused_where_they_first_do(tmp_path, spans):
    path = form(tmp_path, sheet_xml(HEAD, after=merges(*spans)))

    with pytest.raises(OverlappingMerges, match=r"A2|B3"):
        open_form(path)


def test_merged_cells_side_by_side_are_shown(tmp_path):
    path = form(tmp_path, sheet_xml(HEAD, after=merges("A1:B1", "A2:B3", "C2:C3")))

    [grid] = open_form(path).grids

    assert grid.find_cell(1, 0).columns == 2
    assert (grid.find_cell(2, 0).rows, grid.find_cell(2, 2).rows) == (2, 2)
    assert grid.find_cell(3, 1) is None


def test_hundreds_of_thousands_of_empty_rows_are_refused(tmp_path):
    rows = HEAD + "".join(f'<row r="{number}"/>' for number in range(2, 300_000))

    with pytest.raises(TooLarge, match="70000"):
        open_form(form(tmp_path, sheet_xml(rows)))


def test_the_rows_of_all_sheets_are_counted_together(tmp_path):
    rows = HEAD + "".join(f'<row r="{number}"/>' for number in range(2, 40_000))
    path = form(
        tmp_path,
        sheet_xml(rows),
        more={
            "xl/worksheets/sheet2.xml": sheet_xml(rows),
            "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="一" sheetId="1" r:id="r1"/>'
            '<sheet name="二" sheetId="2" r:id="r2"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                ("r1", "worksheet", "worksheets/sheet1.xml"),
                ("r2", "worksheet", "worksheets/sheet2.xml"),
            ),
        },
    )

    with pytest.raises(TooLargeForm, match="70000"):
        open_form(path)


@pytest.mark.parametrize(
    ("column", "count"),
    [
        ('<col min="1" max="1" style="1"/>', 200_000),
        ('<col min="1" max="500" style="1"/>', 1_000),
        ('<col min="1" max="500" hidden="1"/>', 1_000),
    ],
)
def test_columns_described_again_and_again_are_refused(tmp_path, column, count):
    before = f"<cols>{column * count}</cols>"

    with pytest.raises((TooLarge, DamagedFile)):
        open_form(form(tmp_path, sheet_xml(HEAD, before=before)))


def test_a_cell_of_thousands_of_blanks_is_cut_before_any_pattern_sees_it(tmp_path):
    text = f"x{' ' * 32_000}年"
    rows = f'<row r="1">{cell("A1", text)}</row>'
    path = form(tmp_path, sheet_xml(rows.replace("<t>", '<t xml:space="preserve">')))

    [grid] = open_form(path).grids

    assert len(grid.find_cell(1, 0).text) == MOST_TEXT + 1


class Ticking(Clock):
    """A clock that ends after so many looks at it, wherever they come from."""

    def __init__(self, looks):
        super().__init__(1e9)
        self.looks = looks

    def check(self):
        self.looks -= 1
        if self.looks < 0:
            raise TooSlow


def test_every_part_of_opening_a_form_looks_at_the_clock(tmp_path, monkeypatch):
    rows = HEAD + "".join(f'<row r="{n}"><c r="A{n}"/></row>' for n in range(2, 50))
    path = form(tmp_path, sheet_xml(rows))
    whole = Ticking(10_000)
    monkeypatch.setattr("sheets.fill.blank.Clock", lambda _seconds: whole)
    open_form(path)
    used = 10_000 - whole.looks

    assert used > 2 * 49  # each row where it is scanned, and where it is laid out
    for looks in range(used):
        clock = Ticking(looks)
        monkeypatch.setattr("sheets.fill.blank.Clock", lambda _s, clock=clock: clock)
        with pytest.raises(TooSlow):
            open_form(path)


def test_opening_and_filling_stop_when_the_time_is_over(tmp_path):
    path = form(tmp_path, sheet_xml(HEAD))
    limits = replace(BLANK_LIMITS, seconds=-1.0)

    with pytest.raises(UnreadableFile):
        open_form(path, seconds=-1.0)
    with pytest.raises(TooSlow):
        fill_cells(path, {}, limits=limits)


def test_each_cell_of_a_checkerboard_is_judged_once(tmp_path, monkeypatch):
    rows = "".join(
        f'<row r="{row}">'
        + "".join(
            cell(f"{column_letters(column)}{row}", f"标{row}列{column}")
            if (row + column) % 2
            else f'<c r="{column_letters(column)}{row}"/>'
            for column in range(40)
        )
        + "</row>"
        for row in range(1, 101)
    )
    [grid] = open_form(form(tmp_path, sheet_xml(rows))).grids
    judged, judge = [], labels.is_label
    monkeypatch.setattr(
        labels, "is_label", lambda one: judged.append(one) or judge(one)
    )

    finder = LabelFinder(grid)
    found = [finder.around(one) for row in grid.rows for one in row.cells]

    assert len(judged) == len(found) == 40 * 100
    assert {max(len(one.above), len(one.left)) for one in found} <= {
        *range(MOST_LABELS + 1)
    }
    nearest = finder.around(grid.find_cell(100, 38))
    assert nearest.above[0].row == 99
    assert nearest.left[0].column == 37


def test_labels_merged_over_rows_stand_in_the_order_of_their_columns(tmp_path):
    rows = (
        f'<row r="1">{cell("A1", "甲")}{cell("C1", "丙")}</row>'
        f'<row r="2">{cell("B2", "乙")}<c r="D2"/></row>'
    )
    path = form(tmp_path, sheet_xml(rows, after=merges("A1:A2", "C1:C2")))
    [grid] = open_form(path).grids

    left = LabelFinder(grid).around(grid.find_cell(2, 3)).left

    assert [one.text for one in left] == ["丙", "乙", "甲"]
