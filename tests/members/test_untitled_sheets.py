"""Sheets without any title: a few columns of the Party make no roster.

A list of who was visited, appraised, honoured or moved has the names, the numbers, the
branches and the days of joining of members, and is no register of them.
"""

import pytest

from exchange.errors import FewPartyColumns, OtherSheet, UnwantedSheet
from exchange.import_kinds import Verdict
from tests.factories.exchange import book
from tests.factories.members import identity_number
from tests.members.test_roster import plan
from tests.members.test_sheet_kinds import TYPES

__all__ = ["plan"]

VALUES = {
    "身份证": identity_number(1),
    "姓名": "张一",
    "性别": "男",
    "民族": "汉族",
    "支部": "第一支部",
    "电话": "13900000001",
    "时间": "2005.07.01",
    "日期": "2005.07.01",
    "类别": "居民党员",
}
OTHERS = {
    "transfers": (
        "姓名 性别 身份证号码 原所属党支部 转出党支部",
        "姓名 身份证号码 入党时间 原所在党支部 转入党支部 联系电话",
        "姓名 身份证号码 入党时间 转正时间 转出支部 转往支部",
        "姓名 性别 民族 身份证号码 联系电话 原党组织 现转入党组织",
        "姓名 身份证号码 原组织关系所在党支部 转出至党组织 党费交至",
    ),
    "work": (
        "姓名 身份证号码 所在党支部 入党时间 走访时间",
        "姓名 性别 身份证号码 所在支部 走访情况",
        "姓名 身份证号码 党支部 谈心谈话时间 谈话人",
    ),
    "handouts": (
        "姓名 身份证号码 入党时间 所在党支部 慰问金额",
        "姓名 性别 身份证号码 所在支部 慰问品 签领",
        "姓名 身份证号码 党支部 入党时间 领取签字",
        "姓名 身份证号码 所在支部 入党时间 发放金额 银行卡号",
    ),
    "appraisal": (
        "姓名 身份证号码 所在党支部 入党时间 评议等次",
        "姓名 性别 身份证号码 党支部 自评 互评 评定结果",
        "姓名 身份证号码 所在支部 入党时间 年度考核等次",
    ),
    "honours": (
        "姓名 身份证号码 所在党支部 入党时间 获奖名称",
        "姓名 性别 身份证号码 党支部 荣誉称号 授予单位",
        "姓名 身份证号码 所在支部 入党时间 拟推荐称号",
    ),
}
BARE = (
    "姓名 身份证号码 所在党支部",
    "姓名 身份证号码 入党时间",
    "序号 姓名 身份证号码 入党时间 所在党支部",
    "姓名 性别 身份证号码 入党时间 所在党支部 联系电话",
    "姓名 性别 身份证号码 入党时间 联系电话",
    "姓名 身份证号码 入党时间 转正时间 党支部 备注",
    "姓名 身份证号码 入党时间 所在党支部 党内职务 联系电话",
)
ROSTERS = (
    "姓名 性别 民族 身份证号码 学历 入党时间 转正时间 所在党支部 联系电话",
    "姓名 性别 身份证号码 入党时间 转正时间 所在支部 手机号码 管理类别",
    "姓名 身份证号码 党员类别 入党时间 转正时间 所在党支部 党内职务",
    "姓名 性别 民族 出生年月 身份证号码 学历 入党时间 所在党支部 工作单位",
)


def rows_of(headings):
    """Return the headings, and one person below them."""
    words = headings.split()
    row = [next((v for part, v in VALUES.items() if part in w), "") for w in words]
    return [words, row]


def plan_untitled(plan, headings, **answers):
    return plan(book({"Sheet1": rows_of(headings)}), name="表.xlsx", answers=answers)


@pytest.mark.parametrize(
    ("key", "headings"),
    [(k, sheet) for k, sheets in OTHERS.items() for sheet in sheets],
)
def test_a_list_of_what_befell_members_is_refused_as_what_it_is(plan, key, headings):
    with pytest.raises(OtherSheet) as refusal:
        plan_untitled(plan, headings)

    assert refusal.value.recognized[0]["type"] == key
    assert str(TYPES[key].label) in str(refusal.value)


@pytest.mark.parametrize("headings", BARE)
def test_two_or_three_columns_of_the_party_alone_make_no_roster(plan, headings):
    with pytest.raises(FewPartyColumns) as refusal:
        plan_untitled(plan, headings)

    assert refusal.value.recognized[0]["type"] == ""
    party = [w for w in headings.split() if "党" in w or "转正" in w]
    assert all(word in str(refusal.value) for word in party)


@pytest.mark.parametrize("headings", [*BARE, *(s for o in OTHERS.values() for s in o)])
def test_whoever_uploads_such_a_sheet_may_say_that_it_is_a_roster(plan, headings):
    try:
        outcome = plan_untitled(
            plan, headings, types={"Sheet1": "roster"}, standing="full"
        )
    except UnwantedSheet as refusal:
        pytest.fail(str(refusal))

    assert outcome.recognized[0]["evidence"] == "answer"
    assert len(outcome.plans) == 1


@pytest.mark.parametrize("headings", [*BARE, *ROSTERS])
@pytest.mark.parametrize("place", ["title", "sheet", "file"])
def test_one_word_that_says_so_makes_it_a_roster(plan, headings, place):
    rows = rows_of(headings)
    titled = [["东社区党员花名册"], *rows] if place == "title" else rows
    outcome = plan(
        book({"党员花名册" if place == "sheet" else "Sheet1": titled}),
        name="党员花名册.xlsx" if place == "file" else "表.xlsx",
    )

    assert outcome.recognized[0]["type"] == "roster"


@pytest.mark.parametrize("headings", ROSTERS)
def test_what_has_the_columns_of_a_register_of_people_is_a_roster(plan, headings):
    outcome = plan_untitled(plan, headings)

    assert outcome.recognized[0]["type"] == "roster"
    assert [p.verdict for p in outcome.plans] == [Verdict.CREATE]


def test_a_column_that_calls_everybody_a_member_makes_a_roster(plan):
    rows = [
        ["姓名", "身份证号码", "政治面貌"],
        ["张一", identity_number(1), "中共党员"],
    ]

    assert plan(book({"Sheet1": rows})).recognized[0]["type"] == "roster"
