"""Old .xls files, read in a child process."""

from dataclasses import replace

import pytest

from sheets.read import LIMITS, Kind, Precision, open_sheets
from sheets.read.errors import (
    DamagedFile,
    EncryptedFile,
    OtherFormat,
    TooLarge,
    TooSlow,
)
from tests.sheets.books import (
    compound,
    old_book,
    old_font,
    old_format,
    old_rk,
    old_rks,
    old_style,
    record,
)

AUGUST = 34547  # 1 August 1994


@pytest.fixture
def read_bytes(tmp_path):
    """Open bytes as a file of that name."""

    def read(raw, **limits):
        path = tmp_path / "名册.xls"
        path.write_bytes(raw)
        return open_sheets(path, filename="名册.xls", limits=replace(LIMITS, **limits))

    return read


def test_an_old_workbook_is_read_with_its_merged_cells(read_bytes):
    rows = [["姓名", "支部", "编号"], ["王芳", "一支部", 3], ["李明", "", 4.5]]

    (sheet,) = read_bytes(old_book(rows, merges=((1, 2, 1, 1),)))

    assert [[row.cell(place).text for place in range(3)] for row in sheet.rows()] == [
        ["姓名", "支部", "编号"],
        ["王芳", "一支部", "3"],
        ["李明", "一支部", "4.5"],
    ]


def test_a_long_number_in_an_old_workbook_is_known_to_be_lossy(read_bytes):
    (sheet,) = read_bytes(old_book([["号码"], [4.29901195001010e17]]))

    (_header, row) = sheet.rows()

    assert (row.cells[0].kind, row.cells[0].is_lossy) == (Kind.NUMBER, True)


def test_a_workbook_with_a_password_is_refused_as_encrypted(read_bytes):
    with pytest.raises(EncryptedFile):
        read_bytes(old_book([["姓名"]], protected=True))


def test_an_encrypted_new_workbook_is_recognized_by_its_package(read_bytes):
    with pytest.raises(EncryptedFile):
        read_bytes(compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}))


def test_a_letter_is_not_a_workbook(read_bytes):
    with pytest.raises(OtherFormat):
        read_bytes(compound({"WordDocument": b"x"}))


@pytest.mark.parametrize("name", ["名册.xlsx", "名册.et", "名册.csv", "名册"])
def test_an_old_workbook_may_have_any_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(old_book([["姓名"], ["王芳"]]))

    (sheet,) = open_sheets(path, filename=name)

    assert [row.cells[0].text for row in sheet.rows()] == ["姓名", "王芳"]


def test_a_password_is_recognized_under_any_name(tmp_path):
    path = tmp_path / "名册"
    path.write_bytes(old_book([["姓名"]], protected=True))

    with pytest.raises(EncryptedFile):
        open_sheets(path, filename="名册")


def test_without_its_directory_an_old_workbook_is_damaged_and_not_a_letter(read_bytes):
    raw = old_book([["姓名"]])
    root = raw.index("Root Entry".encode("utf-16-le"))
    gone = raw[:root] + bytes(512) + raw[root + 512 :]

    with pytest.raises(DamagedFile):
        read_bytes(gone)


@pytest.mark.parametrize("name", ["R", "", "Root", "ROOT ENTRY", "根"])
def test_a_workbook_is_read_whatever_the_name_of_its_root(read_bytes, name):
    raw = old_book([["姓名"]])
    encoded = "Root Entry".encode("utf-16-le")
    renamed = raw.replace(encoded, name.encode("utf-16-le").ljust(20, b"\0"))

    (sheet,) = read_bytes(renamed)

    assert [row.cell(0).text for row in sheet.rows()] == ["姓名"]


@pytest.mark.parametrize("length", [512, 1024, 1500, 2048, 4000])
def test_a_truncated_old_workbook_is_damage(read_bytes, length):
    raw = old_book([["姓名", "支部"]] * 40)[:length]

    with pytest.raises((DamagedFile, OtherFormat)):
        list(read_bytes(raw)[0].rows())


@pytest.mark.parametrize("corner", [(65_535, 255), (65_535, 60)])
def test_a_cell_in_the_far_corner_ends_the_child_and_not_the_worker(read_bytes, corner):
    raw = old_book([["姓名"]], far=corner)

    with pytest.raises(DamagedFile):
        list(read_bytes(raw)[0].rows())


def test_blank_rows_before_the_table_are_counted(read_bytes):
    (sheet,) = read_bytes(old_book([[], [], ["", "姓名"], ["", "王芳"]]))

    assert [(row.number, row.cell(1).text) for row in sheet.rows() if row.cells] == [
        (3, "姓名"),
        (4, "王芳"),
    ]


def test_a_child_that_takes_too_long_is_ended(read_bytes):
    with pytest.raises(TooSlow):
        read_bytes(old_book([["姓名"]]), seconds=0.001)


def test_more_cells_than_the_limit_are_refused(read_bytes):
    (sheet,) = read_bytes(old_book([["姓名", "支部"]] * 40), cells=50)

    with pytest.raises(TooLarge):
        list(sheet.rows())


def shown_as(code, *, number=164, cells=b"", day=AUGUST, more=b""):
    """Return an old workbook with a date in a cell of that number format."""
    shared = more + old_font() + (old_format(number, code) if code else b"")
    shared += old_style(0) + old_style(0, shape=number)
    return old_book(
        [["日期"], *([] if cells else [[day]])],
        shared=shared,
        styles={(1, 0): 1},
        marks=cells,
    )


def dates(sheets):
    (sheet,) = sheets
    _header, *rows = sheet.rows()
    return [(c.text, c.precision) for row in rows for c in row.cells.values()]


@pytest.mark.parametrize(
    "code",
    [
        *('yyyy"年"m"月"', "yyyy.mm", "yyyy/m", "mmm-yy", "yyyymm", "yyyy\\-mm"),
        *('[$-804]yyyy"年"m"月";@', '[DBNum1]yyyy"年"m"月"', "m/yyyy"),
    ],
)
def test_a_date_that_an_old_workbook_shows_as_a_month_is_a_month(read_bytes, code):
    assert dates(read_bytes(shown_as(code))) == [("1994-08", Precision.MONTH)]


@pytest.mark.parametrize("number", [17, 27, 36, 57])
def test_formats_without_a_code_show_months_too(read_bytes, number):
    shown = dates(read_bytes(shown_as("", number=number)))

    assert shown == [("1994-08", Precision.MONTH)]


def test_a_format_without_a_code_shows_a_day(read_bytes):
    shown = dates(read_bytes(shown_as("", number=31)))

    assert shown == [("1994-08-01", Precision.DAY)]


def test_days_are_counted_from_1904_where_the_workbook_says_so(read_bytes):
    mode = record(0x22, b"\1\0")
    shown = dates(read_bytes(shown_as("", number=57, more=mode, day=AUGUST - 1462)))

    assert shown == [("1994-08", Precision.MONTH)]


@pytest.mark.parametrize("code", ["yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d/yy"])
def test_a_date_that_an_old_workbook_shows_as_a_day_is_a_day(read_bytes, code):
    assert dates(read_bytes(shown_as(code))) == [("1994-08-01", Precision.DAY)]


def test_another_day_than_the_first_is_kept_below_a_format_of_months(read_bytes):
    shown = dates(read_bytes(shown_as("yyyy.mm", day=AUGUST + 4)))

    assert shown == [("1994-08-05", Precision.DAY)]


@pytest.mark.parametrize(
    "cells", [old_rk(1, 0, AUGUST, 1), old_rks(1, 0, [AUGUST, AUGUST], 1)]
)
def test_whole_numbers_are_months_in_every_record(read_bytes, cells):
    shown = dates(read_bytes(shown_as("yyyy.mm", cells=cells)))

    assert set(shown) == {("1994-08", Precision.MONTH)}
