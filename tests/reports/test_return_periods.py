"""Of a monthly return's figures only those of the month are read."""

import io

import pytest
import xlsxwriter

from exchange.import_kinds import Verdict, import_kinds
from exchange.imports import import_now
from reports.sheet_import.errors import MonthsContradict, NoFiguresOfMonth
from tests.factories.exchange import upload
from tests.messages import refusal_of, says

pytestmark = pytest.mark.django_db

KIND = import_kinds.get("monthly_return")
TITLE = "某街道社区党建工作月报表（2026年6月）"
OTHER = (
    *("累计", "本年累计", "1-11月", "1至6月", "全年", "计划", "年度目标", "上月"),
    *(
        "上年同期",
        "去年同期",
        "同比",
        "环比增减",
        "第二季度",
        "上半年",
        "应开",
        "近三月",
        "完成率",
    ),
)
OWN = ("本月", "本月数", "当月", "本期", "实际", "完成", "6月")


@pytest.fixture
def bring(street, staff, east):
    """Return a function that plans lines under a title; some cells may be merged."""

    def enter(*lines, title=TITLE, merged=()):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            sheet = book.add_worksheet("月报")
            for number, line in enumerate(([title], *lines)):
                sheet.write_row(number, 0, line)
            for cells, text in merged:
                sheet.merge_range(cells, text)
        (plan,) = import_now(
            upload(stream.getvalue(), "表.xlsx"),
            kind=KIND,
            organization=street,
            by=staff,
            answers={},
        ).plans
        return plan

    return enter


def numbers(plan):
    return {label: after for label, (_before, after) in plan.changes.items()}


@pytest.mark.parametrize("words", OTHER)
def test_a_heading_whose_bracket_says_another_time_is_not_the_column(bring, words):
    plan = bring(
        ["社区", f"党员大会（{words}）", "支委会"],
        ["东社区", 11, 3],
    )

    assert numbers(plan) == {"支委会": "3"}


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("words", OTHER)
def test_of_two_columns_below_a_heading_that_of_the_month_is_read(bring, words, own):
    plan = bring(
        ["社区", "党员大会", "", "支委会", ""],
        ["", words, own, words, own],
        ["东社区", 11, 1, 33, 3],
    )

    assert numbers(plan) == {"党员大会": "1", "支委会": "3"}
    assert "month_column" in plan.flags


@pytest.mark.parametrize("words", ["本年累计", "上年同期", "计划"])
def test_merged_headings_are_read_with_the_words_below_them(bring, words):
    plan = bring(
        ["社区", "党员大会", "", "支委会", ""],
        ["", words, "本月", words, "本月"],
        ["东社区", 11, 1, 33, 3],
        merged=[
            *[("A1:E1", TITLE), ("A2:A3", "社区")],
            *[("B2:C2", "党员大会"), ("D2:E2", "支委会")],
        ],
    )

    assert numbers(plan) == {"党员大会": "1", "支委会": "3"}


def test_a_merged_heading_with_nothing_below_it_is_not_guessed(bring):
    plan = bring(
        ["社区", "党员大会", "", "支委会", ""],
        ["", "本年累计", "本月", "", ""],
        ["东社区", 11, 1, 33, 3],
        merged=[("A2:A3", "社区"), ("B2:C2", "党员大会"), ("D2:E2", "支委会")],
    )

    assert numbers(plan) == {"党员大会": "1"}


@pytest.mark.parametrize("heading", ["党员大会（次）", "党员大会", "党员大会次数"])
def test_a_unit_in_brackets_changes_nothing(bring, heading):
    assert numbers(bring(["社区", heading], ["东社区", 2])) == {"党员大会": "2"}


def test_a_sheet_without_figures_of_the_month_says_so(bring):
    plan = bring(["社区", "党员大会（1-6月）", "支委会（全年）"], ["东社区", 11, 33])

    assert plan.verdict == Verdict.REFUSE
    assert says(plan.message, refusal_of(NoFiguresOfMonth))


@pytest.mark.parametrize("month", ["2026年5月", "5月", "2026-05", "5月份"])
def test_a_row_of_another_month_than_the_title_is_refused(bring, month):
    plan = bring(["社区", "月份", "党员大会"], ["东社区", month, 2])

    assert plan.verdict == Verdict.REFUSE
    assert says(plan.message, refusal_of(MonthsContradict))


@pytest.mark.parametrize("month", ["2026年6月", "6月", "2026-06", "2026年06月"])
def test_a_row_of_the_month_of_the_title_is_read(bring, month):
    plan = bring(["社区", "月份", "党员大会"], ["东社区", month, 2])

    assert numbers(plan) == {"党员大会": "2"}


@pytest.mark.parametrize("line", ["填报日期：2026年7月5日", "制表时间：2026年7月5日"])
def test_the_day_of_filling_in_is_no_month_of_the_return(bring, line):
    plan = bring(["社区", "月份", "党员大会"], ["东社区", "2026年6月", 2], title=line)

    assert numbers(plan) == {"党员大会": "2"}


def test_figures_below_another_month_than_the_title_are_refused(bring):
    plan = bring(["社区", "党员大会", ""], ["", "本年累计", "5月"], ["东社区", 11, 1])

    assert plan.verdict == Verdict.REFUSE
    assert says(plan.message, refusal_of(MonthsContradict))
