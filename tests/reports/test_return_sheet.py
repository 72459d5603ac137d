"""Sheets of monthly returns, read into the open returns of communities."""

import datetime as dt
from decimal import Decimal

import pytest

from exchange.forms import ConfirmForm
from exchange.import_kinds import Verdict, import_kinds
from exchange.imports import import_now
from exchange.imports.plan import plan_file
from exchange.models import ImportBatch
from exchange.sheet_context import SheetAnswers
from organizations.actions import close_month
from reports.enums import ReturnState
from reports.models import MonthlyReturn, ReturnLine, ReturnRound
from tests.factories.exchange import upload, workbook
from tests.factories.reports import JUNE, publish, submit

pytestmark = pytest.mark.django_db

KIND = import_kinds.get("monthly_return")
HEADER = (
    *("社区", "上月末", "发展", "转入", "转出", "去世", "本月末"),
    *("女", "党员大会", "岗位数", "认领人次", "经费支出（万元）"),
)
ABOVE = ("某街道社区党建工作月报表", "所属月份：2026年6月   报送截止：2026年7月5日")
ANSWER = {"difference": "records_incomplete"}


def row(**changes):
    """Return the row of 东社区, which balances and differs in its meetings."""
    return {
        **dict.fromkeys(HEADER, 0),
        "社区": "东社区",
        "党员大会": 2,
    } | changes


@pytest.fixture
def bring(street, staff):
    """Return a function that enters a sheet of the street."""

    def enter(rows, *, by=staff, above=ABOVE, organization=street, **answers):
        return import_now(
            upload(workbook(rows, header=HEADER, above=above), "表.xlsx"),
            kind=KIND,
            organization=organization,
            by=by,
            answers=answers,
        )

    return enter


def only(outcome):
    """Return the plan of the only row."""
    (plan,) = outcome.plans
    return plan


def reported():
    """Return what was typed into returns: community, indicator, number, reason."""
    return [
        (
            line.monthly_return.organization.name,
            line.form_line.indicator,
            line.reported,
            line.reason,
        )
        for line in ReturnLine.objects.order_by("pk")
    ]


TYPED = ("东社区", "meetings_members", Decimal(2), "系统记录尚未补全（上传表格第4行）")


def test_a_number_that_may_be_typed_is_typed_with_the_reason_that_was_answered(
    bring, east
):
    asked = bring([row()])
    assert (asked.questions(), reported()) == (["difference"], [])
    assert ReturnRound.objects.count() == 0

    entered = bring([row()], **ANSWER)

    assert only(entered).changes == {"党员大会": ("0", "2")}
    assert reported() == [TYPED]


def test_a_second_import_changes_nothing(bring, east):
    bring([row()], **ANSWER)

    again = bring([row()])

    plan = only(again)
    assert (plan.verdict, plan.flags) == (Verdict.UNCHANGED, ["unchanged"])
    assert reported() == [TYPED]


def test_the_computed_numbers_may_be_kept(bring, east):
    outcome = bring([row()], difference="keep")

    assert "computed_kept" in only(outcome).flags
    assert reported() == []
    assert MonthlyReturn.objects.get(organization=east).state == ReturnState.DRAFT


def test_members_and_money_follow_the_records_and_the_difference_is_said(bring, east):
    changes = {"上月末": 147, "转入": 1, "本月末": 148, "经费支出（万元）": 1.25}

    outcome = bring([row(党员大会=0, **changes)])

    plan = only(outcome)
    assert plan.message == (
        "上月末：表中147，系统记录0；转入：表中1，系统记录0；本月末：表中148，系统记录0；"
        "经费支出：表中12,500.00 元，系统记录0.00 元"
    )
    assert plan.fields["spend_yuan"] == "12500.00"
    assert reported() == []


@pytest.mark.parametrize("state", ["submitted", "accepted", "closed"])
def test_a_return_that_is_submitted_is_never_overwritten(bring, east, state, secretary):
    bring([row()], difference="keep")
    monthly_return = MonthlyReturn.objects.get(organization=east)
    if state == "closed":
        close_month(east, JUNE, by=None)
    else:
        {"submitted": submit, "accepted": publish}[state](monthly_return)
    before = reported()

    plan = only(bring([row()], **ANSWER))

    assert plan.verdict == Verdict.REFUSE
    words = {"submitted": "已报送", "accepted": "已结账", "closed": "已结账"}
    assert words[state] in plan.message
    assert reported() == before


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"社区": "西街道"}, "找不到"),
        ({"社区": "柳岸社区"}, "不在您的管辖范围内"),
        ({"社区": None}, "未写社区名称"),
        ({"本月末": 1}, "勾稽不平"),
        ({"女": 1}, "多于本月末党员数"),
        ({"经费支出（万元）": 9500}, "单位很可能是元"),
        ({"党员大会": "两次"}, "不是数字"),
        ({"党员大会": 1.5}, "党员大会"),
        ({"党员大会": -1}, "党员大会"),
    ],
)
def test_a_row_in_doubt_is_refused_with_the_reason(
    bring, east, foreign, changes, reason
):
    plan = only(bring([row(**changes)], **ANSWER))

    assert plan.verdict == Verdict.REFUSE
    assert reason in plan.message
    assert reported() == []


def test_one_community_is_read_once_a_month(bring, east):
    outcome = bring([row(), row(党员大会=3)], **ANSWER)

    assert [plan.verdict for plan in outcome.plans] == [Verdict.CREATE, Verdict.REFUSE]
    assert "重复" in outcome.plans[1].message
    assert reported() == [TYPED]


def test_a_number_far_above_the_usual_is_looked_at_and_then_entered(bring, east):
    rows = [row(党员大会=90)]
    asked = bring(rows, **ANSWER)
    (doubt,) = asked.unseen
    assert (doubt["source"], reported()) == ("number", [])

    left_out = bring(rows, **ANSWER, doubts="leave_out")
    assert (only(left_out).verdict, reported()) == (Verdict.REFUSE, [])

    bring(rows, **ANSWER, doubts={"seen": [doubt["key"]]})
    assert [number for _name, _key, number, _reason in reported()] == [90]


def test_numbers_may_carry_their_unit(bring, east):
    bring([row(党员大会="２次")], **ANSWER)

    assert reported() == [TYPED]


@pytest.mark.parametrize(
    ("above", "reason"),
    [
        (("社区党建工作月报表",), "未写明是哪个月"),
        (("社区党建工作月报表", "所属月份：2026年9月"), "晚于当前月份"),
    ],
)
def test_the_month_is_said_or_the_row_is_refused(bring, east, above, reason):
    plan = only(bring([row()], above=above, **ANSWER))

    assert reason in plan.message


@pytest.mark.parametrize(
    ("heading", "above", "amount"),
    [
        ("经费支出（万元）", (), "12500.00"),
        ("经费支出（元）", (), "1.25"),
        ("经费支出", ("单位：人、次、万元",), "12500.00"),
        ("经费支出", ("单位：人、次",), None),
        ("经费支出", ("单位：元、万元",), None),
    ],
)
def test_the_unit_of_money_is_said_or_the_row_is_refused(
    tmp_path, street, staff, east, heading, above, amount
):
    header = (*HEADER[:-1], heading)
    content = workbook(
        [[*list(row().values())[:-1], 1.25]], header=header, above=(*ABOVE, *above)
    )
    path = tmp_path / "sheet"
    path.write_bytes(content)

    plan = only(
        plan_file(
            path,
            filename="表.xlsx",
            kind=KIND,
            by=staff,
            organization=street,
            answers=SheetAnswers(),
        )
    )

    assert plan.fields.get("spend_yuan") == amount


def test_a_community_waits_for_its_street_to_open_the_month(bring, east, secretary):
    plan = only(bring([row()], by=secretary, organization=east, **ANSWER))

    assert "街道尚未布置" in plan.message


def test_a_community_fills_in_its_own_return(bring, east, west, secretary, street):
    bring([row()], difference="keep")

    bring([row()], by=secretary, organization=east, **ANSWER)

    assert reported() == [TYPED]


@pytest.mark.parametrize(
    ("kind", "asked"), [("member_roster", True), ("monthly_return", False)]
)
def test_no_membership_begins_with_a_return(kind, asked):
    form = ConfirmForm(batch=ImportBatch(kind=kind))

    assert ("starts_on" in form.fields) is asked


def test_months_before_the_one_under_way_are_opened_by_the_street(bring, east):
    above = (ABOVE[0], "2026年5月")

    bring([row()], above=above, **ANSWER)

    (opened,) = ReturnRound.objects.all()
    assert opened.month == dt.date(2026, 5, 1)
