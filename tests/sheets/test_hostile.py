"""Hostile files, damaged files and files of other kinds.

Whatever they are, the answer is a refusal with a reason, in little memory; how long it
takes is a figure of `make bench`.
"""

import random
import tracemalloc
import zipfile
from dataclasses import replace
from types import SimpleNamespace
from xml.parsers import expat

import pytest

from sheets.read import LIMITS, UnreadableFile, open_sheets, xml_stream
from sheets.read.errors import (
    COLUMNS,
    DamagedFile,
    EncryptedFile,
    ForbiddenMarkup,
    OtherFormat,
    TooLarge,
    TooSlow,
    WebPage,
    XmlTable,
)
from sheets.read.limits import MEGABYTE
from tests.sheets.books import (
    MAIN,
    book,
    cell,
    old_book,
    raw_book,
    sheet_xml,
)

LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10)
)
FLAT = 100 * MEGABYTE


def read_all(path, **limits):
    """Read every row of every sheet; return how many there were."""
    sheets = open_sheets(path, filename=path.name, limits=replace(LIMITS, **limits))
    return sum(1 for sheet in sheets for _row in sheet.rows())


def refusal_of(path, **limits):
    """Return the class of the refusal; fail if it took much memory."""
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableFile) as refused:
            read_all(path, **limits)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < FLAT
    return refused.type


@pytest.mark.parametrize(
    "doctype",
    [
        f"<!DOCTYPE w [{LAUGHS}]>",
        f'<!DOCTYPE w [<!ENTITY b "{"B" * 60_000}">]>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/w.dtd">',
        "<!DOCTYPE w>",
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"]
)
def test_a_document_type_is_refused_in_every_part(tmp_path, doctype, part):
    xml = sheet_xml('<row><c t="s"><v>0</v></c></row>', doctype=doctype)
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml('<row><c t="s"><v>0</v></c></row>'),
        more={part: xml.encode()},
    )

    assert refusal_of(path) is ForbiddenMarkup


def test_a_sheet_that_declares_a_billion_cells_costs_only_its_content(tmp_path):
    rows = f'<row r="1">{cell("A1", "姓名")}</row><row r="1048576"/>'
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml(
            rows,
            before='<dimension ref="A1:XFD1048576"/>'
            '<cols><col min="1" max="2000000000" hidden="1"/></cols>',
            after='<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>',
        ),
    )

    assert read_all(path) == 1


@pytest.mark.parametrize("reference", ["XFD2", "A1048576"])
def test_content_in_the_far_corner_is_refused(tmp_path, reference):
    row = reference.lstrip("AXFD")
    path = raw_book(
        tmp_path / "a.xlsx", sheet_xml(f'<row r="{row}">{cell(reference, "x")}</row>')
    )

    assert refusal_of(path) is TooLarge


@pytest.fixture
def parsed(monkeypatch):
    """The pieces of every part that the parser has received."""
    pieces = []

    class Parser:
        def __init__(self):
            super().__setattr__("real", expat.ParserCreate())

        def __getattr__(self, name):
            return getattr(self.real, name)

        def __setattr__(self, name, value):
            setattr(self.real, name, value)

        def Parse(self, chunk, final):  # noqa: N802 -- the name expat gives it
            pieces.append(chunk)
            return self.real.Parse(chunk, final)

    monkeypatch.setattr(xml_stream, "expat", SimpleNamespace(ParserCreate=Parser))
    return pieces


@pytest.mark.parametrize(
    "row",
    [
        b"<row>" + b'<c t="n"><v>1</v></c>' * 1_000 + b"</row>",
        b"<row>" + b"<c><v>1</v></c>" * 1_000 + b"</row>",
        b"<row>" + b"<r/>" * 4_000 + b"</row>",
    ],
)
def test_a_sheet_bomb_is_refused_before_its_rows_are_parsed(tmp_path, parsed, row):
    head, tail = sheet_xml("|").encode().split(b"|")
    path = raw_book(tmp_path / "a.xlsx", head + row * 100 + tail)

    assert refusal_of(path, cells=90_000, row_tags=390_000) is TooLarge
    assert b"<row>" not in b"".join(parsed)


def test_the_rows_of_a_sound_sheet_reach_the_parser(tmp_path, parsed):
    read_all(raw_book(tmp_path / "a.xlsx", sheet_xml("<row/>")))

    assert b"<row/>" in b"".join(parsed)


@pytest.mark.parametrize("element", ["<row/>", "<x/>"])
def test_endless_elements_without_content_are_refused(tmp_path, element):
    path = raw_book(tmp_path / "a.xlsx", sheet_xml(element * 1_100_000))

    assert refusal_of(path) is TooLarge


def test_a_bomb_of_shared_strings_stays_small(tmp_path):
    strings = f'<sst xmlns="{MAIN}">{"<si><t>甲</t></si>" * 60_000}</sst>'
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml('<row><c t="s"><v>0</v></c></row>'),
        strings=strings,
    )

    assert refusal_of(path, strings=50_000) is TooLarge


def test_long_shared_strings_stop_at_their_budget(tmp_path):
    long = f"<si><t>{'x' * 30_000}</t></si>"
    strings = f'<sst xmlns="{MAIN}">{long * 2_500}</sst>'
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml('<row><c t="s"><v>0</v></c></row>'),
        strings=strings,
    )

    assert refusal_of(path) is TooLarge


@pytest.mark.parametrize(
    "row",
    [
        f"<row>{cell('A1', 'x' * 4_500_000)}</row>",
        f'<row><c r="{"A" * 9_000_000}"/></row>',
        f"<row><!--{'x' * 9_000_000}--></row>",
        "".join(
            f'<row r="{n}">{cell(f"A{n}", "x")}</row>' for n in range(200_001, 200_003)
        ),
    ],
)
def test_too_much_of_anything_is_refused(tmp_path, row):
    path = raw_book(tmp_path / "a.xlsx", sheet_xml(row))

    assert refusal_of(path) is TooLarge


def test_one_long_text_repeated_is_counted_each_time(tmp_path):
    strings = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'
    shared = '<c t="s"><v>0</v></c>'
    wide = raw_book(
        tmp_path / "a.xlsx", sheet_xml(f"<row>{shared * 10}</row>"), strings=strings
    )
    long = raw_book(
        tmp_path / "b.xlsx", sheet_xml(f"<row>{shared}</row>" * 6000), strings=strings
    )

    assert [refusal_of(wide), refusal_of(long)] == [TooLarge, TooLarge]


def test_too_many_merged_ranges_are_refused(tmp_path):
    merges = "".join(f'<mergeCell ref="A{n}:B{n}"/>' for n in range(1, 30_000))
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml("<row/>", after=f"<mergeCells>{merges}</mergeCells>"),
    )

    assert refusal_of(path) is TooLarge


def test_elements_in_elements_without_end_are_refused(tmp_path):
    path = raw_book(
        tmp_path / "a.xlsx",
        sheet_xml("<row/>"),
        more={"xl/workbook.xml": b"<a>" * 500_000},
    )

    assert refusal_of(path) is TooLarge


ENDLESS = {
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si>{"<r/>" * 20_000}</si></sst>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{"<x/>" * 20_000}</styleSheet>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}">{"<x/>" * 20_000}</workbook>',
    "xl/worksheets/sheet1.xml": sheet_xml("<row/>", after="<x/>" * 20_000),
}


@pytest.mark.parametrize("part", ENDLESS)
def test_elements_without_end_are_refused_before_they_are_parsed(tmp_path, part):
    used = '<row r="1"><c r="A1" s="1" t="s"><v>0</v></c></row>'
    path = raw_book(
        tmp_path / "a.xlsx", sheet_xml(used), more={part: ENDLESS[part].encode()}
    )

    assert refusal_of(path, tags=10_000, text_tags=10_000) is TooLarge


def test_elements_open_without_end_are_refused_in_a_sheet_too(tmp_path):
    path = raw_book(tmp_path / "a.xlsx", b"<a>" * 60_000)

    assert refusal_of(path) is TooLarge


def test_a_line_of_separators_is_refused_before_it_is_split(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("姓名,身份证号\n" + ("," * 900_000 + "\n") * 8)

    assert refusal_of(path) is TooLarge


def test_a_line_of_millions_of_separators_is_refused_for_its_columns(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("姓名,身份证号\n" + "," * 5_000_000 + "\n")

    with pytest.raises(TooLarge) as refused:
        read_all(path)

    assert refused.value.params["what"] == COLUMNS


def test_an_archive_of_12000_entries_is_refused_by_its_directory(tmp_path):
    more = {f"x/{n}.xml": b"" for n in range(12_000)}
    path = raw_book(tmp_path / "a.xlsx", sheet_xml("<row/>"), more=more)

    assert refusal_of(path) is TooLarge


def test_a_directory_that_lies_about_its_length_is_refused(tmp_path):
    more = {f"x/{n}.xml": b"" for n in range(60_000)}
    path = raw_book(tmp_path / "a.xlsx", sheet_xml("<row/>"), more=more)
    raw = bytearray(path.read_bytes())
    end = raw.rindex(b"PK\x05\x06")
    raw[end + 8 : end + 12] = b"\x05\x00\x05\x00"
    path.write_bytes(raw)

    assert refusal_of(path) is TooLarge


def test_a_file_that_unpacks_beyond_the_limit_is_refused(tmp_path):
    path = raw_book(
        tmp_path / "a.xlsx", sheet_xml("<row/>"), more={"x.bin": bytes(3 * MEGABYTE)}
    )

    assert refusal_of(path, unpacked_bytes=2 * MEGABYTE) is TooLarge


def test_a_false_size_is_detected_while_unpacking(tmp_path):
    path = raw_book(tmp_path / "a.xlsx", sheet_xml(" " * 3 * MEGABYTE))
    raw = bytearray(path.read_bytes())
    entry = raw.index(b"xl/worksheets/sheet1.xml", raw.index(b"PK\x01\x02")) - 46
    raw[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(raw)

    assert refusal_of(path) is DamagedFile


def test_a_file_beyond_the_size_limit_is_not_opened(tmp_path):
    path = book(tmp_path / "a.xlsx", ("表", [["姓名"]]))

    assert refusal_of(path, file_bytes=1000) is TooLarge


def test_parsing_has_a_time_limit(tmp_path):
    path = raw_book(tmp_path / "a.xlsx", sheet_xml("<row/>" * 10_000))

    assert refusal_of(path, seconds=1e-9) is TooSlow


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_may_ask_for_any_memory_is_refused(tmp_path, method):
    path = raw_book(tmp_path / "a.xlsx", sheet_xml("<row/>"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)

    assert refusal_of(path) is DamagedFile


def test_encrypted_entries_are_refused_as_encrypted(tmp_path):
    path = raw_book(tmp_path / "a.xlsx", sheet_xml("<row/>"))
    raw = bytearray(path.read_bytes())
    at = -1
    while (at := raw.find(b"PK\x01\x02", at + 1)) >= 0:
        raw[at + 8] |= 1
    path.write_bytes(raw)

    assert refusal_of(path) is EncryptedFile


@pytest.mark.parametrize(
    ("raw", "refusal"),
    [
        (b"<html><body><table></table></body></html>", WebPage),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", WebPage),
        ("\ufeff<table border=1>".encode("utf-16-le"), WebPage),
        (b"<!-- old --><TABLE>", WebPage),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", WebPage),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', WebPage),
        (b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>', XmlTable),
        (b"%PDF-1.7 ...", OtherFormat),
        (b"\x89PNG\r\n\x1a\n....", OtherFormat),
        (b"\xff\xd8\xff\xe0....", OtherFormat),
        (b"Rar!\x1a\x07\x00", OtherFormat),
        (b"7z\xbc\xaf\x27\x1c", OtherFormat),
        (b"PK\x03\x04 and no more", DamagedFile),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", UnreadableFile),
    ],
)
def test_another_kind_of_file_is_refused_by_its_kind(tmp_path, raw, refusal):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(raw)

    assert refusal_of(path) is refusal


@pytest.mark.parametrize(
    ("part", "refusal"),
    [
        ("word/document.xml", OtherFormat),
        ("xl/workbook.bin", OtherFormat),
        ("content.xml", OtherFormat),
        ("photo.jpg", OtherFormat),
        ("[Content_Types].xml", DamagedFile),
    ],
)
def test_an_archive_without_a_workbook_is_refused_by_its_kind(tmp_path, part, refusal):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "<x/>")

    assert refusal_of(path) is refusal


@pytest.fixture
def real_books(tmp_path):
    """The bytes of three sound files."""
    rows = [["姓名", "民族", n] for n in range(60)]
    new = book(tmp_path / "a.xlsx", ("表", rows)).read_bytes()
    text = "\n".join(f"{name},{nation},{n}" for name, nation, n in rows)
    return [new, old_book(rows), text.encode("gb18030")]


def outcome_of(path):
    """Return "rows" or "refused"; any other outcome fails the test."""
    try:
        read_all(path)
    except UnreadableFile:
        return "refused"
    return "rows"


def test_a_file_cut_off_anywhere_is_refused(tmp_path, real_books):
    path = tmp_path / "cut.xlsx"
    outcomes = []
    for tenth in range(1, 10):
        path.write_bytes(real_books[0][: len(real_books[0]) * tenth // 10])
        outcomes.append(outcome_of(path))

    assert outcomes == ["refused"] * 9


def test_a_hundred_mutated_files_give_rows_or_a_refusal_and_nothing_else(
    tmp_path, real_books
):
    chance = random.Random(20260701)
    path = tmp_path / "mutated"
    outcomes = set()
    for turn in range(100):
        raw = bytearray(real_books[turn % len(real_books)])
        for _change in range(chance.randint(1, 12)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        path.write_bytes(raw)
        outcomes.add(outcome_of(path))

    assert outcomes == {"rows", "refused"}


def test_mutated_markup_gives_rows_or_a_refusal_and_nothing_else(tmp_path):
    chance = random.Random(20260702)
    sound = sheet_xml(
        f'<row r="1">{cell("A1", "姓名")}<c r="B1" s="0"><f>A1</f><v>3</v></c></row>',
        before='<cols><col min="1" max="3" hidden="1"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B4"/></mergeCells>',
    ).encode()
    outcomes = set()
    for _turn in range(300):
        xml = bytearray(sound)
        for _change in range(chance.randint(1, 3)):
            xml[chance.randrange(len(xml))] = chance.choice(b'<>&"/=19AZa -')
        outcomes.add(outcome_of(raw_book(tmp_path / "a.xlsx", bytes(xml))))

    assert outcomes == {"rows", "refused"}


def test_no_temporary_file_remains(tmp_path, real_books, monkeypatch):
    (tmp_path / "scratch").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "scratch"))
    path = tmp_path / "a.xls"
    path.write_bytes(real_books[1])

    read_all(path)

    assert list((tmp_path / "scratch").iterdir()) == []
