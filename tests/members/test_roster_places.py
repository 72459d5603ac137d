"""Which branch the lines around a table mean."""

import pytest

from tests.factories.exchange import HEADER, person, workbook
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
