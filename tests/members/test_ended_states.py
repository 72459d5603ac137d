"""A state that may be of another thing is shown, and can be answered."""

import pytest

from exchange.import_kinds import Verdict
from members.roster.ended_states import ENDED_STATE, SAYS_NOTHING
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import plan

__all__ = ["plan"]


def outcome_of(plan, heading, text, **answers):
    rows = [person(1, **{heading: text}), person(2, **{heading: "正常"})]
    content = workbook(rows, header=(*HEADER, heading), above=["党员花名册"])
    return plan(content, answers=answers)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("党员状态", "离职"),
        ("人员状态", "停用"),
        ("状态", "注销"),
        ("撤销标识", "已返回"),
        ("党籍状态", "不正常"),
        ("离退时间", "2021.3"),
        ("调出日期", "2021.3.1"),
        ("注销日期", "2024-05-01"),
    ],
)
def test_a_state_that_refuses_a_row_can_be_answered(plan, heading, text):
    refused = outcome_of(plan, heading, text)
    (group,) = refused.groups()[ENDED_STATE]
    entered = outcome_of(plan, heading, text, by_group={group["key"]: SAYS_NOTHING})
    left_out = outcome_of(plan, heading, text, **{ENDED_STATE: "leave_out"})

    assert [p.verdict for p in refused.plans] == [Verdict.REFUSE, Verdict.CREATE]
    assert refused.questions() == []
    assert group["label"].startswith(heading)
    assert [p.verdict for p in entered.plans] == [Verdict.CREATE] * 2
    assert "ended_state_answered" in entered.plans[0].flags
    assert entered.doubts == []
    assert ENDED_STATE in entered.groups()
    assert left_out.plans[0].verdict == Verdict.REFUSE


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("党员状态", "死亡"),
        ("党籍状态", "开除党籍"),
        ("是否转出", "是"),
        ("去世日期", "2021.3"),
        ("转出党支部", "柳岸社区第一党支部"),
    ],
)
def test_who_has_died_moved_or_was_expelled_is_no_matter_of_an_answer(
    plan, heading, text
):
    outcome = outcome_of(plan, heading, text, **{ENDED_STATE: SAYS_NOTHING})

    assert outcome.plans[0].verdict == Verdict.REFUSE
    assert ENDED_STATE not in outcome.groups()
