"""Who is in service, with a branch here named: a member here, or one checked in."""

import pytest

from exchange.errors import UnwantedSheet
from exchange.import_kinds import Verdict
from members.enums import Category
from members.roster.errors import HasLeft, UnknownType
from members.roster.state_errors import (
    BelongsElsewhere,
    BelongsToCheckIns,
    BelongsToRegister,
    BranchElsewhere,
    MembershipKept,
    MembershipStopped,
    StateUnsure,
)
from members.roster.workers import BELONGS, CHECKS_IN, WORKS
from organizations.errors import UnknownOrganization
from tests.factories.exchange import person, workbook
from tests.factories.members import MemberFactory, identity_number
from tests.members.test_roster import only_plan, plan
from tests.messages import refusal_of, says

__all__ = ["plan"]

COLUMNS = ("党员状态", "人员类别", "类别")
WORDS = ("在职", "在职职工", "在职教师", "在职人员")


def employed(heading="党员状态", text="在职", above=(), n=1, **changes):
    """Return a roster of one member who is in service, and whose branch is named."""
    row = person(n, 管理类别=None, 转正时间="2011-07-01", **changes)
    del row["管理类别"]
    row[heading] = text
    return workbook([row], header=tuple(row), above=above)


@pytest.mark.parametrize("heading", COLUMNS)
@pytest.mark.parametrize("text", WORDS)
def test_whether_who_is_in_service_belongs_here_is_asked(plan, heading, text):
    outcome = plan(employed(heading, text))

    assert WORKS in outcome.questions()
    assert only_plan(outcome).fields["category"] is None


def test_the_branch_of_the_title_asks_as_well(plan):
    content = employed(above=["东社区第一支部党员花名册"], 所在支部=None)

    assert WORKS in plan(content).questions()


def test_in_service_members_are_checked_in_if_somebody_says_so(plan):
    outcome = plan(employed(), answers={WORKS: CHECKS_IN})

    payload = only_plan(outcome).payload
    assert (outcome.questions(), payload.community.name) == ([], "东社区")
    assert payload.values["category"] == Category.IN_SERVICE


def test_members_of_the_branch_who_work_are_its_members_like_any_other(plan):
    open_category = plan(employed(), answers={WORKS: BELONGS})
    settled = plan(employed(), answers={WORKS: BELONGS, "category": "resident"})

    assert open_category.questions() == ["category"]
    payload = only_plan(settled).payload
    assert (settled.questions(), payload.community) == ([], None)
    assert payload.branch.name == "东社区第一支部"


def test_the_word_never_changes_the_category_on_record(plan, branch):
    MemberFactory(
        name=person(1)["姓名"],
        id_number=identity_number(1),
        organization=branch,
        category=Category.RESIDENT,
    )

    row = only_plan(plan(employed()))

    assert row.verdict in {Verdict.UNCHANGED, Verdict.UPDATE}
    assert not any(
        str(Category.IN_SERVICE.label) in str(c) for c in row.changes.values()
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(("流入党员", BelongsToRegister), ("流入", BelongsToRegister)),
        *(("报到党员", BelongsToCheckIns), ("双报到党员", BelongsToCheckIns)),
        *(("保留党籍", MembershipKept), ("恢复党籍", MembershipKept)),
        *(("组织关系已转出", HasLeft), ("挂靠党员", BelongsElsewhere)),
        *(("停止党籍", MembershipStopped), ("蓝杉", UnknownType)),
    ],
)
def test_a_kind_of_other_people_is_named_with_where_they_belong(plan, text, reason):
    row = {**person(1), "党员类型": text}
    del row["转正时间"]

    refused = only_plan(plan(workbook([row], header=tuple(row))))

    assert refused.verdict == Verdict.REFUSE
    assert says(refused.message, refusal_of(reason))
    assert "党员类型：" in refused.message


def test_a_state_that_may_be_of_a_post_is_not_called_a_departure(plan):
    refused = only_plan(plan(employed(text="离职")))

    assert says(refused.message, refusal_of(StateUnsure))
    assert "党员状态：" in refused.message


def test_a_branch_of_the_affiliation_elsewhere_is_no_misspelt_name(plan):
    row = person(1)
    named = "市第一人民医院内科党支部"
    del row["所在支部"]
    elsewhere = {**row, "组织关系所在党支部": named}
    misspelt = {**row, "所在党支部": named}

    refused = [
        only_plan(plan(workbook([one], header=tuple(one)))).message
        for one in (elsewhere, misspelt)
    ]

    assert says(refused[0], refusal_of(BranchElsewhere))
    assert says(refused[1], refusal_of(UnknownOrganization))


EXPORT = ("提交答卷时间", "所用时间", "来源", "来源详情", "来自IP")


@pytest.mark.parametrize("title", [None, "东社区党员信息登记", "党员花名册"])
@pytest.mark.parametrize("numbered", [True, False])
@pytest.mark.parametrize("kept", [3, 5])
def test_an_export_of_a_questionnaire_stays_one(plan, title, numbered, kept):
    own = person(1)
    filled = dict.fromkeys(EXPORT[:kept], "微信")
    questions = {
        f"{n}、{name}" if numbered else name: value
        for n, (name, value) in enumerate(own.items(), 1)
    }
    row = {"序号": 1, **filled, **questions}

    with pytest.raises(UnwantedSheet) as refusal:
        plan(workbook([row], header=tuple(row), above=[title] if title else ()))

    assert [s["type"] for s in refusal.value.recognized] == ["questionnaire"]


@pytest.mark.parametrize(
    "title",
    [
        *("东社区第一支部外出流动党员登记表", "东社区第一支部流出党员名册"),
        *("东社区第一支部流动党员登记台账", "中共东社区第一支部委员会流动党员名册"),
    ],
)
def test_the_title_of_a_register_gives_its_branch(plan, title):
    row = person(1)
    del row["所在支部"]

    read = only_plan(plan(workbook([row], header=tuple(row), above=[title])))

    assert read.fields["branch"] == "东社区第一支部"
