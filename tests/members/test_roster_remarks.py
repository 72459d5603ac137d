"""Remarks that contradict that somebody is a current member."""

import pytest

from exchange.doubts import DOUBTS, ENTER, LEAVE_OUT, DoubtSource
from exchange.import_kinds import Verdict
from members.enums import Category
from members.roster.errors import HasLeft, NotAMember, RemarkOfMistake
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import only_plan, plan
from tests.members.test_sheet_doubts import entered, texts_of
from tests.messages import refusal_of, says

__all__ = ["plan"]

COLUMNS = ("备注", "说明", "情况说明", "其他说明", "备注2", "核查结果")
LEFT = (
    "已转省外",
    "转外省",
    "已转走",
    "组织关系已转出",
    "去世",
    "2024年3月去世",
    "退党",
)
MISTAKEN = ("误录", "录错了", "重复", "重复录入", "查无此人", "非本支部党员", "错登")
OTHERS = (
    "群众",
    "不是党员",
    "积极分子",
    "入党积极分子",
    "发展对象",
    "非党员",
    "民盟盟员",
)
UNSURE = (
    "配偶去世",
    "与第5行重复",
    "转往广东，介绍信已开",
    "原为群众代表，情况待核",
)
HARMLESS = (
    "2001年确定为积极分子",
    "已转正",
    "转业军人",
    "联系群众工作积极",
    "未转出",
    "拟转出",
    "转出地：广州",
    "从省外转入",
    "困难党员",
    "党小组长",
    "2019年由西社区转来",
)


def plan_remark(plan, column, text, *, answers=(), **changes):
    row = person(1, **{column: text}, **changes)
    outcome = plan(workbook([row], header=(*HEADER, column)), answers=answers)
    return only_plan(outcome)


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        *((text, HasLeft) for text in LEFT),
        *((text, RemarkOfMistake) for text in MISTAKEN),
        *((text, NotAMember) for text in OTHERS),
    ],
)
def test_a_remark_that_contradicts_membership_refuses_the_row(
    plan, column, text, refusal
):
    row_plan = plan_remark(plan, column, text)

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(refusal))
    assert text in row_plan.message


@pytest.mark.parametrize("text", [*LEFT[:3], *MISTAKEN[:3], *OTHERS[:3]])
def test_it_does_so_among_other_words(plan, text):
    row_plan = plan_remark(plan, "备注", f"住东路5号；{text}，见附件")

    assert row_plan.verdict == Verdict.REFUSE


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("text", UNSURE)
def test_what_may_be_told_of_somebody_else_or_another_time_is_asked(plan, column, text):
    row = person(1, **{column: text})
    content = workbook([row], header=(*HEADER, column))

    asked = plan(content)
    yes, no = (plan(content, answers={DOUBTS: said}) for said in (ENTER, LEAVE_OUT))

    assert texts_of(asked, DoubtSource.REMARK) == {text: 1}
    assert (yes.unseen, entered(yes), entered(no)) == ([], [2], [])


def test_the_way_to_membership_is_asked_about_where_the_row_says_no_more(plan):
    text = "2025年确定为积极分子"
    row = person(1, 转正时间=None, 备注=text)

    outcome = plan(workbook([row], header=(*HEADER, "备注")))

    assert texts_of(outcome, DoubtSource.REMARK) == {text: 1}


@pytest.mark.parametrize("text", HARMLESS)
def test_other_remarks_ask_nothing(plan, text):
    row_plan = plan_remark(plan, "备注", text)

    assert (row_plan.verdict, row_plan.doubts) == (Verdict.CREATE, ())


def test_in_service_in_a_remark_does_not_outweigh_a_branch(plan, branch):
    row_plan = plan_remark(plan, "备注", "在职", 所在支部="第一支部", 管理类别=None)

    assert row_plan.questions == ("category",)
    assert "remark_not_taken" in row_plan.flags
    assert row_plan.payload.branch == branch
    assert row_plan.payload.community is None


def test_nor_does_any_remark_outweigh_the_category(plan, branch):
    row_plan = plan_remark(plan, "备注", "在职", 管理类别="离退休党员")

    assert row_plan.payload.values["category"] == Category.RETIRED


def test_alone_a_remark_gives_the_category_and_the_preview_says_so(plan, branch):
    row_plan = plan_remark(plan, "备注", "退休", 管理类别=None)

    assert row_plan.payload.values["category"] == Category.RETIRED
    assert "category_from_remark" in row_plan.flags
