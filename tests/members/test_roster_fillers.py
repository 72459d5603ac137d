"""What an office types where it has nothing to say replaces nothing on record."""

import datetime as dt

import pytest

from core.identity import check_character
from core.months import today
from exchange.doubts import DOUBTS, LEAVE_OUT, DoubtSource
from exchange.import_kinds import Verdict
from tests.factories.exchange import person, workbook
from tests.factories.members import MemberFactory
from tests.members.test_roster import only_plan, plan
from tests.members.test_sheet_doubts import entered, texts_of

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
        *("见系统", "详见系统", "同系统", "保密", "略", "未提供", "不便透露"),
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


@pytest.mark.parametrize(
    "digits",
    [
        *("13000000000", "18900000000", "12345678901", "00000000000"),
        *(
            "１３００００００００0",
            13000000000,
            "同上",
            "见系统",
            "保密",
        ),
    ],
)
def test_a_phone_that_only_fills_the_cell_is_no_phone_and_no_question(plan, digits):
    outcome = plan([person(1, 手机号码=digits)])

    row = only_plan(outcome)
    assert (row.fields["phone"], row.flags) == (None, ["phone_filler"])
    assert outcome.doubts == []


@pytest.mark.parametrize(
    "digits", ["13900000001", "13812345678", "13888888888", "18612340000"]
)
def test_a_phone_with_many_equal_digits_may_be_somebodys(plan, digits):
    assert only_plan(plan([person(1, 手机号码=digits)])).fields["phone"] == digits


@pytest.mark.parametrize("filler", ["见系统", "保密", "不详", "略"])
def test_a_filler_in_the_place_of_an_identity_number_is_a_missing_one(plan, filler):
    row = only_plan(plan([person(1, 身份证号码=filler)]))

    assert "为空，必须填写" in row.message


def born(day):
    body = f"429901{day:%Y%m%d}003"
    return person(1, 身份证号码=body + check_character(body))


@pytest.mark.parametrize(
    ("years", "asked"), [(10, True), (17, True), (30, False), (104, False), (107, True)]
)
def test_an_age_that_no_member_has_is_looked_at(plan, years, asked):
    day = today().replace(day=1) - dt.timedelta(days=365 * years + years // 4)
    row = born(day) | {"入党时间": None, "转正时间": None}
    answers = {"standing": "full"}

    outcome = plan([row], answers=answers)

    assert bool(texts_of(outcome, DoubtSource.NUMBER)) == asked
    left_out = entered(plan([row], answers={**answers, DOUBTS: LEAVE_OUT}))
    assert left_out == ([] if asked else [2])
