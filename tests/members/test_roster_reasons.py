"""The reason of a refusal says what is true of the person."""

import pytest

from exchange.import_kinds import Verdict
from members.roster.errors import BelowInflow, BelowOthers, HasLeft
from members.roster.state_errors import OutOfContact
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import only_plan, plan
from tests.messages import refusal_of, says

__all__ = ["plan"]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        *[("党员状态", "失联"), ("是否失联党员", "是"), ("党籍状态", "失联党员")],
        ("目前状况", "失去联系"),
    ],
)
def test_who_is_out_of_contact_has_neither_left_nor_died(plan, heading, text):
    rows = workbook([person(1, **{heading: text})], header=(*HEADER, heading))

    row_plan = only_plan(plan(rows))

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(OutOfContact))
    assert not says(row_plan.message, refusal_of(HasLeft))


@pytest.mark.parametrize("line", ["流入党员", "四、流入党员（1名）", "外来流动党员"])
def test_who_has_come_from_elsewhere_is_a_member_of_another_branch(plan, line):
    _first, second = plan(workbook([person(1), [line], person(2)])).plans

    assert second.verdict == Verdict.REFUSE
    assert says(second.message, refusal_of(BelowInflow))
    assert not says(second.message, refusal_of(BelowOthers))


def test_a_column_that_some_rows_are_read_from_is_not_said_to_be_unread(plan):
    header = (*HEADER, "人员类别", "党员类别")
    rows = [
        person(1, 管理类别=None, 人员类别="正式党员", 党员类别="离退休党员"),
        person(2, 管理类别=None, 人员类别="离退休党员", 党员类别="正式党员"),
    ]

    outcome = plan(workbook(rows, header=header))

    assert outcome.unknown_columns == {}
