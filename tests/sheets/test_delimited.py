"""Text files: encodings, separators, guards, records."""

import pytest

from sheets.read import ENCODINGS, Kind, UnreadableFile, open_sheets
from sheets.read.errors import (
    EmptyFile,
    OpenQuote,
    OtherFormat,
    TooLarge,
    UnknownEncoding,
)

NAMES = "姓名,性别\n㛃丽华,女\n𬱖文轩,男\n"


@pytest.fixture
def rows(tmp_path):
    """Read a text file's rows as lists of texts."""

    def read(raw):
        path = tmp_path / "名册.csv"
        path.write_bytes(raw)
        (sheet,) = open_sheets(path, filename="名册.csv")
        return list(sheet.rows())

    return read


def texts(rows):
    return [[cell.text for cell in row.cells.values()] for row in rows]


@pytest.mark.parametrize(
    "encoding",
    [*ENCODINGS, "utf-16-le-mark", "utf-16-be-mark"],
)
def test_names_are_read_in_every_encoding_of_offices(rows, encoding):
    if encoding.endswith("-mark"):
        encoding = encoding.removesuffix("-mark")
        raw = "\ufeff".encode(encoding) + NAMES.encode(encoding)
    else:
        raw = NAMES.encode(encoding)

    assert texts(rows(raw)) == [["姓名", "性别"], ["㛃丽华", "女"], ["𬱖文轩", "男"]]


def test_characters_of_the_older_standard_get_their_newer_code_points(rows):
    assert texts(rows(b"\xc3\xfb,\xd0\xd4\n\xfe\x59\xfe\x61,x")) == [
        ["名", "性"],
        ["\u9fb4\u9fb5", "x"],
    ]


def test_a_damaged_utf_8_file_is_not_read_as_other_words(rows):
    with pytest.raises(UnknownEncoding):
        rows("姓名,性别,所在支部\n王芳,女,东".encode()[:-1])


@pytest.mark.parametrize("raw", [b"\xff\xfe\x00", b"name,\xff\xff\n", b"\x81"])
def test_bytes_that_are_not_text_are_refused(rows, raw):
    with pytest.raises(UnknownEncoding):
        rows(raw)


def test_a_nul_is_refused(rows):
    with pytest.raises(OtherFormat):
        rows(b"name,sex\nwang\0,f\n")


@pytest.mark.parametrize("raw", [b"", b"\xef\xbb\xbf", b" \r\n\r\n"])
def test_an_empty_file_is_refused_as_empty(rows, raw):
    with pytest.raises(EmptyFile):
        rows(raw)


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_the_separator_is_the_one_that_gives_equal_records(rows, separator):
    lines = [["东社区；党员名册, 2025"], ["姓名", "住址", "备注"]]
    lines += [["王芳", '"东街,1;2\t号"', ""], ["李明", "西街", ""]]
    raw = "\n".join(separator.join(line) for line in lines).encode()

    assert [row.width for row in rows(raw)][1:] == [3, 3, 3]


def test_rows_are_counted_by_records_and_not_by_lines(rows):
    matches = rows('姓名,备注\n王芳,"已联系\n每季度汇报"\n\n李明,无\n'.encode())

    assert [(row.number, row.cells[0].text) for row in matches if row.cells] == [
        (1, "姓名"),
        (2, "王芳"),
        (4, "李明"),
    ]


def test_guards_of_long_numbers_are_removed(rows):
    number = "429903199207105287"
    line = f'\t{number},\'{number},"=""{number}""",="{number}",{number}'

    (row,) = rows(line.encode())

    assert [cell.value for cell in row.cells.values()] == [number] * 5
    assert {cell.kind for cell in row.cells.values()} == {Kind.TEXT}


def test_a_number_written_by_a_spreadsheet_is_a_number(rows):
    (row,) = rows(b"4.29901E+17,1978.1,1978.10,147,16900002001,007")

    kinds = {cell.text: (cell.kind, cell.is_lossy) for cell in row.cells.values()}
    assert kinds == {
        "4.29901E+17": (Kind.NUMBER, True),
        "1978.1": (Kind.NUMBER, False),
        "1978.10": (Kind.TEXT, False),
        "147": (Kind.TEXT, False),
        "16900002001": (Kind.TEXT, False),
        "007": (Kind.TEXT, False),
    }


def test_short_and_long_records_keep_every_field_in_its_place(rows):
    matches = rows("姓名,性别,手机\n王芳,女\n李明,男,169,多\n".encode())

    assert [(row.width, sorted(row.cells)) for row in matches] == [
        (3, [0, 1, 2]),
        (2, [0, 1]),
        (4, [0, 1, 2, 3]),
    ]


@pytest.mark.parametrize("line", ['王芳,"备注\n李明,无\n', '"王芳"某,女\n'])
def test_an_unclosed_quotation_mark_is_refused(rows, line):
    with pytest.raises(OpenQuote):
        rows(f"姓名,备注\n{line}".encode())


def test_a_field_of_megabytes_is_refused(rows):
    with pytest.raises(TooLarge):
        rows(b"name,sex\n" + b"x" * 4_500_000 + b",f\n")


def test_a_record_of_very_many_fields_is_refused(rows):
    with pytest.raises(TooLarge):
        rows(b"name,sex\n" + b"x," * 600 + b"\n")


def test_the_end_of_file_mark_of_old_files_is_dropped(rows):
    assert texts(rows(b"name,sex\r\nwang,f\r\n\x1a")) == [
        ["name", "sex"],
        ["wang", "f"],
    ]


WRITTEN = [
    "姓名,性别\n王芳,女\n",
    "姓名\t性别\r\n王芳\t女\r\n",
    "姓名，\r性别;\r",
    "name,sex\na,b",
]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("text", WRITTEN)
def test_utf_16_is_read_with_a_mark_at_its_beginning_and_without(
    rows, text, mark, encoding
):
    assert texts(rows((mark + text).encode(encoding))) == texts(rows(text.encode()))


@pytest.mark.parametrize(
    "raw",
    [
        b"\0" * 100,
        b"\0\n" * 20 + bytes(range(256)),
        b"\x7fELF\x02\x01\x01" + bytes(64),
        "姓名,性别\n".encode() + b"\0\0\0",
    ],
)
def test_other_files_with_zero_bytes_are_no_utf_16(rows, raw):
    with pytest.raises(UnreadableFile):
        rows(raw)
