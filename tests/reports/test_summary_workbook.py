"""The month's workbook as an office hands it up: themes, sums, states."""

import datetime as dt
import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from organizations.month_tree import get_organization_at
from reports.actions import write_narrative
from reports.models import ReturnForm
from reports.returns.printing import order_lines
from reports.workbooks.summary import build_summary
from reports.workbooks.summary_workbook import (
    divide_by_theme,
    write_summary,
)
from sheets.write import PrintedColumn, PrintedSheet, write_workbook
from tests.factories.figures import recount_all
from tests.factories.members import MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.factories.reports import JUNE, MonthlyReturnFactory, publish

ON = dt.date(2026, 7, 2)
SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):\1(\d+)\)")
TWELVE_POINTS_FIT = 135  # letters across A4 landscape at the size of the body
BODY, LEAST = 12, 9


def read_summary(organization, *, formulas=False):
    """The workbook of an organization's June, read by another library."""
    summary = build_summary(get_organization_at(organization.pk, JUNE), JUNE)
    content = write_summary(summary, compiled_by="李明", on=ON)
    return load_workbook(BytesIO(content), data_only=not formulas)


@pytest.fixture
def june(east, west, branch, west_branch, secretary):
    """东社区 with three members and an accepted return; 西社区 with two and a draft."""
    MemberFactory.create_batch(3, organization=branch, starts_on=JUNE)
    MemberFactory.create_batch(2, organization=west_branch, starts_on=JUNE)
    accepted = MonthlyReturnFactory(organization=east)
    write_narrative(accepted, narrative="开展主题党日两次。", by=secretary)
    accepted.refresh_from_db()
    publish(accepted)
    recount_all()


def test_each_group_of_the_form_stands_whole_on_one_of_the_sheets(street, june):
    book = read_summary(street)

    lines = order_lines(ReturnForm.objects.in_force(JUNE).lines.all())
    themes = list(divide_by_theme(lines))
    assert [line for theme in themes for line in theme] == lines
    assert len(themes) == 2
    assert book.sheetnames == [
        "党员队伍、其中、组织生活、志愿服务",
        "经费、补充项目",
        "报送情况",
        "工作情况",
        "指标说明",
    ]


def test_no_sheet_is_printed_smaller_than_nine_points(street, june):
    for sheet in read_summary(street):
        assert BODY * min(TWELVE_POINTS_FIT / width_of(sheet), 1) >= LEAST, sheet.title
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def width_of(sheet):
    """How many letters wide all columns of a sheet are together."""
    areas = sheet.column_dimensions.values()
    assert sum(one.max - one.min + 1 for one in areas) == sheet.max_column
    return sum(one.width * (one.max - one.min + 1) for one in areas)


def test_totals_are_formulas_whose_values_are_the_sums(street, june):
    book, values = read_summary(street, formulas=True), read_summary(street)

    found = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                column, first, last = SUM.fullmatch(cell.value).groups()
                above = values[sheet.title][f"{column}{first}:{column}{last}"]
                assert column == cell.column_letter
                assert int(last) == cell.row - 1
                total = values[sheet.title][cell.coordinate].value
                assert total == sum(one.value for [one] in above)
                found += 1
    assert found == ReturnForm.objects.in_force(JUNE).lines.count()


def test_who_submitted_what_when_stands_on_a_sheet_of_its_own(street, june):
    states = read_summary(street)["报送情况"]

    found = list(states.iter_rows(min_row=4, max_row=5, values_only=True))
    assert [row[1:3] for row in found] == [("东社区", "已接收"), ("西社区", "填报中")]
    assert [row[5] is not None for row in found] == [True, False]


def test_what_communities_wrote_stands_on_a_sheet_once_it_is_submitted(street, june):
    accounts = read_summary(street)["工作情况"]

    assert [cell.value for cell in accounts[4]] == [
        "长安街道",
        "东社区",
        "开展主题党日两次。",
    ]


def test_a_month_of_which_nobody_wrote_has_no_such_sheet(street, east, branch):
    recount_all()

    assert "工作情况" not in read_summary(street).sheetnames


def test_each_number_is_defined(street, june):
    definitions = read_summary(street)["指标说明"]

    lines = ReturnForm.objects.in_force(JUNE).lines.all()
    rows = list(definitions.iter_rows(min_row=4, values_only=True))[: len(lines)]
    assert len(lines) == len(rows) == 22
    assert all(all(cell for cell in row) for row in rows)


def test_members_are_drawn_from_the_cells_of_the_table(street, june):
    sheet = read_summary(street).worksheets[0]

    [chart] = sheet._charts
    [series] = chart.series
    heads = [cell.value for cell in sheet[4]]
    column = sheet.cell(4, heads.index("本月末") + 1).column_letter
    assert series.val.numRef.f.endswith(f"!${column}$6:${column}$7")
    assert [sheet[f"{column}{row}"].value for row in (6, 7)] == [3, 2]
    assert chart.y_axis.scaling.min == 0


def test_a_single_community_is_not_drawn(east, june):
    assert read_summary(east).worksheets[0]._charts == []


def test_the_place_of_the_seal_and_who_reports_are_on_the_sheet(street, june):
    sheet = read_summary(street).worksheets[0]

    texts = "\n".join(str(cell.value) for [cell, *_rest] in sheet.iter_rows())
    assert "填报单位：" in sheet["A2"].value
    assert "制表人：李明" in texts
    assert "盖章：" in texts


def test_a_place_with_no_community_adds_up_nothing(city):
    empty = CommunityFactory(parent=city, starts_on=dt.date(2026, 7, 1))
    BranchFactory(parent=empty)
    recount_all()

    sheet = read_summary(city, formulas=True).worksheets[0]

    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_total_of_no_rows_is_no_formula():
    target = BytesIO()
    columns = [PrintedColumn("社区"), PrintedColumn("人数")]

    count = write_workbook(
        target, PrintedSheet("表", columns, [], total=["合计", 0], sums=True)
    )

    assert count == 0
    assert load_workbook(target).active["B4"].value == 0
