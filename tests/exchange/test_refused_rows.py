"""The workbook of refused rows: corrected and uploaded again, it is read."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
import xlsxwriter
from django.urls import reverse

from accounts.models import AccessEntry
from exchange.enums import Verdict
from exchange.errors import FileMissing
from exchange.import_kinds import import_kinds
from exchange.imports import import_now, plan_batch, upload_batch
from members.models import Member
from sheets.read import REASON_HEADING
from tests.factories.exchange import (
    HEADER,
    ImportBatchFactory,
    book,
    person,
    upload,
    workbook,
)
from tests.factories.members import identity_number
from tests.messages import refusal_of, says

ROSTER = import_kinds.get("member_roster")
pytestmark = pytest.mark.django_db


@pytest.fixture
def download(client, east, branch, secretary):
    """Return a function that uploads a sheet and opens its refused rows."""
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")

    def open_refused(content, name="花名册.xlsx"):
        batch = upload_batch(
            upload(content, name), kind=ROSTER, organization=east, by=secretary
        )
        plan_batch(batch, by=secretary)
        answer = client.get(reverse("exchange:refused", args=[batch.pk]))
        return openpyxl.load_workbook(BytesIO(answer.content))

    return open_refused


def enter(refused, organization, keeper):
    """Upload a corrected workbook and enter its rows."""
    stream = BytesIO()
    refused.save(stream)
    return import_now(
        upload(stream.getvalue(), "改正后.xlsx"),
        kind=ROSTER,
        organization=organization,
        by=keeper,
    )


def lines_of(sheet):
    """Return the filled cells of each filled row."""
    rows = sheet.iter_rows(values_only=True)
    return [cells for row in rows if (cells := [v for v in row if v is not None])]


def cell_under(sheet, heading):
    """Return the last row's cell in the column with the heading."""
    cells = [cell for row in sheet.iter_rows() for cell in row]
    column = next(cell.column for cell in cells if cell.value == heading)
    return sheet.cell(sheet.max_row, column)


def test_refused_rows_have_their_own_columns_and_the_reason(download):
    wrong = person(2, 性别="女")

    sheet = download(workbook([person(1), wrong], above=["东社区党员花名册"])).active

    title, header, row = lines_of(sheet)
    assert title == ["东社区党员花名册"]
    assert header == [*HEADER, REASON_HEADING]
    assert row[:-1] == list(wrong.values())
    assert "性别" in row[-1]


def test_corrected_rows_are_entered(download, east, secretary):
    refused = download(workbook([person(1), person(2, 性别="女")]))

    cell_under(refused.active, "性别").value = "男"
    outcome = enter(refused, east, secretary)

    assert [plan.verdict for plan in outcome.plans] == ["create"]
    assert outcome.unknown_columns == {}
    assert Member.objects.get().name == person(2)["姓名"]


def test_one_who_was_refused_as_dead_is_entered_once_corrected(
    download, east, secretary
):
    header = (*HEADER, "备注")
    refused = download(workbook([person(1, 备注="已去世")], header=header))

    cell_under(refused.active, "备注").value = None
    enter(refused, east, secretary)

    assert Member.objects.count() == 1


def test_headings_merged_cells_and_ditto_marks_keep_their_sense(
    download, east, secretary
):
    stream = BytesIO()
    columns = ("姓名", "性别", "身份证号码", "入党时间", "转正时间", "人员类别")
    with xlsxwriter.Workbook(stream) as written:
        sheet = written.add_worksheet("党员")
        sheet.merge_range(0, 0, 0, 6, "东社区党员花名册")
        sheet.merge_range(1, 0, 2, 0, "序号")
        sheet.merge_range(1, 1, 1, 6, "基本情况")
        for place, heading in enumerate(columns, start=1):
            sheet.write(2, place, heading)
        sheet.merge_range(3, 0, 3, 6, "第一支部")
        people = [(1, "男", "居民党员"), (2, "女", "同上"), (3, "男", "退休党员")]
        for place, (n, sex, category) in enumerate(people):
            row = [n, person(n)["姓名"], sex, identity_number(n)]
            sheet.write_row(4 + place, 0, [*row, "2005.07.01", "2006.07.01", category])
    refused = download(stream.getvalue())

    lines = lines_of(refused.active)
    cell_under(refused.active, "性别").value = "男"
    enter(refused, east, secretary)

    member = Member.objects.get()
    assert [line[0] for line in lines] == [
        "东社区党员花名册",
        "序号",
        "姓名",
        "第一支部",
        2,
    ]
    assert (member.name, member.category) == (person(2)["姓名"], "resident")
    assert member.organization.name == "东社区第一支部"


def test_days_and_numbers_come_back_as_they_were(download):
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as written:
        sheet = written.add_worksheet()
        sheet.write_row(0, 0, [*HEADER, "党龄"])
        sheet.write_row(1, 0, list(person(1, 性别="女").values()))
        day = written.add_format({"num_format": "yyyy.mm"})
        sheet.write_datetime(1, 3, dt.date(2005, 7, 1), day)
        sheet.write_number(1, 8, 2005.1, written.add_format({"num_format": "0.00"}))

    row = download(stream.getvalue()).active[2]

    assert row[3].value.date() == dt.date(2005, 7, 1)
    assert row[3].number_format == 'yyyy"年"m"月"'
    assert (row[8].value, row[8].number_format) == (2005.1, "0.00")


def test_every_sheet_with_refused_rows_is_there_under_its_name(download):
    rows = {"第一支部": [list(HEADER), person(1, 性别="女")]}
    rows |= {
        "空": [list(HEADER), person(2)],
        "第二页": [list(HEADER), person(3, 性别="女")],
    }

    assert download(book(rows)).sheetnames == ["第一支部", "第二页"]


def test_a_text_file_comes_back_as_a_workbook(download):
    lines = ["\t".join(HEADER), "\t".join(person(1, 性别="女").values())]

    refused = download("\n".join(lines).encode(), f"{'东社区党员花名册' * 5}.csv")

    assert lines_of(refused.active)[1][:-1] == list(person(1, 性别="女").values())


def test_the_download_is_recorded_with_the_file(download):
    download(workbook([person(1, 性别="女")]))

    entry = AccessEntry.objects.get(action="exchange.record_refused_rows_download")
    assert len(entry.details["sha256"]) == 64


def test_a_file_that_is_gone_is_told_as_such(client, east, branch, secretary):
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    batch = ImportBatchFactory(
        rows=[person(1, 性别="女")], organization=east, by=secretary
    )
    plan_batch(batch, by=secretary)
    batch.file.path.unlink()

    answer = client.get(reverse("exchange:refused", args=[batch.pk]))

    assert answer.status_code == 404
    assert says(answer.content.decode(), refusal_of(FileMissing))
    assert batch.rows.filter(verdict=Verdict.REFUSE).count() == 1
    assert AccessEntry.objects.count() == 0
