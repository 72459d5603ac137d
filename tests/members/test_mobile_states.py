"""Whoever is gone, back, lost or transferred is never entered as away or come.

Every word stands once in every column of a register, of a person who is recorded and of
one who is not, of somebody who has gone and of somebody who has come.
"""

import pytest

from exchange.doubts import DoubtSource
from exchange.import_kinds import Verdict
from members.enums import Direction
from members.mobile.returns import IS_BACK
from tests.factories.exchange import workbook
from tests.factories.members import MemberFactory, identity_number
from tests.members.test_mobile_register import member, only, plan

__all__ = ["member", "plan"]
pytestmark = pytest.mark.django_db

READ = (
    *("流动情况", "流动性质", "流动类型", "流入流出", "流动党员类型", "流动党员类别"),
    *("去向", "外出原因", "活动证编号"),
)
UNREAD = ("流动状态", "组织关系状态", "管理状态", "目前状态", "组织关系", "现状")
COLUMNS = (*READ, *UNREAD)
GONE = (
    *("去世", "已去世", "2024年3月病故", "已转出", "停止党籍", "已除名", "已退党"),
    *("失联", "纳入失联", "组织关系已转出", "关系已转走", "关系转走"),
    *("已转组织关系", "已转出组织关系", "已将组织关系转往流入地"),
    *("组织关系转往深圳市", "流出（已去世）", "务工期间去世"),
)
BACK = ("已返回", "已返乡", "结束流动", "已返回原籍")
UNSURE = ("已转入流入地党支部", "组织关系已转入", "已注销", "待转出", "下落不明")
WORDS = (*GONE, *BACK, *UNSURE)
PLAIN = {"流动状态": "流动中", "目前状态": "在外", "组织关系状态": "正常"}


def person(heading, text, direction, n):
    """Return one row with one more column, which says a word."""
    gone = direction is Direction.OUT
    row = {
        "姓名": "武云",
        "公民身份号码": identity_number(n),
        "流出地": "东社区" if gone else "河南省周口市",
        "流入地": "深圳市" if gone else "东社区",
        "流动时间": "2025-11-02",
        "外出原因": "务工",
        "加入党组织时间": "2005-07-01",
        "所在党支部": "第一支部",
    }
    if heading == "去向":
        del row["流入地"]
    return {**row, heading: text}


def register(heading, texts, direction, first=1):
    """Return a register of one person for each word of a column."""
    rows = [person(heading, t, direction, n) for n, t in enumerate(texts, first)]
    title = "外出流动党员台账" if direction is Direction.OUT else "流入党员台账"
    return workbook(rows, header=tuple(rows[0]), sheet="Sheet1", above=[title])


def find_unasked(outcome, heading, texts):
    """Return the words of rows that would be entered without anybody reading them."""
    shown = {(d["heading"], d["text"]) for d in outcome.unseen}
    return [
        text
        for row, text in zip(outcome.plans, texts, strict=True)
        if row.verdict != Verdict.REFUSE
        and not (IS_BACK in row.questions and text in row.fields[IS_BACK])
        and (heading, text) not in shown
    ]


@pytest.fixture
def recorded(branch):
    """Members of 东社区第一支部, one for each word."""
    return [
        MemberFactory(name="武云", id_number=identity_number(n), organization=branch)
        for n, _text in enumerate(WORDS, 1)
    ]


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("heading", COLUMNS)
def test_nobody_who_is_gone_or_back_is_entered_unasked(
    plan, recorded, heading, direction
):
    known = plan(register(heading, WORDS, direction))
    unknown = plan(
        register(heading, WORDS, direction, first=101),
        unrecorded="enter",
        standing="full",
    )

    assert find_unasked(known, heading, WORDS) == []
    assert find_unasked(unknown, heading, WORDS) == []


@pytest.mark.parametrize("text", ["去世", "已返回", "组织关系已转出", "已注销"])
def test_a_register_of_one_person_is_read_as_carefully(plan, member, text, subtests):
    for heading in COLUMNS:
        with subtests.test(heading=heading):
            outcome = plan(register(heading, [text], Direction.OUT))

            assert find_unasked(outcome, heading, [text]) == []


@pytest.mark.parametrize("heading", READ)
def test_who_has_died_or_left_is_refused_by_every_column_that_is_read(
    plan, recorded, heading
):
    outcome = plan(register(heading, GONE, Direction.OUT))

    for row, text in zip(outcome.plans, GONE, strict=True):
        assert row.verdict == Verdict.REFUSE
        assert f"{heading}：{text}" in row.message


@pytest.mark.parametrize(("heading", "text"), PLAIN.items())
def test_who_is_simply_away_is_not_asked_about(plan, member, heading, text):
    outcome = plan(register(heading, [text], Direction.OUT))

    assert (only(outcome).verdict, outcome.unseen) == (Verdict.CREATE, [])


@pytest.mark.parametrize(
    "text", ["跨省流动", "省内流动", "长期外出", "流出", "务工经商"]
)
def test_the_kind_of_a_flow_is_no_doubt(plan, member, text):
    outcome = plan(register("流动类型", [text], Direction.OUT))

    assert [d for d in outcome.unseen if d["source"] == DoubtSource.COLUMN] == []


@pytest.mark.parametrize("text", ["2024年已注销", "0012（遗失）", "2023年收回"])
def test_a_certificate_that_has_ended_is_shown_and_not_recorded(plan, member, text):
    outcome = plan(register("活动证编号", [text], Direction.OUT))

    assert [d["text"] for d in outcome.unseen] == [text]
    assert only(outcome).fields["certificate_number"] is None


@pytest.mark.parametrize("text", ["流出", "流入"])
def test_the_state_of_a_row_says_its_direction(plan, member, text):
    row = {
        "姓名": "武云",
        "公民身份号码": identity_number(2),
        "所在党支部": "第一支部" if text == "流出" else "安徽省阜阳市耿棚镇党支部",
        "流动状态": text,
        "流入地/流出地": "浙江省义乌市",
        "流动日期": "2025-11-02",
        "流动原因": "务工",
    }
    outcome = plan(
        workbook([row], header=tuple(row), sheet="Sheet1", above=["党员流动情况统计表"])
    )

    fields = only(outcome).fields
    assert fields["direction_text"] == text
    assert fields["destination"] == ("浙江省义乌市" if text == "流出" else None)
    if text == "流入":
        assert fields["home_branch"] == "安徽省阜阳市耿棚镇党支部"
