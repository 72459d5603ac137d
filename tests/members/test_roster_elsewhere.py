"""People of elsewhere: whoever a word says to belong elsewhere is asked about."""

import pytest

from exchange.import_kinds import Verdict
from members.enums import Category
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import only_plan, plan

__all__ = ["plan"]

ELSEWHERE = (
    *("流动党员（流入）", "外来流动党员", "流动党员-流入", "流入流动党员", "流入"),
    *("非本社区党员", "非直管党员", "组织关系不在社区", "户籍不在本社区", "社区代管"),
    *("离退休（关系在原单位）", "未退休返聘", "退休党员（原单位管理）", "流入地居民"),
    *("挂靠社区", "社区报到党员", "不属社区直管", "前社区党员", "临时居民党员"),
)
KINDS = (
    "是否流动党员",
    "流动情况",
    "管理类别",
    "类别",
    "人员类别",
    "党员类型",
    "党员状态",
    "流动类型",
)
OURS = {
    **dict.fromkeys(
        ("离退休党员", "企业退休职工", "退休教师党员", "离退休干部", "已退休"),
        Category.RETIRED,
    ),
    **dict.fromkeys(
        ("流动党员（流出）", "外出务工流动党员", "流动党员", "流出党员"),
        Category.MOBILE,
    ),
    **dict.fromkeys(
        ("居民党员", "社区直管党员", "社区党员", "无职党员", "1_居民党员"),
        Category.RESIDENT,
    ),
    **dict.fromkeys(
        ("未就业高校毕业生", "待就业大学生", "毕业生未就业", "待安置退役军人"),
        Category.AWAITING,
    ),
}


def plan_with(plan, heading, text):
    row = person(1, **{"管理类别": None, "党员类别": "正式党员", heading: text})
    header = dict.fromkeys((*HEADER, "党员类别", heading))
    return only_plan(plan(workbook([row], header=tuple(header))))


@pytest.mark.parametrize("heading", KINDS)
@pytest.mark.parametrize("word", ELSEWHERE)
def test_who_may_belong_elsewhere_is_asked_about_with_the_word(plan, heading, word):
    row_plan = plan_with(plan, heading, word)

    assert [doubt.text for doubt in row_plan.doubts] == [word]
    assert "category" in row_plan.questions
    assert row_plan.fields["category"] is None


@pytest.mark.parametrize("heading", ["管理类别", "类别", "党员类型"])
@pytest.mark.parametrize(("word", "category"), OURS.items())
def test_a_word_that_is_understood_as_a_whole_is_a_category(
    plan, heading, word, category
):
    row_plan = plan_with(plan, heading, word)

    assert row_plan.payload.values["category"] == category
    assert (row_plan.questions, row_plan.doubts) == ((), ())


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        *[("组织关系", "未转入"), ("组织关系", "在外单位"), ("组织关系", "未接转")],
        *[("党员来源", "外来务工党员"), ("党员来源", "外单位借调")],
        *[("人员身份", "寄居"), ("管理方式", "代管"), ("管理方式", "双重管理")],
    ],
)
def test_a_column_of_where_people_come_from_is_asked_about_once(plan, heading, word):
    row_plan = plan_with(plan, heading, word)

    assert [(d.heading, d.text) for d in row_plan.doubts] == [(heading, word)]


@pytest.mark.parametrize(
    ("heading", "word"),
    [("组织关系", "在本社区"), ("组织关系", "已落实"), ("党员来源", "本地发展")],
)
def test_a_column_of_where_people_come_from_that_says_here_asks_nothing(
    plan, heading, word
):
    assert plan_with(plan, heading, word).doubts == ()


@pytest.mark.parametrize("word", ["未就业人员", "无业", "工人", "农牧渔民", "学生"])
def test_a_trade_is_no_category_and_says_nothing_against_a_member(plan, word):
    row_plan = plan_with(plan, "人员类别", word)

    assert row_plan.questions == ("category",)
    assert row_plan.doubts == ()


@pytest.mark.parametrize("word", ["农村党员", "机关党员", "两新党员", "国企党员"])
def test_a_kind_by_trade_refuses_no_row_that_says_the_standing(plan, word):
    row = person(1, 党员类型=word)

    row_plan = only_plan(plan(workbook([row], header=(*HEADER, "党员类型"))))

    assert (row_plan.verdict, row_plan.message) == (Verdict.CREATE, "")
    assert row_plan.doubts == ()


def test_an_unknown_kind_is_asked_about_where_the_day_says_the_standing(plan):
    row = person(1, 党员类型="荣誉党员")

    row_plan = only_plan(plan(workbook([row], header=(*HEADER, "党员类型"))))

    assert row_plan.verdict == Verdict.CREATE
    assert [doubt.text for doubt in row_plan.doubts] == ["荣誉党员"]


@pytest.mark.parametrize("word", ["流出", "外出", "流出党员"])
def test_gone_is_an_answer_to_whether_somebody_is_mobile(plan, word):
    row_plan = plan_with(plan, "是否流动党员", word)

    assert row_plan.payload.values["category"] == Category.MOBILE


@pytest.mark.parametrize("word", ["短期", "不定"])
def test_an_answer_that_is_neither_yes_nor_no_is_asked_about(plan, word):
    row_plan = plan_with(plan, "是否流动党员", word)

    assert [(d.heading, d.text) for d in row_plan.doubts] == [("是否流动党员", word)]


@pytest.mark.parametrize("word", ["非正式党员", "原正式党员", "曾为预备党员"])
def test_a_denied_standing_is_none(plan, word):
    row = person(1, 转正时间=None, 党员类别=word)

    row_plan = only_plan(plan(workbook([row], header=(*HEADER, "党员类别"))))

    assert row_plan.verdict == Verdict.REFUSE
