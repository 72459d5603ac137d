"""Rows of a register of mobile members of people who are back, on no day."""

import datetime as dt

import pytest

from core.identity import check_character
from core.months import today
from exchange.doubts import DOUBTS, LEAVE_OUT, DoubtSource
from exchange.import_kinds import Verdict
from members.mobile.returns import IMPORT_DAY, IS_BACK, STILL_AWAY
from members.models import MobileRecord
from tests.factories.exchange import workbook
from tests.factories.members import identity_number
from tests.members.test_mobile_register import HEADER, bring, member, only, plan, row
from tests.members.test_sheet_doubts import texts_of

__all__ = ["bring", "member", "plan"]
pytestmark = pytest.mark.django_db
STATES = [
    *(("目前状态", "已返乡"), ("流动状态", "已返回"), ("状态", "已返回本地")),
    *(("是否返回", "是"), ("流动状况", "已回流"), ("流动情况说明", "不再流动")),
]


def with_state(heading, text, n=1, **changes):
    header = (*HEADER, heading)
    return workbook([row(n, **{heading: text}, **changes)], header=header)


@pytest.mark.parametrize(("heading", "text"), STATES)
def test_who_is_back_by_a_column_of_the_state_is_asked_about(
    plan, member, heading, text
):
    outcome = plan(with_state(heading, text))

    assert (outcome.questions(), outcome.unseen) == ([IS_BACK], [])
    assert only(outcome).fields[IS_BACK] == f"{heading}：{text}"


@pytest.mark.parametrize(("heading", "text"), STATES)
def test_an_absence_ends_on_the_day_of_the_import_if_the_person_says_so(
    plan, bring, member, heading, text
):
    bring([row()])
    content = with_state(heading, text)

    asked = only(plan(content))
    ended = only(plan(content, **{IS_BACK: IMPORT_DAY}))
    left_out = only(plan(content, **{IS_BACK: "leave_out"}))
    away = only(plan(content, **{IS_BACK: STILL_AWAY}))

    assert (asked.verdict, asked.questions) == (Verdict.UPDATE, (IS_BACK,))
    assert (ended.verdict, ended.payload.ends_on) == (Verdict.UPDATE, today())
    assert left_out.verdict == Verdict.REFUSE
    assert away.verdict == Verdict.UNCHANGED


def test_a_recorded_return_is_not_asked_about_again(plan, bring, member):
    bring([row(返回日期="2026-02-01")])

    again = plan(with_state("目前状态", "已返乡"))

    assert (only(again).verdict, again.questions()) == (Verdict.UNCHANGED, [])
    assert MobileRecord.objects.get().ends_on == dt.date(2026, 2, 1)


@pytest.mark.parametrize("text", ["在外", "未返回", "尚未返乡", "否"])
def test_who_is_still_away_is_not_taken_as_back(plan, member, text):
    assert only(plan(with_state("是否返回", text))).questions == ()
    assert only(plan(with_state("目前状态", text))).questions == ()


def test_a_known_name_with_nearly_its_number_is_looked_at_in_registers(plan, member):
    body = identity_number(1)[:16] + str((int(identity_number(1)[16]) + 2) % 10)
    mistyped = row(公民身份号码=body + check_character(body))

    outcome = plan([mistyped], unrecorded="enter", standing="full")

    (text,) = texts_of(outcome, DoubtSource.PERSON)
    assert member.organization.name in text
    left_out = plan(
        [mistyped], unrecorded="enter", standing="full", **{DOUBTS: LEAVE_OUT}
    )
    assert only(left_out).verdict == Verdict.REFUSE


@pytest.mark.parametrize("filler", ["见系统", "保密", "不详"])
def test_a_filler_in_the_place_of_the_number_is_no_number(plan, member, filler):
    assert only(plan([row(公民身份号码=filler)])).flags == ["matched_by_name"]


@pytest.mark.parametrize("remark", ["据说转往外地，待核实情况", "可能重复", "好像失联"])
def test_a_remark_that_may_speak_of_a_departure_is_looked_at(plan, member, remark):
    outcome = plan(with_state("备注", remark))

    assert texts_of(outcome, DoubtSource.REMARK) == {remark: 1}
