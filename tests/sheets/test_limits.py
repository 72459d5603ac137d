"""Limits hold for every format, and a missing file is not reported as damaged."""

from dataclasses import replace

import pytest

from sheets.read import LIMITS, UnreadableFile, open_sheets
from sheets.read.errors import (
    BLANK_ROWS,
    CELLS,
    COLUMNS,
    ROWS,
    MissingFile,
    TooLarge,
    TooSlow,
)
from sheets.read.limits import Clock, Limits
from tests.sheets.books import cell, old_book, raw_book, sheet_xml

LINE_ENDS = ["\n", "\r", "\r\n"]
BLANK_LINES = ["", " ", "\t", '""', "\u3000"]
MANY = 300


def save(folder, kind):
    """Return a small file of the kind: a header and five rows of two columns."""
    lines = [["姓名", "性别"], *[["王芳", "女"]] * 5]
    path = folder / f"名册.{kind}"
    if kind == "xlsx":
        rows = "".join(
            f"<row>{cell(f'A{number}', name)}{cell(f'B{number}', sex)}</row>"
            for number, (name, sex) in enumerate(lines, start=1)
        )
        return raw_book(path, sheet_xml(rows))
    if kind == "xls":
        path.write_bytes(old_book(lines))
    else:
        path.write_text("".join(",".join(line) + "\n" for line in lines))
    return path


def read_all(path, **limits):
    sheets = open_sheets(path, filename=path.name, limits=replace(LIMITS, **limits))
    return [row for sheet in sheets for row in sheet.rows()]


@pytest.fixture(params=["xlsx", "xls", "csv"])
def path(request, tmp_path):
    return save(tmp_path, request.param)


@pytest.mark.parametrize(
    ("limit", "what"),
    [({"rows": 3}, ROWS), ({"columns": 1}, COLUMNS), ({"cells": 5}, CELLS)],
)
def test_every_format_has_the_limits_of_size(path, limit, what):
    with pytest.raises(TooLarge) as refused:
        read_all(path, **limit)

    assert refused.value.params["what"] == what


def test_every_format_has_a_limit_of_time(path):
    with pytest.raises(TooSlow):
        read_all(path, seconds=0.0)


def test_all_parts_of_a_file_share_its_time():
    clock = Clock(1.0)

    assert replace(LIMITS, clock=clock).start_clock() is clock
    assert Limits(seconds=2.0).start_clock().left == 2.0


def test_time_counts_when_reading_fails_too():
    clock = Clock(1e-9)

    with pytest.raises(ValueError, match="x"), clock.running():
        raise ValueError("x")

    assert clock.left < 0


@pytest.mark.parametrize("line", BLANK_LINES)
@pytest.mark.parametrize("end", LINE_ENDS)
def test_lines_without_content_are_counted_and_skipped(tmp_path, line, end):
    path = tmp_path / "a.csv"
    path.write_bytes(
        (f"姓名,性别{end}" + (line + end) * MANY + f"王芳,女{end}").encode()
    )

    numbers = [row.number for row in read_all(path, blank_rows=MANY)]

    assert numbers == [1, MANY + 2]
    with pytest.raises(TooLarge) as refused:
        read_all(path, blank_rows=MANY - 1)
    assert refused.value.params["what"] == BLANK_ROWS


@pytest.mark.parametrize(
    "row", ["<row/>", "<x:row/>", '<row><c t="str"><v> </v></c></row>']
)
def test_rows_of_a_workbook_without_content_are_counted_and_skipped(tmp_path, row):
    name = "x:row" if "x:" in row else "row"
    space = ' xmlns:x="urn:x"' if "x:" in row else ""
    xml = sheet_xml(row * MANY + f"<{name}>{cell(f'A{MANY + 1}', '王芳')}</{name}>")
    path = raw_book(
        tmp_path / "a.xlsx", xml.replace("<sheetData", f"<sheetData{space}")
    )

    numbers = [row.number for row in read_all(path, blank_rows=MANY + 1)]

    assert numbers == [MANY + 1]
    with pytest.raises(TooLarge):
        read_all(path, blank_rows=MANY - 1)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv", "txt"])
def test_a_missing_file_is_not_reported_as_damaged(tmp_path, kind):
    with pytest.raises(MissingFile):
        read_all(tmp_path / f"名册.{kind}")


def test_a_file_that_disappears_while_it_is_read_is_missing(path):
    (sheet,) = open_sheets(path, filename=path.name)
    path.unlink()

    with pytest.raises(UnreadableFile) as refused:
        list(sheet.rows())

    assert refused.type is MissingFile
