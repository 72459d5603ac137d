"""What an office types where it has nothing to say replaces nothing on record."""

import pytest

from exchange.import_kinds import Verdict
from tests.factories.exchange import person, workbook
from tests.factories.members import MemberFactory
from tests.members.test_roster import only_plan, plan

__all__ = ["plan"]

pytestmark = pytest.mark.django_db
KNOWN = {
    "家庭住址": "光明巷74号",
    "备注": "老党员",
    "固定电话": "0300-85559915",
    "学历": "大学本科",
    "民族": "汉族",
}
COLUMNS = (*KNOWN, "手机号码", "转正时间")
HEADER = tuple(person(1, **KNOWN))


@pytest.mark.parametrize(
    "filler",
    [
        "",
        "无",
        "—",
        "/",
        "－",
        "\\",
        "不详",
        "没有",
        "未知",
        "暂无",
        "同上",
        "〃",
        "。",
    ],
)
@pytest.mark.parametrize("columns", [(one,) for one in COLUMNS] + [COLUMNS])
def test_a_filler_replaces_nothing_on_record(plan, branch, columns, filler):
    known = person(1, **KNOWN)
    entered = only_plan(plan(workbook([known], header=HEADER)))
    assert {"address", "remark", "landline"} <= {*entered.payload.values}
    MemberFactory(**entered.payload.values, organization=branch)

    row = {**known, **dict.fromkeys(columns, filler)}
    again = only_plan(plan(workbook([row], header=HEADER)))

    assert again.changes == {}
    assert again.verdict in {Verdict.UNCHANGED, Verdict.REFUSE}
