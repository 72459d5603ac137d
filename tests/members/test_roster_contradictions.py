"""One place says full member, another probationary: somebody looks at it, once."""

import pytest

from members.enums import Standing
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import only_plan, plan

__all__ = ["plan"]

FULL_BUT = [
    ("政治面貌", "中共预备党员"),
    ("发展阶段", "预备党员"),
    ("党员阶段", "预备党员"),
    ("是否转正", "否"),
    ("是否预备党员", "是"),
    ("党籍状态", "预备党员"),
]
PROBATIONARY_BUT = [
    ("转正情况", "已转正"),
    ("转正情况", "按期转正"),
    ("是否按期转正", "是"),
    ("发展阶段", "正式党员"),
    ("政治面貌", "正式党员"),
    ("是否预备党员", "否"),
]


def plan_with(plan, kind, heading, text, *, above=()):
    probationary = {"转正时间": None, "入党时间": "2026-03-01"}
    row = person(1, **{"党员类别": kind, heading: text})
    row |= probationary if kind == "预备党员" else {}
    header = tuple(dict.fromkeys((*HEADER, "党员类别", heading)))
    return only_plan(plan(workbook([row], header=header, above=above)))


@pytest.mark.parametrize(
    ("kind", "heading", "text"),
    [("正式党员", *pair) for pair in FULL_BUT]
    + [("预备党员", *pair) for pair in PROBATIONARY_BUT],
)
def test_a_standing_that_another_column_contradicts_is_asked_about(
    plan, kind, heading, text
):
    row_plan = plan_with(plan, kind, heading, text)

    (doubt,) = row_plan.doubts
    assert (doubt.heading, doubt.text) == (heading, f"{text}（本行按{kind}读取）")


@pytest.mark.parametrize(
    ("kind", "title"),
    [("正式党员", "预备党员花名册"), ("预备党员", "正式党员花名册")],
)
def test_a_standing_that_the_title_contradicts_is_asked_about(plan, kind, title):
    row_plan = plan_with(plan, kind, "备注", None, above=[title])

    (doubt,) = row_plan.doubts
    assert doubt.text == f"{title}（本行按{kind}读取）"


def test_a_probationary_list_whose_member_has_a_day_of_becoming_full_is_asked_about(
    plan,
):
    row_plan = only_plan(plan(workbook([person(1)], above=["预备党员花名册"])))

    assert row_plan.payload.values["standing"] == Standing.FULL
    assert [doubt.text for doubt in row_plan.doubts] == [
        "预备党员花名册（本行按正式党员读取）"
    ]


@pytest.mark.parametrize(
    ("kind", "heading", "text"),
    [
        ("预备党员", "政治面貌", "中共党员"),
        ("正式党员", "政治面貌", "中共党员"),
        ("预备党员", "转正情况", "未转正"),
        ("预备党员", "转正情况", "预备期未满"),
        ("预备党员", "转正情况", "拟2027年转正"),
        ("预备党员", "转正情况", "延期转正"),
        ("正式党员", "转正情况", "按期转正"),
        ("正式党员", "是否转正", "是"),
        ("正式党员", "发展阶段", "正式党员"),
        ("正式党员", "是否预备党员", "否"),
    ],
)
def test_columns_that_agree_ask_nothing(plan, kind, heading, text):
    assert plan_with(plan, kind, heading, text).doubts == ()
