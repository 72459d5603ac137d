"""What a file shows beside the words of its cells: strikes, comments, colours."""

import struct
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment

from sheets.read import Color, ColumnSpec, Mark, find_tables, open_sheets
from sheets.read.colors import name_color
from tests.sheets.books import (
    old_book,
    old_cell,
    old_font,
    old_note,
    old_style,
    record,
    relations,
)

NAME = [ColumnSpec("name", ("姓名",), required=True)]


@pytest.fixture
def write(tmp_path):
    """Write a workbook with a function of its own; return its only table's rows."""

    def write(fill, columns=NAME):
        path = tmp_path / "名册.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("名册")
            sheet.write_row(0, 0, ["姓名", "电话"])
            fill(book, sheet)
        return read(path, columns)

    return write


def read(path, columns=NAME):
    (table,) = find_tables(open_sheets(path, filename=path.name), columns).tables
    return table, list(table.rows)


def marks_of(rows):
    return [(row.excel_row, *mark) for row in rows for mark in row.marks]


def test_words_struck_out_inside_a_cell_are_read_with_it(write):
    def fill(book, sheet):
        struck = book.add_format({"font_strikeout": True})
        sheet.write_rich_string(1, 0, "王芳", struck, "（已转出）", "女")
        sheet.write(2, 0, "李明")

    _table, rows = write(fill)

    assert [row.cells["name"].text for row in rows] == ["王芳（已转出）女", "李明"]
    assert marks_of(rows) == [(2, Mark.STRUCK, "姓名", "（已转出）")]


def test_a_struck_run_is_read_from_a_text_in_the_cell_itself(tmp_path):
    run = "<r><t>王芳</t></r><r><rPr><strike/></rPr><t>甲</t></r><r><t>乙</t></r>"
    path = tmp_path / "名册.xlsx"
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        book.add_worksheet("名册").write_row(0, 0, ["姓名", "电话"])
    _replace_part(
        path,
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        f'<row r="2"><c r="A2" t="inlineStr"><is>{run}</is></c></row></sheetData>',
    )

    _table, rows = read(path)

    assert marks_of(rows) == [(2, Mark.STRUCK, "姓名", "甲")]


def test_a_cell_crossed_out_in_another_column_does_not_cross_out_the_row(write):
    def fill(book, sheet):
        struck = book.add_format({"font_strikeout": True})
        sheet.write_row(1, 0, ["王芳"])
        sheet.write(1, 1, "13900001234", struck)
        sheet.write_row(1, 2, ["第一", "第二"])

    _table, rows = write(fill)

    assert rows[0].flags == ("row_long",)
    assert marks_of(rows) == [(2, Mark.STRUCK, "电话", "13900001234")]


def test_a_comment_is_read_with_its_cell_or_with_the_row_of_a_blank_one(write):
    def fill(_book, sheet):
        sheet.write_column(1, 0, ["王芳", "李明"])
        sheet.write_comment("A2", "已去世", {"author": "张三"})
        sheet.write_comment("B3", "空号")

    _table, rows = write(fill)

    assert marks_of(rows) == [
        (2, Mark.COMMENT, "姓名", "已去世"),
        (3, Mark.COMMENT, "姓名", "空号"),
    ]


def test_a_comment_begins_after_the_line_of_its_author(tmp_path):
    path = tmp_path / "名册.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["姓名"])
    book.active.append(["王芳"])
    book.active["A2"].comment = Comment("街道 张三:\n2026年转出", "街道 张三")
    book.active["A1"].comment = Comment("按户口本填写", "街道 张三")
    book.save(path)

    table, rows = read(path)

    assert marks_of(rows) == [(2, Mark.COMMENT, "姓名", "2026年转出")]
    assert table.comments == ["按户口本填写"]


def test_a_thread_of_comments_stands_for_the_note_that_old_programs_show(
    write, tmp_path
):
    def fill(_book, sheet):
        sheet.write(1, 0, "王芳")
        sheet.write_comment("A2", "[线程批注] 你的版本可读取此线程批注")

    write(fill)
    path = tmp_path / "名册.xlsx"
    thread = (
        '<ThreadedComments xmlns="x"><threadedComment ref="A2"><text>转走了？</text>'
        '</threadedComment><threadedComment ref="A2"><text>是</text></threadedComment>'
        "</ThreadedComments>"
    )
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    target = relations(("rId9", "threadedComment", "../threadedComments/t1.xml"))
    inside = target[target.index("<Relationship ") :]
    _replace_part(path, rels, "</Relationships>", inside)
    with _appending(path) as archive:
        archive.writestr("xl/threadedComments/t1.xml", thread)

    _table, rows = read(path)

    assert marks_of(rows) == [(2, Mark.COMMENT, "姓名", "转走了？\n是")]


def test_the_comment_of_a_merged_cell_is_about_all_its_rows(write):
    def fill(book, sheet):
        sheet.merge_range("B2:B3", "第一支部", book.add_format())
        sheet.write_column(1, 0, ["王芳", "李明", "张伟"])
        sheet.write_comment("B2", "已撤销")

    _table, rows = write(fill)

    assert marks_of(rows) == [
        (2, Mark.COMMENT, "电话", "已撤销"),
        (3, Mark.COMMENT, "电话", "已撤销"),
    ]


@pytest.mark.parametrize(
    "look",
    [{"bg_color": "#FFFF00"}, {"font_color": "#FFFF00"}, {"bg_color": "#FFFF99"}],
)
def test_a_colour_of_who_the_row_is_about_is_one_of_the_row(write, look):
    def fill(book, sheet):
        sheet.write(1, 0, "王芳", book.add_format(look))
        sheet.write_row(2, 0, ["李明", "1"])
        sheet.write(2, 1, "1", book.add_format(look))

    _table, rows = write(fill)

    assert marks_of(rows) == [
        (2, Mark.COLOR, "", Color.YELLOW),
        (3, Mark.COLOR, "电话", Color.YELLOW),
    ]


def test_a_colour_of_the_theme_is_known_by_its_place_and_tint(tmp_path):
    path = tmp_path / "名册.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["姓名"])
    for number, (theme, tint) in enumerate([(5, 0.4), (1, 0.0), (4, 0.0)], start=2):
        color = openpyxl.styles.Color(theme=theme, tint=tint)
        cell = book.active.cell(number, 1, "王芳")
        cell.fill = openpyxl.styles.PatternFill("solid", fgColor=color)
    book.save(path)

    _table, rows = read(path)

    # The second accent of the theme that openpyxl writes is a red, the first a blue.
    assert marks_of(rows) == [
        (2, Mark.COLOR, "", Color.RED),
        (4, Mark.COLOR, "", Color.BLUE),
    ]


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ("FF0000", Color.RED),
        ("C00000", Color.RED),
        ("FFC7CE", Color.RED),
        ("FFC000", Color.ORANGE),
        ("FFFF00", Color.YELLOW),
        ("92D050", Color.GREEN),
        ("00B050", Color.GREEN),
        ("00B0F0", Color.BLUE),
        ("7030A0", Color.PURPLE),
        ("BFBFBF", Color.GRAY),
        ("FFFFFF", None),
        ("000000", None),
        ("F2F2F2", None),
    ],
)
def test_a_colour_is_named_as_people_call_it(rgb, name):
    assert name_color(rgb) == name


@pytest.fixture
def read_old(tmp_path):
    """Read a roster of four people out of an .xls with more records."""

    def read_old(*people, **more):
        path = tmp_path / "名册.xls"
        names = people or ("王芳", "李明", "张伟", "刘洋")
        path.write_bytes(old_book([["姓名", "电话"], *([n] for n in names)], **more))
        return read(path)

    return read_old


def test_hidden_rows_and_columns_of_an_old_file_are_known(read_old):
    row = record(0x208, struct.pack("<HHHHHHI", 2, 0, 1, 0, 0, 0, 0x20))
    column = record(0x7D, struct.pack("<HHHHHH", 0, 0, 0, 0, 1, 0))

    _table, rows = read_old(marks=row)
    assert [r.excel_row for r in rows if "hidden_row" in r.flags] == [3]

    _table, rows = read_old(marks=column)
    assert all(row.cells["name"].hidden for row in rows)


@pytest.mark.parametrize("small", [False, True])
def test_a_crossed_out_and_coloured_row_of_an_old_file_is_known(read_old, small):
    fonts = old_font() + old_font(struck=True) + old_font(color=10)
    looks = old_style(0) + old_style(1) + old_style(0, fill=13) + old_style(2)

    _table, rows = read_old(
        shared=fonts + looks, styles={(1, 0): 1, (2, 0): 2, (3, 0): 3}, small=small
    )

    assert [row.excel_row for row in rows if "struck_row" in row.flags] == [2]
    assert marks_of(rows) == [
        (3, Mark.COLOR, "", Color.YELLOW),
        (4, Mark.COLOR, "", Color.RED),
    ]


def test_a_colour_of_an_old_file_is_that_of_its_own_palette(read_old):
    palette = record(0x92, struct.pack("<H", 1) + bytes.fromhex("00ff0000"))

    _table, rows = read_old(
        shared=old_font() + old_style(0) + old_style(0, fill=8) + palette,
        styles={(1, 0): 1},
    )

    assert marks_of(rows) == [(2, Mark.COLOR, "", Color.GREEN)]


def test_a_comment_in_an_old_file_is_read_with_its_cell(read_old):
    _table, rows = read_old(marks=old_note(2, 0, "街道:\n已转出"))

    assert marks_of(rows) == [(3, Mark.COMMENT, "姓名", "已转出")]


def test_a_text_of_one_font_does_not_hide_what_the_file_shows(read_old):
    """As every program writes it, with a table of texts and no runs in them."""
    plain = "李明".encode("utf-16-le")
    texts = record(0xFC, struct.pack("<IIHB", 1, 1, 2, 1) + plain)
    fonts = old_font() + old_font(struck=True)

    _table, rows = read_old(
        shared=fonts + old_style(0) + old_style(1) + texts, styles={(2, 0): 1}
    )

    assert [row.excel_row for row in rows if "struck_row" in row.flags] == [3]


@pytest.mark.parametrize("split", [False, True])
def test_words_struck_out_inside_a_cell_of_an_old_file_are_known(read_old, split):
    """A long text goes on in the next record, with a byte of its width."""
    text = "王芳（女）"
    raw = text.encode("utf-16-le")
    head = struct.pack("<IIHBH", 1, 1, len(text), 9, 2)
    runs = struct.pack("<HHHH", 2, 1, 4, 0)
    shared = record(0xFC, head + raw + runs)
    if split:
        shared = record(0xFC, head + raw[:6]) + record(0x3C, b"\1" + raw[6:] + runs)

    _table, rows = read_old(
        "李明",
        shared=old_font() + old_font(struck=True) + old_style(0) + shared,
        marks=record(0xFD, struct.pack("<HHHI", 2, 0, 0, 0)) + old_cell(2, 1, "139"),
    )

    assert rows[-1].cells["name"].text == text
    assert marks_of(rows) == [(3, Mark.STRUCK, "姓名", "（女")]


def test_an_old_file_is_read_though_its_marks_cannot_be(read_old):
    _table, rows = read_old(marks=record(0x208, b"\0"))

    assert [row.cells["name"].text for row in rows] == ["王芳", "李明", "张伟", "刘洋"]


def _appending(path):
    return zipfile.ZipFile(path, "a")


def _replace_part(path, name, old, new):
    """Write a workbook's part anew, with something more before the end of it."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    kept = parts[name].decode()
    assert old in kept
    parts[name] = kept.replace(old, new).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for part, body in parts.items():
            archive.writestr(part, body)
