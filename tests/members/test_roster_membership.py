"""Only known words make a member, and no row depends on which others stand with it."""

import itertools

import pytest

from exchange.doubts import DOUBTS, ENTER, LEAVE_OUT, Doubt, DoubtSource
from exchange.errors import LeftOutAsAnswered
from exchange.import_kinds import Verdict
from members.roster.errors import NotAMember, UnknownType
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import plan
from tests.messages import refusal_of, says

__all__ = ["plan"]

# Words nobody has listed, under headings that say what somebody is.
UNHEARD = ("甲类", "骨干", "考察期", "储备人选", "拟推荐", "青年先锋")
HEADINGS = (
    "人员身份",
    "身份",
    "培养阶段",
    "当前身份",
    "人员类型",
    "类别",
    "政治身份",
)
SILENT = {"转正时间": None, "管理类别": "居民党员"}
# Words of people on the way, and headings that no list has.
ON_THE_WAY = (
    *("入党积极份子", "重点积极分子", "申请者", "培养对象", "考察对象", "预审对象"),
    *("拟发展", "尚未入党", "非党员", "不是党员", "递交申请书", "拟吸收为预备党员"),
)
ANY_HEADING = ("身份", "情况", "分组", "备考说明", "阶段情况")


NO_DAY = "未填入党时间"


def words_of(row_plan):
    """Return the words that leave open whether the person is a member."""
    about = (DoubtSource.MEMBER, DoubtSource.REMARK)
    return [(d.heading, d.text) for d in row_plan.doubts if d.source in about]


def plans_of(plan, rows, *columns, answers=()):
    """Return the plans of rows with some columns more."""
    header = tuple(dict.fromkeys((*HEADER, *columns)))
    return plan(workbook(rows, header=header), answers=answers).plans


def only(plan, changes, *, answers=()):
    """Return the plan of one row that says nothing of the standing by itself."""
    row = person(1, **SILENT | changes)
    (row_plan,) = plans_of(plan, [row], *changes, answers=answers)
    return row_plan


@pytest.mark.parametrize("word", UNHEARD)
@pytest.mark.parametrize("heading", HEADINGS)
def test_an_unknown_word_for_what_somebody_is_makes_no_member(plan, heading, word):
    asked = only(plan, {heading: word}, answers={"standing": "full"})

    assert words_of(asked) == [(heading, word)]


@pytest.mark.parametrize("heading", HEADINGS)
def test_the_answer_to_it_decides_the_row(plan, heading):
    answers = {"standing": "full"}
    yes, no = (
        only(plan, {heading: "甲类"}, answers={**answers, DOUBTS: answer})
        for answer in (ENTER, LEAVE_OUT)
    )

    assert (yes.verdict, yes.questions) == (Verdict.CREATE, ())
    assert no.verdict == Verdict.REFUSE
    assert says(no.message, refusal_of(LeftOutAsAnswered))


@pytest.mark.parametrize("word", UNHEARD)
@pytest.mark.parametrize("heading", ["党员类别", "党籍状态", "党员身份"])
def test_an_unknown_word_for_the_kind_of_member_is_refused(plan, heading, word):
    row_plan = only(plan, {heading: word})

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(UnknownType))


def test_an_unknown_category_makes_no_member(plan):
    assert words_of(only(plan, {"管理类别": "甲类"})) == [("党员类别", "甲类")]


@pytest.mark.parametrize("word", ON_THE_WAY)
@pytest.mark.parametrize("heading", ANY_HEADING)
def test_people_on_the_way_are_refused_by_any_column(plan, heading, word):
    row_plan = only(plan, {heading: word, "党员类别": "正式党员"})

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(NotAMember))


@pytest.mark.parametrize("heading", ["身份", "人员类别", "政治身份", "当前身份"])
@pytest.mark.parametrize("word", ["群众", "共青团员", "民盟"])
def test_who_is_something_else_is_refused_under_any_such_heading(plan, heading, word):
    others = [person(n, **{heading: "正式党员"}) for n in range(2, 8)]

    row_plan = plans_of(plan, [person(1, **{heading: word}), *others], heading)[0]

    assert row_plan.verdict == Verdict.REFUSE


@pytest.mark.parametrize("text", ["2023年列为积极分子", "已确定为发展对象（2024）"])
def test_a_text_that_names_people_on_the_way_is_asked_about(plan, text):
    assert words_of(only(plan, {"情况": text})) == [("情况", text)]
    assert words_of(only(plan, {"情况": text, "党员类别": "正式党员"})) == []


@pytest.mark.parametrize(
    ("heading", "word"),
    [("人员类别", "公务员"), ("身份", "工人"), ("类别", "甲"), ("人员身份", "干部")],
)
def test_a_known_word_answers_for_other_columns(plan, heading, word):
    row_plan = only(plan, {heading: word, "党员类别": "预备党员"})

    assert (row_plan.verdict, row_plan.questions) == (Verdict.CREATE, ())
    assert words_of(row_plan) == []


@pytest.mark.parametrize("heading", ["文化程度", "工作单位", "职务", "婚姻状况"])
def test_columns_of_other_things_ask_nothing(plan, heading):
    row_plan = only(plan, {heading: "其他"}, answers={"standing": "full"})

    assert (row_plan.questions, words_of(row_plan)) == ((), [])


# Kind and category under headings of which several could be meant.
MIXED = [
    {"人员类别": "在职党员", "党员类别": "正式党员"},
    {"人员类别": "公务员", "党员类别": "预备党员"},
    {"人员类别": "正式党员", "党员类别": None},
    {"人员类别": "干部", "党员类别": "甲"},
    {"人员类别": "村干部", "党员类别": None},
    {"人员类别": None, "党员类别": "退休党员"},
    {"人员类别": "入党积极分子", "党员类别": "正式党员"},
    {"人员类别": None, "党员类别": None},
]


def outcomes(plan, chosen):
    """Return what comes of some of the mixed rows, by their number."""
    rows = [
        person(n, **{"转正时间": None, "管理类别": None, **MIXED[n - 1]})
        for n in chosen
    ]
    plans = plans_of(plan, rows, "人员类别", "党员类别")
    return {
        n: (p.verdict, p.fields, p.questions, p.doubts, p.flags, dict(p.reasons).keys())
        for n, p in zip(chosen, plans, strict=True)
    }


def test_no_row_depends_on_which_other_rows_remain(plan):
    numbers = range(1, len(MIXED) + 1)
    together = outcomes(plan, [*numbers])

    for n in numbers:
        assert outcomes(plan, [n])[n] == together[n]
    for pair in itertools.combinations(numbers, 2):
        assert outcomes(plan, [*pair]) == {n: together[n] for n in pair}


def test_a_row_far_down_the_sheet_is_read_like_the_first_ones(plan):
    many = [person(n, 人员类别="在职党员", 党员类别=None) for n in range(1, 60)]
    late = person(70, 人员类别=None, 党员类别="预备党员", 转正时间=None)

    *_first, last = plans_of(plan, [*many, late], "人员类别", "党员类别")

    assert last.fields["member_type"] == "预备党员"


NO_COLUMNS = ("是否党员", "是否中共党员", "是否为党员", "党员与否", "是否党员（是/否）")


@pytest.mark.parametrize("word", ["否", "不是", "×", "N", "0", "无", "—"])
@pytest.mark.parametrize("heading", NO_COLUMNS)
def test_who_is_no_member_by_a_column_that_asks_is_refused(plan, heading, word):
    row_plan = only(plan, {heading: word}, answers={"standing": "full"})

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(NotAMember))


def plan_untitled(plan, changes, *, sheet="Sheet1", name="表.xlsx", answers=()):
    """Return the plan of one row of a list that no title calls a roster."""
    silent = {"入党时间": None, "转正时间": None, "管理类别": "退休"}
    row = person(1, **silent | changes)
    header = tuple(dict.fromkeys((*HEADER, *changes)))
    content = workbook([row], header=header, sheet=sheet)
    answers = {"standing": "full", **dict(answers)}
    (row_plan,) = plan(content, name=name, answers=answers).plans
    return row_plan


def test_who_has_no_day_of_joining_on_an_untitled_list_is_asked_about(plan):
    asked = plan_untitled(plan, {})
    yes, no = (
        plan_untitled(plan, {}, answers={DOUBTS: answer})
        for answer in (ENTER, LEAVE_OUT)
    )

    assert asked.doubts == (Doubt(DoubtSource.MEMBER, "Sheet1", "", NO_DAY),)
    assert (yes.verdict, yes.questions) == (Verdict.CREATE, ())
    assert no.verdict == Verdict.REFUSE


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"入党时间": "2005.07.01"}, {}),
        ({"转正时间": "2006.07.01"}, {}),
        ({"党员类别": "正式党员"}, {}),
        ({"管理类别": "退休党员"}, {}),
        ({"是否党员": "是"}, {}),
        ({}, {"sheet": "党员花名册"}),
        ({}, {"name": "东社区党员花名册.xlsx"}),
        ({}, {"answers": {"types": {"Sheet1": "roster"}}}),
    ],
)
def test_who_is_a_member_by_the_row_or_a_title_is_not_asked_about(plan, changes, names):
    row_plan = plan_untitled(plan, changes, **names)

    assert (row_plan.verdict, row_plan.questions) == (Verdict.CREATE, ())
    assert words_of(row_plan) == []
