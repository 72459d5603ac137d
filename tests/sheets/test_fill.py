"""Cells of somebody else's workbook are filled; every other byte of it stays."""

import zipfile
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.datavalidation import DataValidation

from sheets.fill import fill_cells, open_blank
from sheets.fill.errors import MacroWorkbook, NotAWorkbook
from sheets.read import UnreadableFile

SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def form(tmp_path):
    """A form with all that programs lose: a chart, choices, a print area, formulas."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表一"
    sheet["A1"] = "党建工作统计表"
    sheet.merge_cells("A1:D1")
    sheet.append(["社区", "党员总数", "女党员", "男党员"])
    sheet.append(["东社区", None, None, "=B3-C3"])
    sheet["B4"] = "=SUM(B3:B3)"
    sheet.print_area = "A1:D4"
    choices = DataValidation(type="whole", operator="greaterThan", formula1="0")
    choices.add("B3:C3")
    sheet.add_data_validation(choices)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=3))
    sheet.add_chart(chart, "F2")
    path = tmp_path / "form.xlsx"
    book.save(path)
    return path


def parts(body):
    with zipfile.ZipFile(BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_back(body):
    return openpyxl.load_workbook(BytesIO(body)).worksheets[0]


def test_a_form_is_shown_as_a_grid_with_merged_cells_and_formulas(form):
    [grid] = open_blank(form, filename="form.xlsx").grids

    assert (grid.name, grid.letters, len(grid.rows)) == (
        "表一",
        ["A", "B", "C", "D"],
        4,
    )
    title = grid.find_cell(1, 0)
    assert (title.text, title.columns) == ("党建工作统计表", 4)
    assert grid.find_cell(1, 1) is None
    assert grid.find_cell(3, 1).takes_value
    assert not grid.find_cell(3, 3).takes_value


def test_every_part_but_the_sheet_is_copied_byte_for_byte(form):
    before = parts(form.read_bytes())
    after = parts(fill_cells(form, {0: {(3, 1): Decimal(12)}}))

    assert before.keys() == after.keys()
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {SHEET, "xl/workbook.xml"}
    assert b"drawing" in after[SHEET]
    assert b"dataValidation" in after[SHEET]


def test_numbers_texts_and_cells_that_had_no_markup_are_written(form):
    values = {
        (3, 1): Decimal("12.50"),
        (3, 2): Decimal(0),
        (1, 0): "街道 <一> & “二”",
        (3, 6): Decimal(7),
        (9, 2): "=1+1",
    }
    sheet = read_back(fill_cells(form, {0: values}))

    assert (sheet["B3"].value, sheet["C3"].value) == (12.5, 0)
    assert sheet["A1"].value == "街道 <一> & “二”"
    assert sheet["G3"].value == 7
    assert (sheet["C9"].value, sheet["C9"].data_type) == ("=1+1", "s")
    assert sheet["A2"].value == "社区"


def test_formulas_stay_and_are_computed_anew(form):
    body = fill_cells(form, {0: {(3, 1): Decimal(12), (3, 3): Decimal(1)}})
    sheet = read_back(body)

    assert (sheet["D3"].value, sheet["B4"].value) == ("=B3-C3", "=SUM(B3:B3)")
    assert b'fullCalcOnLoad="1"' in parts(body)["xl/workbook.xml"]


def test_a_saved_result_of_a_formula_is_not_handed_on(tmp_path):
    path = tmp_path / "saved.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("B1", "=A1*2", value=99)
    body = fill_cells(path, {0: {(1, 0): Decimal(3)}})

    assert b"99" not in parts(body)[SHEET]
    assert b"A1*2" in parts(body)[SHEET]


def test_the_style_of_a_filled_cell_stays(form):
    book = openpyxl.load_workbook(form)
    book.active["B3"].number_format = "0.00"
    book.save(form)
    sheet = read_back(fill_cells(form, {0: {(3, 1): Decimal(12)}}))

    assert sheet["B3"].number_format == "0.00"


def test_a_workbook_with_macros_is_refused(form, tmp_path):
    path = tmp_path / "macros.xlsx"
    with zipfile.ZipFile(path, "w") as target:
        for name, body in parts(form.read_bytes()).items():
            target.writestr(name, body)
        target.writestr("xl/vbaProject.bin", b"\0")

    with pytest.raises(MacroWorkbook):
        open_blank(path, filename="macros.xlsx")
    with pytest.raises(MacroWorkbook):
        fill_cells(path, {})


def test_a_table_of_another_kind_is_refused_in_words(tmp_path):
    path = tmp_path / "form.csv"
    path.write_text("社区,党员总数\n东社区,\n", encoding="utf-8")

    with pytest.raises(NotAWorkbook):
        open_blank(path, filename="form.csv")


@pytest.mark.parametrize("body", [b"", b"PK\x03\x04 not a workbook", b"<html></html>"])
def test_what_is_no_workbook_is_refused_like_any_sheet(tmp_path, body):
    path = tmp_path / "form.xlsx"
    path.write_bytes(body)

    with pytest.raises(UnreadableFile):
        open_blank(path, filename="form.xlsx")
