"""The branch named by the lines around a table."""

import pytest

from exchange.import_kinds import Verdict
from members.roster.errors import (
    BranchesDiffer,
    SheetOfOtherOrganization,
    SheetOfUnknownOrganization,
)
from tests.factories.exchange import HEADER, book, person, workbook
from tests.factories.organizations import BranchFactory
from tests.members.test_roster import only_plan, plan
from tests.messages import refusal_of, says

__all__ = ["plan"]


@pytest.mark.parametrize("sheet", ["1.第一支部", "第一支部名册", "第一支部（12人）"])
def test_a_sheet_may_be_numbered_or_called_a_list(plan, sheet):
    header = [name for name in HEADER if name != "所在支部"]

    row_plan = only_plan(plan(workbook([person(1)], header=header, sheet=sheet)))

    assert (row_plan.fields["branch"], row_plan.flags) == (
        "东社区第一支部",
        ["branch_from_sheet"],
    )


@pytest.mark.parametrize(
    ("below", "meant"),
    [(["第一支部党员名册"], "东社区第一支部"), (["第一支部", "第二支部"], None)],
)
def test_the_one_branch_named_below_its_community_s_title_is_meant(
    plan, east, street, staff, below, meant
):
    BranchFactory(name="东社区第二支部", parent=east)
    header = [name for name in HEADER if name != "所在支部"]
    content = workbook([person(1)], header=header, above=["东社区党员名册", *below])

    row_plan = only_plan(plan(content, by=staff, organization=street))

    assert row_plan.fields.get("branch") == meant


@pytest.mark.parametrize(
    ("above", "sheet", "rows"),
    [
        (["长安街道西社区党员花名册"], "名册", [person(1)]),
        (["填报单位（盖章）：西社区党总支"], "名册", [person(1)]),
        (["党员花名册"], "西社区", [person(1)]),
        (["西社区党员花名册"], "名册", [["第一支部（1人）"], person(1, branch=None)]),
        (["党员花名册"], "名册", [["西社区（1人）"], person(1)]),
    ],
)
def test_short_names_in_a_sheet_of_another_community_are_refused(
    plan, west, above, sheet, rows
):
    content = workbook(rows, above=above, sheet=sheet)

    row_plan = only_plan(plan(content))

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(SheetOfOtherOrganization))
    assert "西社区" in row_plan.message


@pytest.mark.parametrize(
    "above", ["长安街道西社区党员花名册", "长安街道党员花名册", "某街道党员花名册"]
)
def test_a_full_name_takes_precedence_over_the_title(plan, west, above):
    content = workbook([person(1, branch="东社区第一支部")], above=[above])

    row_plan = only_plan(plan(content))

    assert (row_plan.verdict, row_plan.fields["branch"]) == (
        Verdict.CREATE,
        "东社区第一支部",
    )


@pytest.mark.parametrize("above", ["长安街道党员花名册", "长安街道东社区党员花名册"])
def test_the_street_or_the_community_itself_in_the_title_is_accepted(plan, west, above):
    row_plan = only_plan(plan(workbook([person(1)], above=[above])))

    assert row_plan.fields["branch"] == "东社区第一支部"


def test_a_street_s_workbook_has_a_sheet_for_each_community(
    plan, street, east, west, staff
):
    BranchFactory(name="西社区第一支部", parent=west)
    sheets = {
        name: [["长安街道党员花名册"], list(HEADER), person(number)]
        for number, name in enumerate(("东社区", "西社区"), start=1)
    }

    outcome = plan(book(sheets), by=staff, organization=street)

    branches = [row_plan.fields.get("branch") for row_plan in outcome.plans]
    assert branches == ["东社区第一支部", "西社区第一支部"]


def test_title_and_sheet_that_name_different_branches_name_none(plan, east):
    BranchFactory(name="东社区第二支部", parent=east)
    header = [name for name in HEADER if name != "所在支部"]
    content = workbook(
        [person(1)], header=header, above=["第二支部党员花名册"], sheet="第一支部"
    )

    row_plan = only_plan(plan(content))

    differ = refusal_of(BranchesDiffer, names="东社区第二支部、东社区第一支部")
    assert says(row_plan.message, f"^第3行 所在支部：{differ}$")


UNBRANCHED = ("姓名", "性别", "身份证号码", "入党时间", "转正时间", "管理类别")
UNKNOWN_TITLES = (
    "西山社区党员花名册",
    "云栖街道西山社区2026年党员花名册",
    "填报单位：西山社区",
    "中共枣阳市北城街道西山社区支部委员会党员花名册",
)
NAMELESS_TITLES = (
    "党员花名册",
    "东社区党员花名册",
    "长安街道东社区党员花名册",
    "某市长安街道东社区党员花名册",
    "各社区党员花名册",
    "2026年度社区党员花名册",
    "所在村党员花名册",
)


@pytest.mark.parametrize("above", UNKNOWN_TITLES)
def test_a_title_of_a_community_that_nobody_knows_is_asked_about(plan, above):
    content = workbook([person(1)], above=["党员花名册", above])

    asked = plan(content)
    ours = plan(content, answers={"title_place": "ours"})
    other = plan(content, answers={"title_place": "leave_out"})

    assert asked.questions() == ["title_place"]
    assert only_plan(asked).fields["title_names"] == "西山社区"
    assert (ours.questions(), only_plan(ours).verdict) == ([], Verdict.CREATE)
    assert only_plan(ours).payload.branch.name == "东社区第一支部"
    assert says(only_plan(other).message, refusal_of(SheetOfUnknownOrganization))


@pytest.mark.parametrize("above", NAMELESS_TITLES)
def test_a_title_without_an_unknown_name_asks_nothing(plan, above):
    outcome = plan(workbook([person(1)], above=[above]))

    assert outcome.questions() == []


@pytest.mark.parametrize(
    ("above", "named"),
    [
        ("武汉市江汉区东社区党员花名册", "武汉市江汉区东社区"),
        ("江汉区唐家墩街道东社区第一支部党员通讯录", "江汉区唐家墩街道东社区"),
        ("黑龙江省哈尔滨市东社区党支部党员名册", "黑龙江省哈尔滨市东社区"),
    ],
)
def test_a_title_of_our_community_s_name_in_another_city_is_asked_about(
    plan, above, named
):
    outcome = plan(workbook([person(1)], above=[above]))
    full = plan(workbook([person(1, 所在支部="东社区第一支部")], above=[above]))

    assert [one.questions() for one in (outcome, full)] == [["title_place"]] * 2
    assert only_plan(outcome).fields["title_names"] == named


def test_an_unknown_community_in_a_cell_or_a_heading_is_asked_about(plan):
    header = (*HEADER, "所属社区")
    in_cell = workbook([person(1, 所属社区="西山社区")], header=header)
    in_heading = book({"花名册": [list(HEADER), ["西山社区党员"], person(1)]})

    assert [plan(one).questions() for one in (in_cell, in_heading)] == [
        ["title_place"],
        ["title_place"],
    ]


def test_a_full_name_in_the_row_needs_no_answer_about_the_title(plan):
    row = person(1, branch="东社区第一支部")

    assert plan(workbook([row], above=["西山社区党员花名册"])).questions() == []


def test_a_sheet_of_check_ins_of_an_unknown_community_is_asked_about(plan):
    content = workbook(
        [person(1)], header=UNBRANCHED, above=["西山社区在职党员报到登记表"]
    )

    assert plan(content).questions() == ["title_place"]
