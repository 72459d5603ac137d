"""Cells of .xlsx files are read with their kinds and values."""

import datetime as dt

import pytest
import xlsxwriter

from sheets.read import Kind, Precision, open_sheets
from sheets.read.number_formats import BUILT_IN
from tests.sheets.books import (
    MAIN,
    OFFICE,
    book,
    cell,
    raw_book,
    relations,
    sheet_xml,
    styles_xml,
)

FIRST, LAST = dt.date(1930, 1, 1), dt.date(2030, 12, 31)


@pytest.fixture
def cells(tmp_path):
    """Read the cells of the first row of a sheet's XML."""

    def read(row, **parts):
        path = raw_book(tmp_path / "a.xlsx", sheet_xml(row), **parts)
        (sheet,) = open_sheets(path, filename="a.xlsx")
        return list(next(sheet.rows()).cells.values())

    return read


@pytest.mark.parametrize(
    ("properties", "epoch"),
    [
        ("", dt.date(1899, 12, 30)),
        ('<workbookPr date1904="1"/>', dt.date(1904, 1, 1)),
        ('<workbookPr date1904="true"/>', dt.date(1904, 1, 1)),
    ],
)
def test_every_day_of_a_century_is_read_in_either_calendar(tmp_path, properties, epoch):
    days = [FIRST + dt.timedelta(n) for n in range((LAST - FIRST).days + 1)]
    rows = "".join(
        f'<row><c s="1"><v>{(day - epoch).days}</v></c></row>' for day in days
    )
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml(rows),
        styles=styles_xml("yyyy\\-mm\\-dd"),
        properties=properties,
    )

    (sheet,) = open_sheets(path, filename="a.xlsx")

    assert [row.cells[0].value for row in sheet.rows()] == days


@pytest.mark.parametrize(
    ("serial", "day"),
    [(1, dt.date(1900, 1, 1)), (59, dt.date(1900, 2, 28)), (61, dt.date(1900, 3, 1))],
)
def test_the_first_weeks_of_1900_are_counted_as_spreadsheets_count(cells, serial, day):
    (only,) = cells(
        f'<row><c s="1"><v>{serial}</v></c></row>', styles=styles_xml("d/y")
    )

    assert only.value == day


@pytest.mark.parametrize("serial", [-3, 0, 60, 2_958_466, 1e300])
def test_a_serial_without_a_day_stays_a_number(cells, serial):
    (only,) = cells(
        f'<row><c s="1"><v>{serial}</v></c></row>', styles=styles_xml("d/y")
    )

    assert only.kind is Kind.NUMBER


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", Kind.NUMBER),
        ("G/通用格式", Kind.NUMBER),
        ("0.00E+00", Kind.NUMBER),
        ('0"日"', Kind.NUMBER),
        ("[Red]#,##0.00", Kind.NUMBER),
        ("@", Kind.NUMBER),
        ("0_d", Kind.NUMBER),
        ('yyyy"年"m"月"d"日";@', Kind.DATE),
        ("[$-804]yyyy年m月", Kind.DATE),
        ("m月d日", Kind.DATE),
        ("[$-F800]dddd, mmmm dd, yyyy", Kind.DATE),
        ("h:mm", Kind.TIME),
        ("[h]:mm", Kind.TIME),
    ],
)
def test_a_number_format_makes_a_date_or_does_not(cells, code, kind):
    code = code.replace('"', "&quot;")
    styles = styles_xml("X").replace('formatCode="X"', f'formatCode="{code}"')

    (only,) = cells('<row><c s="1"><v>0.5</v></c><c><v>1</v></c></row>', styles=styles)[
        :1
    ]
    dated = cells('<row><c s="1"><v>28126</v></c></row>', styles=styles)[0]

    assert (only if kind is Kind.TIME else dated).kind is kind


@pytest.mark.parametrize("number", [27, 31, 36, 57, 14])
def test_formats_known_by_number_alone_make_dates(cells, number):
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="{number}"/>'
    styles += "</cellXfs></styleSheet>"

    (only,) = cells('<row><c s="1"><v>28307</v></c></row>', styles=styles)

    precision = Precision.DAY if "d" in BUILT_IN[number] else Precision.MONTH
    assert (only.value, only.precision) == (dt.date(1977, 7, 1), precision)


def test_a_date_shown_without_its_day_was_given_without_it(cells):
    row = '<row><c s="1"><v>28307</v></c><c s="1"><v>28308</v></c></row>'

    first, second = cells(row, styles=styles_xml("yyyy年m月"))

    assert (first.text, first.precision) == ("1977-07", Precision.MONTH)
    assert (second.text, second.precision) == ("1977-07-02", Precision.DAY)


def test_times_and_moments_are_kept_to_the_second(cells):
    row = '<row><c s="1"><v>45838.354166666664</v></c><c s="2"><v>0.75</v></c></row>'

    moment, time = cells(row, styles=styles_xml("yyyy/m/d h:mm", "h:mm"))

    assert moment.value == dt.datetime.combine(dt.date(2025, 6, 30), dt.time(8, 30))
    assert (time.value, time.text) == (dt.time(18), "18:00")


@pytest.mark.parametrize(
    ("stored", "code", "value", "text"),
    [
        ("147", "General", 147, "147"),
        ("1.25", "General", 1.25, "1.25"),
        ("0.30000000000000004", "General", 0.30000000000000004, "0.3"),
        ("16900002001", "0", 16900002001, "16900002001"),
        ("1.6900002001E10", "0", 16900002001, "16900002001"),
        ("12", "000000", 12, "000012"),
        ("1978.1", "0.00", 1978.1, "1978.10"),
        ("0.85", "0%", 0.85, "85%"),
        ("-3", "General", -3, "-3"),
    ],
)
def test_numbers_keep_their_value_and_show_as_the_office_sees_them(
    cells, stored, code, value, text
):
    (only,) = cells(f'<row><c s="1"><v>{stored}</v></c></row>', styles=styles_xml(code))

    assert (only.value, only.text, only.is_lossy) == (value, text, False)


@pytest.mark.parametrize("stored", ["429901195001010017", "4.29901195001010E+17"])
def test_a_number_longer_than_a_spreadsheet_keeps_is_known_to_be_lossy(cells, stored):
    (only,) = cells(f"<row><c><v>{stored}</v></c></row>")

    assert (only.is_lossy, only.text) == (True, "4.29901E+17")


def test_booleans_errors_and_blanks_keep_their_kinds(cells):
    row = (
        '<row><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c s="0"/>'
        '<c t="inlineStr"><is><t>　 </t></is></c><c t="d"><v>1978-07-01</v></c></row>'
    )

    read = cells(row)

    assert [(cell.kind, cell.text) for cell in read] == [
        (Kind.BOOLEAN, "TRUE"),
        (Kind.ERROR, "#REF!"),
        (Kind.TEXT, "1978-07-01"),
    ]


def test_a_formula_is_read_with_its_result_or_as_uncomputed(cells):
    row = (
        "<row><c><f>A2</f><v>3</v></c><c><f>A3</f></c><c><f>A4</f><v></v></c>"
        '<c t="str"><f>A5</f><v>甲</v></c><c t="str"><f>A6</f><v></v></c>'
        '<c><f t="shared" si="0"/><v>5</v></c></row>'
    )

    read = cells(row)

    assert [(cell.kind, cell.text, cell.from_formula) for cell in read] == [
        (Kind.NUMBER, "3", True),
        (Kind.UNCOMPUTED, "", True),
        (Kind.UNCOMPUTED, "", True),
        (Kind.TEXT, "甲", True),
        (Kind.NUMBER, "5", True),
    ]


def test_runs_are_joined_and_phonetic_guides_left_out(cells):
    text = "<r><t>武</t></r><r><t> 云</t></r><rPh sb='0' eb='1'><t>wu</t></rPh>"
    strings = f'<sst xmlns="{MAIN}"><si><t>甲</t></si><si>{text}</si></sst>'
    row = f'<row><c t="s"><v>1</v></c><c t="inlineStr"><is>{text}</is></c></row>'

    read = cells(row, strings=strings)

    assert [cell.text for cell in read] == ["武 云", "武 云"]


def test_escaped_control_characters_are_decoded(cells):
    (only,) = cells(f"<row>{cell('A1', '文化_x000D_程度_x005F_')}</row>")

    assert only.text == "文化\r程度_"


def test_a_writer_may_prefix_the_elements_and_number_nothing(tmp_path):
    xml = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>'
        "<x:c/><x:c><x:v>3</x:v></x:c></x:row><x:row><x:c><x:v>4</x:v></x:c></x:row>"
        '</x:sheetData><x:mergeCells><x:mergeCell ref="A1:A2"/></x:mergeCells>'
        "</x:worksheet>"
    )
    path = raw_book(tmp_path / "a.xlsx", xml)

    (sheet,) = open_sheets(path, filename="a.xlsx")
    rows = list(sheet.rows())

    assert [(row.number, sorted(row.cells)) for row in rows] == [(1, [0, 2]), (2, [])]
    assert rows[1].cell(0).value == 1


def test_a_part_in_utf_16_is_read_too(tmp_path):
    xml = sheet_xml(
        f"<row>{cell('A1', '姓名')}</row><row>{cell('B2', '性别')}</row>",
        after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
    ).replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    path = raw_book(tmp_path / "a.xlsx", xml.encode("utf-16"))

    (sheet,) = open_sheets(path, filename="a.xlsx")

    assert [row.cell(0).text for row in sheet.rows()] == ["姓名", "姓名"]


def test_parts_are_found_whatever_the_case_and_the_slashes(tmp_path):
    path = raw_book(
        tmp_path / "a.xlsx",
        "",
        more={
            "_rels/.rels": relations(
                ("r1", "officeDocument", "/XL\\workbook.xml")
            ).encode(),
            "xl/_rels/workbook.xml.rels": relations(
                ("r1", "worksheet", "/xl/Worksheets/Other.xml")
            ).encode(),
            "XL\\Worksheets\\other.xml": sheet_xml(
                f"<row>{cell('A1', '甲')}</row>"
            ).encode(),
        },
    )

    (sheet,) = open_sheets(path, filename="a.xlsx")

    assert [row.cells[0].text for row in sheet.rows()] == ["甲"]


def test_hidden_rows_columns_and_sheets_are_known(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        visible, hidden = workbook.add_worksheet("表"), workbook.add_worksheet("旧")
        for place in range(3):
            visible.write_row(place, 0, ["甲", "乙"])
        visible.set_row(1, None, None, {"hidden": True})
        visible.set_column(1, 1, 8, None, {"hidden": True})
        hidden.very_hidden()
        workbook.add_chartsheet("图").set_chart(_chart(workbook))

    sheets = open_sheets(path, filename="a.xlsx")
    rows = list(sheets[0].rows())

    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [
        ("表", False),
        ("旧", True),
    ]
    assert [row.hidden for row in rows] == [False, True, False]
    assert [cell.hidden for cell in rows[0].cells.values()] == [False, True]
    assert [cell.hidden for cell in rows[1].cells.values()] == [True, True]


def _chart(workbook):
    chart = workbook.add_chart({"type": "line"})
    chart.add_series({"values": "=表!$A$1:$A$2"})
    return chart


def test_rows_can_be_read_more_than_once(tmp_path):
    path = book(tmp_path / "a.xlsx", ("表", [["姓名", 1], ["甲", 2]]))

    (sheet,) = open_sheets(path, filename="a.xlsx")

    assert list(sheet.rows()) == list(sheet.rows())


def test_the_relation_prefix_is_the_writers_choice(tmp_path):
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:d="{OFFICE}"><sheets>'
        '<sheet name="表" sheetId="1" d:id="r1"/></sheets></workbook>'
    )
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml("<row/>"),
        more={"xl/workbook.xml": workbook.encode()},
    )

    assert [sheet.name for sheet in open_sheets(path, filename="a.xlsx")] == ["表"]
