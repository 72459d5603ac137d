"""Proposals for superiors' forms whose labels stand in groups or name a time."""

from io import BytesIO

import openpyxl
import pytest

from reports.actions import keep_form
from reports.enums import CellPeriod
from reports.superior_forms.blanks import open_form
from reports.superior_forms.proposals import propose
from sheets.fill import name_cell
from tests.factories.exchange import upload

pytestmark = pytest.mark.django_db


def propose_by_name(form):
    """Return the proposals by the names of their cells."""
    cells = propose(form, open_form(form))
    return {name_cell(cell.row, cell.column): cell for cell in cells}


def grid_form(street, staff, rows, *merged, title="分组"):
    """Keep a form with merged headings."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for span in merged:
        book.active.merge_cells(span)
    buffer = BytesIO()
    book.save(buffer)
    file = upload(buffer.getvalue(), f"{title}.xlsx")
    return keep_form(file, title=title, organization=street, by=staff)


def test_an_unknown_part_of_a_group_is_not_taken_for_the_group(street, east, staff):
    rows = (
        ("社区", "党员数", None, None, "本年累计", None),
        (None, "合计", "女", "少数民族", "转入", "转出"),
        ("东社区", None, None, None, None, None),
    )
    spans = ("A1:A2", "B1:D1", "E1:F1")
    found = propose_by_name(grid_form(street, staff, rows, *spans))

    assert {name: (one.indicator, one.period) for name, one in found.items()} == {
        "B3": ("members_closing", CellPeriod.MONTH),
        "C3": ("members_women", CellPeriod.MONTH),
        "E3": ("members_in", CellPeriod.YEAR),
        "F3": ("members_out", CellPeriod.YEAR),
    }


@pytest.mark.parametrize(
    "rows",
    [
        (("党员总数", None, "少数民族", None),),
        (("", "", "少数民族"), ("党员总数", "东社区", None)),
        (("单位", "", "", "党员总数"), ("东社区", "党委", "人数", None)),
    ],
    ids=["side by side", "in the column", "in the row"],
)
def test_a_part_that_nobody_knows_of_gets_no_number(street, east, staff, rows):
    last = "D" if len(rows[-1]) > 3 else "C"
    found = propose_by_name(grid_form(street, staff, rows))

    assert f"{last}{len(rows)}" not in found


def test_a_part_of_another_number_gets_no_part_of_the_members(street, east, staff):
    rows = (
        ("社区", "申请入党人数", None, "党员数", None),
        (None, "合计", "女", "合计", "女"),
        ("东社区", None, None, None, None),
    )
    spans = ("A1:A2", "B1:C1", "D1:E1")
    found = propose_by_name(grid_form(street, staff, rows, *spans))

    assert {name: one.indicator for name, one in found.items()} == {
        "B3": "members_applicants",
        "D3": "members_closing",
        "E3": "members_women",
    }


PERIODIC = (
    ("社区", "党员总数", "转入", "本月转出", "上期"),
    ("东社区", None, None, None, None),
)


@pytest.mark.parametrize(
    ("title", "line", "period"),
    [
        ("党建工作月报", "2026年度", CellPeriod.MONTH),
        ("党建工作统计表", "2026年6月", CellPeriod.MONTH),
        ("党建工作季报", "填报单位：", CellPeriod.QUARTER),
        ("统计表", "2026年第二季度", CellPeriod.QUARTER),
        ("党建工作年度统计表", "", CellPeriod.YEAR),
        ("上半年统计表", "", None),
        ("半年报", "", None),
        ("统计表", "2026年1—6月", None),
    ],
)
def test_what_a_form_counts_is_of_its_own_period(
    street, east, staff, title, line, period
):
    rows = (("街道党建工作",), (line,), *PERIODIC)
    found = propose_by_name(grid_form(street, staff, rows, title=title))

    assert found["B4"].period == CellPeriod.MONTH
    assert (found["C4"].period if "C4" in found else None) == period


def test_a_number_of_the_month_before_is_not_proposed_for_a_quarter(
    street, east, staff
):
    rows = (("指标", "本季度累计", "上期", "上年同期"), ("转入", None, None, None))
    found = propose_by_name(grid_form(street, staff, rows, title="季报"))

    assert {name: one.period for name, one in found.items()} == {
        "B2": CellPeriod.QUARTER
    }


def test_a_form_with_its_labels_on_the_left_tells_the_time_by_column(street, staff):
    rows = (
        ("党建工作情况", None, None, None, None, None),
        ("填报单位：", None, None, None, None, None),
        ("指标名称", "计量单位", "代码", "本月", "本年累计", "上年同期"),
        ("党员总数", "人", "01", None, None, None),
        ("转入", "人", "02", None, None, None),
        ("流动人口", "人", "03", None, None, None),
    )
    form = grid_form(street, staff, rows, "A1:F1", "A2:F2")
    found = {name: (c.indicator, c.period) for name, c in propose_by_name(form).items()}

    assert found.pop("A2") == ("", CellPeriod.MONTH)
    assert found == {
        "D4": ("members_closing", CellPeriod.MONTH),
        "F4": ("members_closing", CellPeriod.YEAR_AGO),
        "D5": ("members_in", CellPeriod.MONTH),
        "E5": ("members_in", CellPeriod.YEAR),
        "F5": ("members_in", CellPeriod.YEAR_AGO),
    }


def test_a_band_is_proposed_where_its_group_stands_above(street, east, staff):
    rows = (
        ("表", None, None, None),
        ("", None, None, None),
        ("单位", "年龄", None, None),
        ("", "30岁及以下", "31至35岁", "36至40岁"),
        ("东社区", None, None, None),
    )
    form = grid_form(street, staff, rows)

    assert {cell.breakdown for cell in propose_by_name(form).values()} <= {"", "age"}
