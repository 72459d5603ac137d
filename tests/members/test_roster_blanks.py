"""What databases and offices write for nothing is nothing, in every column."""

import pytest

from exchange.import_kinds import Verdict
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import only_plan, plan

__all__ = ["plan"]

NOTHING = (
    *("NULL", "null", "Null", "None", "undefined", "nan", "NaN", "(空)", "（空）"),
    *("\\N", "<null>", "(null)", "N/A", "无", "-"),
)
TEXTS = ("固定电话", "家庭住址", "备注", "民族", "学历", "手机号码", "工作单位")


def plan_row(plan, **cells):
    header = tuple(dict.fromkeys((*HEADER, *cells)))
    return plan(workbook([person(1, **cells)], header=header, above=["党员花名册"]))


@pytest.mark.parametrize("nothing", NOTHING)
@pytest.mark.parametrize("heading", [*TEXTS, "转正时间", "职务", "外出流向", "情况"])
def test_a_word_for_nothing_is_blank(plan, heading, nothing):
    cells = {heading: nothing, "党员类别": "正式党员"}
    outcome = plan_row(plan, **cells)
    blank = plan_row(plan, **{heading: None, "党员类别": "正式党员"})

    assert outcome.doubts == []
    assert only_plan(outcome).flags == only_plan(blank).flags
    assert only_plan(outcome).payload.values == only_plan(blank).payload.values


@pytest.mark.parametrize("heading", TEXTS)
@pytest.mark.parametrize("nothing", ["0", "0.0", 0])
def test_a_zero_in_a_column_of_texts_is_no_text(plan, heading, nothing):
    outcome = plan_row(plan, **{heading: nothing})
    blank = plan_row(plan, **{heading: None})

    assert outcome.doubts == []
    assert only_plan(outcome).payload.values == only_plan(blank).payload.values


@pytest.mark.parametrize("nothing", ["0000-00-00", "0000-00-00 00:00:00", "0000/00/00"])
def test_the_day_that_a_database_has_for_none_is_none(plan, nothing):
    row_plan = only_plan(plan_row(plan, 入党时间=nothing))

    assert row_plan.verdict == Verdict.CREATE
    assert "join_missing" in row_plan.flags


@pytest.mark.parametrize("text", ["M", "m", "先生", "♂", "男性", "1_男", "Male"])
def test_a_man_is_a_man_in_every_spelling(plan, text):
    row_plan = only_plan(plan_row(plan, 性别=text))

    assert (row_plan.verdict, row_plan.payload.values["sex"]) == (Verdict.CREATE, "1")


@pytest.mark.parametrize("text", ["F", "女士", "♀", "女性", "2_女", "female"])
def test_a_woman_in_any_spelling_contradicts_the_number_of_a_man(plan, text):
    assert only_plan(plan_row(plan, 性别=text)).verdict == Verdict.REFUSE
