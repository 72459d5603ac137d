"""A state of something else than the membership says nothing of who has left."""

import pytest

from exchange.doubts import DoubtSource
from exchange.import_kinds import Verdict
from members.roster.errors import HasLeft
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import plan
from tests.messages import refusal_of, says

__all__ = ["plan"]

OTHER_THINGS = (
    *("账号状态", "用户状态", "就业状态", "手机状态", "优待证状态", "社保状态"),
    *("居住证状态", "在职状态", "学籍状态", "劳动合同状态", "微信状态", "档案状态"),
    *("党员账号状态", "医保标识", "低保状态", "小程序状态"),
)
ENDED = ("停用", "注销", "离职", "失效", "终止", "退出", "作废", "停止")


def outcome_of(plan, heading, text):
    rows = [person(1, **{heading: text}), person(2, **{heading: "正常"})]
    return plan(workbook(rows, header=(*HEADER, heading)))


@pytest.mark.parametrize("heading", OTHER_THINGS)
@pytest.mark.parametrize("text", ENDED)
def test_a_state_of_another_thing_neither_refuses_nor_asks(plan, heading, text):
    outcome = outcome_of(plan, heading, text)

    assert [p.verdict for p in outcome.plans] == [Verdict.CREATE] * 2
    assert outcome.doubts == []


@pytest.mark.parametrize("heading", ["账号状态", "社保状态", "档案状态"])
@pytest.mark.parametrize("text", ["死亡", "已去世", "病故"])
def test_a_death_refuses_whatever_it_is_the_state_of(plan, heading, text):
    first, _second = outcome_of(plan, heading, text).plans

    assert says(first.message, refusal_of(HasLeft))


@pytest.mark.parametrize("heading", ["蓝杉状态", "砚棠标识"])
@pytest.mark.parametrize("text", ENDED)
def test_a_state_of_an_unknown_thing_is_asked_about(plan, heading, text):
    outcome = outcome_of(plan, heading, text)

    assert [p.verdict for p in outcome.plans] == [Verdict.CREATE] * 2
    assert {d["text"] for d in outcome.unseen if d["source"] == DoubtSource.COLUMN} == {
        text
    }


@pytest.mark.parametrize(
    "heading", ["党员状态", "党籍状态", "人员状态", "组织关系状态", "管理状态", "状态"]
)
@pytest.mark.parametrize("text", ["注销", "退出", "终止"])
def test_a_state_of_the_membership_refuses(plan, heading, text):
    first, second = outcome_of(plan, heading, text).plans

    assert (first.verdict, second.verdict) == (Verdict.REFUSE, Verdict.CREATE)
