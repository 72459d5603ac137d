"""Which branch the lines around a table mean."""

import pytest

from exchange.import_kinds import Verdict
from tests.factories.exchange import HEADER, book, person, workbook
from tests.factories.organizations import BranchFactory
from tests.members.test_roster import only, plan

__all__ = ["plan"]


@pytest.mark.parametrize("sheet", ["1.第一支部", "第一支部名册", "第一支部（12人）"])
def test_a_sheet_may_be_numbered_or_called_a_list(plan, sheet):
    header = [name for name in HEADER if name != "所在支部"]

    judged = only(plan(workbook([person(1)], header=header, sheet=sheet)))

    assert (judged.fields["branch"], judged.flags) == (
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

    judged = only(plan(content, by=staff, organization=street))

    assert judged.fields.get("branch") == meant


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
def test_a_sheet_of_another_community_lends_its_short_names_to_nobody(
    plan, west, above, sheet, rows
):
    content = workbook(rows, above=above, sheet=sheet)

    judged = only(plan(content))

    assert judged.verdict == Verdict.REFUSE
    assert "标题写的是“" in judged.message
    assert "西社区" in judged.message


@pytest.mark.parametrize(
    "above", ["长安街道西社区党员花名册", "长安街道党员花名册", "某街道党员花名册"]
)
def test_a_name_in_full_is_meant_whatever_the_title_says(plan, west, above):
    content = workbook([person(1, branch="东社区第一支部")], above=[above])

    judged = only(plan(content))

    assert (judged.verdict, judged.fields["branch"]) == (
        Verdict.CREATE,
        "东社区第一支部",
    )


@pytest.mark.parametrize("above", ["长安街道党员花名册", "长安街道东社区党员花名册"])
def test_the_street_or_the_community_itself_in_the_title_is_no_other(plan, west, above):
    judged = only(plan(workbook([person(1)], above=[above])))

    assert judged.fields["branch"] == "东社区第一支部"


def test_a_street_s_workbook_has_a_sheet_for_each_community(
    plan, street, east, west, staff
):
    BranchFactory(name="西社区第一支部", parent=west)
    sheets = {
        name: [["长安街道党员花名册"], list(HEADER), person(number)]
        for number, name in enumerate(("东社区", "西社区"), start=1)
    }

    outcome = plan(book(sheets), by=staff, organization=street)

    told = [judged.fields.get("branch") for judged in outcome.plans]
    assert told == ["东社区第一支部", "西社区第一支部"]


def test_title_and_sheet_that_name_different_branches_name_none(plan, east):
    BranchFactory(name="东社区第二支部", parent=east)
    header = [name for name in HEADER if name != "所在支部"]
    content = workbook(
        [person(1)], header=header, above=["第二支部党员花名册"], sheet="第一支部"
    )

    judged = only(plan(content))

    assert judged.message == (
        "第3行 所在支部：标题和工作表名称写的支部不一致："
        "东社区第二支部、东社区第一支部。请改正，或在支部一列逐行写明"
    )
