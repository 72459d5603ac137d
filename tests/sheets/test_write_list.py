"""Lists that are written as workbooks and as CSV."""

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from sheets.read import open_sheets
from sheets.write import HEADING_ROW, ListColumn, ListSheet, write_csv, write_list

AT = dt.datetime(2026, 6, 30, 9, 5, tzinfo=dt.UTC)
DAY = dt.date(2026, 6, 30)
SHOWN_DAY = 14  # narrow letters, as long as 2026年12月31日
FORMULAS = [
    "=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "\r=1",
]


def listed(*rows, columns=2, **more):
    """Return a list with its title and facts."""
    if isinstance(columns, int):
        columns = [ListColumn(f"第{number}栏") for number in range(1, columns + 1)]
    more = {"rows": rows, "facts": ["长安街道", "共 2 行"], **more}
    return ListSheet("党员", columns, made_at=AT, **more)


def as_book(sheet):
    """Return the list as another library reads it."""
    stream = io.BytesIO()
    write_list(stream, sheet)
    return openpyxl.load_workbook(stream)


def cells(sheet):
    """Return the rows below the heading."""
    rows = as_book(sheet).active.iter_rows(min_row=HEADING_ROW + 1)
    return [[cell.value for cell in row] for row in rows]


def as_csv(sheet):
    """Return the list's CSV, read back."""
    stream = io.BytesIO()
    write_csv(stream, sheet)
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))


def test_a_list_begins_with_its_title_its_facts_and_its_headings():
    sheet = as_book(listed(["王芳", 3])).active

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    assert rows == [
        ["党员", None],
        ["长安街道　　共 2 行", None],
        ["第1栏", "第2栏"],
        ["王芳", 3],
    ]


def test_days_and_numbers_stay_days_and_numbers():
    at = dt.datetime(2026, 6, 30, 17, 5)  # noqa: DTZ001 -- as an office reads it
    row = [3, Decimal("12.50"), -0.5, DAY, at, True, None]

    (read,) = cells(listed(row, columns=7))

    midnight = dt.datetime.combine(DAY, dt.time())
    assert read == [3, 12.5, -0.5, midnight, at, "True", None]


def test_a_column_has_room_for_the_longest_day():
    book = as_book(listed([DAY], columns=1))

    assert book.active.column_dimensions["A"].width > SHOWN_DAY


def test_equal_values_of_different_kinds_are_written_as_what_they_are():
    assert cells(listed([1, "1"], [True, 1.0])) == [[1, "1"], ["True", 1]]


def test_a_number_that_a_spreadsheet_would_round_is_a_text():
    assert cells(listed([12345678901234567, "x"]))[0][0] == "12345678901234567"


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text):
    sheet = as_book(listed([text, "x"])).active
    cell = sheet.cell(HEADING_ROW + 1, 1)

    assert (cell.data_type, cell.value.strip()) == ("s", text.strip())
    assert as_csv(listed([text, "x"]))[1][0] == f"'{text}"


@pytest.mark.parametrize("text", ["<b>&\"'</b>", "  两头空格 ", "一\n二", "𠮷", "]]>"])
def test_a_text_comes_back_as_it_was(text):
    assert cells(listed([text, "x"]))[0][0] == text
    assert as_csv(listed([text, "x"]))[1][0] == text


def test_a_text_that_spreadsheets_would_take_for_a_letter_is_escaped():
    stream = io.BytesIO()

    write_list(stream, listed(["_x0041_", "x"]))

    xml = zipfile.ZipFile(stream).read("xl/worksheets/sheet1.xml").decode()
    assert ">_x005F_x0041_<" in xml


def test_what_no_workbook_can_hold_is_left_out():
    assert cells(listed(["甲\x00\x0b\ud800乙", "x" * 40_000]))[0] == [
        "甲乙",
        "x" * 32_766 + "…",
    ]


def test_a_month_is_a_day_that_shows_its_month():
    columns = [ListColumn("出生年月", is_month=True), ListColumn("金额", "#,##0.00")]
    sheet = listed([dt.date(1980, 5, 1), Decimal(7)], columns=columns)

    born, amount = next(as_book(sheet).active.iter_rows(min_row=HEADING_ROW + 1))

    assert "d" not in born.number_format
    assert amount.number_format == "#,##0.00"
    assert as_csv(sheet)[1] == ["1980-05", "7"]


def test_csv_is_headings_and_rows_and_nothing_else():
    at = dt.datetime(2026, 6, 30, 17, 5)  # noqa: DTZ001 -- as an office reads it
    rows = as_csv(listed([DAY, at], [Decimal("12.50"), None]))

    assert rows == [
        ["第1栏", "第2栏"],
        ["2026-06-30", "2026-06-30 17:05"],
        ["12.50", ""],
    ]


def test_a_list_prints_on_a4_with_its_heading_on_each_page():
    sheet = as_book(listed(["王芳", 3])).active

    assert sheet.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (
        int(sheet.PAPERSIZE_A4),
        "landscape",
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == f"A{HEADING_ROW + 1}"


def test_many_rows_are_all_there_and_counted():
    stream = io.BytesIO()
    rows = ([f"{number}", number] for number in range(1234))

    count = write_list(stream, listed(columns=2, rows=rows))

    numbers = [row[1] for row in cells_of(stream)]
    assert (count, numbers) == (1234, [*range(1234)])


def cells_of(stream):
    """Return the rows of a written workbook."""
    rows = openpyxl.load_workbook(stream).active.iter_rows(min_row=HEADING_ROW + 1)
    return [[cell.value for cell in row] for row in rows]


def test_our_own_reader_reads_what_is_written(tmp_path):
    path = tmp_path / "list.xlsx"
    with path.open("wb") as target:
        write_list(target, listed(["王芳", DAY]))

    (sheet,) = open_sheets(path, filename="list.xlsx")
    rows = [[cell.value for cell in row.cells.values()] for row in sheet.rows()]

    assert rows[-1] == ["王芳", DAY]


def test_the_same_list_gives_the_same_bytes():
    first, second = io.BytesIO(), io.BytesIO()

    write_list(first, listed(["王芳", 3]))
    write_list(second, listed(["王芳", 3]))

    assert first.getvalue() == second.getvalue()


def test_a_list_keeps_no_program_and_no_link():
    stream = io.BytesIO()

    write_list(stream, listed(["http://example.org", "x"]))

    names = zipfile.ZipFile(stream).namelist()
    assert [name for name in names if "rels" in name] == [
        "_rels/.rels",
        "xl/_rels/workbook.xml.rels",
    ]
