"""The national export of who is away, which has no title, is read as a register."""

import pytest

from exchange.errors import OtherSheet
from exchange.import_kinds import Verdict, import_kinds
from members.roster.sheet_types import ABSENCES
from tests.factories.members import identity_number
from tests.members.test_mobile_register import LEFT, member, plan

__all__ = ["member", "plan"]

pytestmark = pytest.mark.django_db

EXPORT = (
    *("党员姓名", "公民身份号码", "人员类别", "所在党组织", "外出流动开始日期"),
    *("外出流向", "流动原因", "流入地党组织", "入党日期", "转正日期"),
    "是否与组织保持联系",
)


def exported(branch):
    """Return a row of the national export of members who are away, without a title."""
    return {
        "党员姓名": "武云",
        "公民身份号码": identity_number(1),
        "人员类别": "正式党员",
        "所在党组织": branch.name,
        "外出流动开始日期": "2025-11-01T16:00:00.000Z",
        "外出流向": "广东省深圳市",
        "流动原因": "外出务工经商",
        "入党日期": "2005-06-30T16:00:00.000Z",
        "转正日期": "2006-06-30T16:00:00.000Z",
        "是否与组织保持联系": "是",
    }


def test_an_export_of_who_is_away_is_read_as_a_register(plan, member, branch):
    (row_plan,) = plan([exported(branch)], header=EXPORT, direction="out").plans

    assert row_plan.verdict in {Verdict.CREATE, Verdict.UPDATE}, row_plan.message
    assert row_plan.payload.starts_on == LEFT


def test_uploaded_as_a_roster_it_is_sent_to_the_registers_and_only_there(
    plan, member, branch
):
    with pytest.raises(OtherSheet) as refusal:
        plan([exported(branch)], header=EXPORT, kind=import_kinds.get("member_roster"))

    assert str(ABSENCES.label) in str(refusal.value)
