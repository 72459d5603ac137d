"""A column of leaving or of another party is never overlooked, however it is filled."""

import pytest

from exchange.doubts import DoubtSource
from exchange.import_kinds import Verdict
from members.roster.errors import HasLeft, NotAMember
from members.roster.known_texts import UNDERSTOOD
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import plan
from tests.messages import refusal_of, says

__all__ = ["plan"]

REASONS = ["调离本校", "毕业离校，档案已寄", "考取外校研究生", "其他"]
PARTIES = ["九三学社", "民建", "农工党", "中国致公党", "民盟盟员", "无党派人士", "群众"]


def plans_of(plan, heading, texts, above=()):
    rows = [person(n, **{heading: text}) for n, text in enumerate(texts, start=1)]
    content = workbook(rows, header=(*HEADER, heading), above=list(above))
    return plan(content)


def asked_of(outcome):
    return [doubt["text"] for doubt in outcome.doubts if doubt["source"] == "column"]


@pytest.mark.parametrize(
    "heading",
    [
        *("转至历史党员库详细原因", "进入历史党员库说明情况", "离校原因", "离职去向"),
        *(
            "党员调离本单位情况",
            "停用原因",
            "党支部注销人员",
            "出国（境）原因",
            "退出类型",
        ),
        *("转往何处党组织", "出库原因", "归档原因", "减员方式"),
    ],
)
@pytest.mark.parametrize("above", [(), ("党员花名册",)])
def test_what_stands_below_a_heading_of_leaving_is_asked_about(plan, heading, above):
    outcome = plans_of(plan, heading, [*REASONS, None, "无", "否"], above)
    asked = [
        name
        for doubt in outcome.doubts
        if doubt["source"] in {"column", "remark"}
        for name in doubt["examples"]
    ]

    for row_plan in outcome.plans[:4]:
        is_asked = any(row_plan.label.startswith(name) for name in asked)
        assert row_plan.verdict == Verdict.REFUSE or is_asked
    assert {"无", "否"}.isdisjoint(asked_of(outcome))
    assert [p.verdict for p in outcome.plans[4:]] == [Verdict.CREATE] * 3


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "离退休时间",
            "退休单位",
            "转出单位",
            "退役时间",
            "入党时间说明",
            "转到本支部时间",
        ),
        *("组织关系转入时间", "历任职务"),
    ],
)
def test_other_days_and_places_say_nothing_of_leaving(plan, heading):
    outcome = plans_of(plan, heading, ["2001年3月", "2002年4月", "2003年5月"])

    assert asked_of(outcome) == []


@pytest.mark.parametrize("text", ["党员去世", "因病离世", "该同志因心脏病死亡"])
@pytest.mark.parametrize("heading", ["停用原因", "转至历史党员库详细原因"])
def test_a_stated_death_refuses_whatever_the_heading(plan, heading, text):
    (row_plan, other) = plans_of(plan, heading, [text, None]).plans

    assert (row_plan.verdict, other.verdict) == (Verdict.REFUSE, Verdict.CREATE)
    assert says(row_plan.message, refusal_of(HasLeft))


def test_the_death_of_a_relative_is_asked_about(plan):
    outcome = plans_of(plan, "出国原因", ["配偶去世"])

    assert [p.verdict for p in outcome.plans] == [Verdict.CREATE]
    assert asked_of(outcome) == ["配偶去世"]


@pytest.mark.parametrize("text", ["封存", "归档"])
def test_a_record_that_was_closed_is_asked_about(plan, text):
    outcome = plans_of(plan, "信息状态", [text] * 3)

    assert asked_of(outcome) == [text]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "党派",
            "所属党派",
            "党派名称",
            "何党派",
            "参加党派",
            "党派类别",
            "所在民主党派",
        ),
        *("其他", "标签", "补充"),
    ],
)
def test_members_of_other_parties_are_refused_in_words(plan, heading):
    outcome = plans_of(plan, heading, [*PARTIES, None], ["党员花名册"])

    assert [p.verdict for p in outcome.plans] == [*[Verdict.REFUSE] * 7, Verdict.CREATE]
    for text, row_plan in zip(PARTIES, outcome.plans, strict=False):
        assert says(row_plan.message, refusal_of(NotAMember))
        assert text in row_plan.message


@pytest.mark.parametrize("text", ["中国共产党", "中共", "中共党员", "无"])
def test_the_party_itself_is_understood_in_a_column_of_parties(plan, text):
    outcome = plans_of(plan, "党派", [text], ["党员花名册"])

    assert [p.verdict for p in outcome.plans] == [Verdict.CREATE]
    assert outcome.doubts == []


@pytest.mark.parametrize("text", ["中共党员、民盟盟员", "1998年加入九三学社"])
def test_another_party_beside_more_is_asked_about(plan, text):
    (row_plan,) = plans_of(plan, "分组", [text]).plans

    assert row_plan.verdict == Verdict.CREATE
    assert (DoubtSource.MEMBER, text) in [(d.source, d.text) for d in row_plan.doubts]


@pytest.mark.parametrize("heading", ["配偶政治面貌", "工作单位性质", "原党派"])
def test_the_party_of_a_relative_or_of_before_refuses_nobody(plan, heading):
    (row_plan,) = plans_of(plan, heading, ["九三学社"]).plans

    assert row_plan.verdict == Verdict.CREATE


@pytest.mark.parametrize(
    ("heading", "is_known"),
    [
        *[("转至历史党员库详细原因", False), ("党派", False), ("党建积分榜", False)],
        *[("历史党员", False), ("党校班次", False)],
        *[("组织关系转入时间", True), ("二级党组织名称", True), ("专业技术职务", True)],
        *[("身份证号码", True), ("现居住地址", True), ("参加工作时间", True)],
    ],
)
def test_no_heading_is_known_by_one_word_in_it(heading, is_known):
    assert UNDERSTOOD[DoubtSource.HEADINGS](heading) is is_known
