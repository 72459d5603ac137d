"""Phones, remarks and marks of a roster, and why its rows or sheets are left out."""

import io

import openpyxl
import pytest
from openpyxl.styles import Font

from exchange.doubts import DOUBTS, DoubtSource
from exchange.errors import UnwantedSheet
from exchange.import_kinds import Verdict
from exchange.sheet_types import Evidence
from tests.factories.exchange import HEADER, book, person, workbook
from tests.factories.members import identity_number
from tests.factories.organizations import BranchFactory
from tests.members.test_roster import only_plan, plan

__all__ = ["plan"]


@pytest.mark.parametrize(
    "text",
    [
        "13900000001/13900000002",
        "13900000001、13900000002",
        "13900000001 13900000002",
        "13900000001，13900000002",
        "139-0000-0001/139-0000-0002",
    ],
)
def test_of_two_mobile_numbers_the_first_is_recorded_and_said(plan, text):
    row_plan = only_plan(plan([person(1, 手机号码=text)]))

    assert row_plan.payload.values.get("phone") == "13900000001"
    assert "phone_of_several" in row_plan.flags
    assert "phone_invalid" not in row_plan.flags


def test_two_numbers_of_which_one_is_wrong_are_left_blank(plan):
    row_plan = only_plan(plan([person(1, 手机号码="13900000001/1390000000")]))

    assert "phone" not in row_plan.payload.values
    assert "phone_invalid" in row_plan.flags


def with_remark(plan, standing, remark):
    row = person(1, 党员类别=standing, 备注=remark)
    if standing != "正式党员":
        row["转正时间"] = None
    return plan(workbook([row], header=(*HEADER, "党员类别", "备注")))


@pytest.mark.parametrize(
    ("standing", "remark"),
    [
        ("正式党员", "预备党员"),
        ("正式党员", "未转正"),
        ("正式党员", "现为预备党员，党小组长"),
        ("预备党员", "正式党员"),
        ("预备党员", "已转正"),
    ],
)
def test_a_remark_that_contradicts_the_standing_is_looked_at(plan, standing, remark):
    outcome = with_remark(plan, standing, remark)

    (doubt,) = outcome.unseen
    assert doubt["source"] == DoubtSource.MEMBER
    assert doubt["text"].startswith(remark)


@pytest.mark.parametrize(
    ("standing", "remark"),
    [
        ("正式党员", "2024年7月转正"),
        ("正式党员", "正式党员"),
        ("预备党员", "预备党员"),
        ("预备党员", "党小组长"),
    ],
)
def test_a_remark_that_agrees_with_the_standing_is_not(plan, standing, remark):
    outcome = with_remark(plan, standing, remark)

    assert [d for d in outcome.unseen if d["source"] == DoubtSource.MEMBER] == []


def test_a_row_struck_through_is_left_out_for_that_reason(plan):
    opened = openpyxl.load_workbook(io.BytesIO(workbook([person(1), person(2)])))
    for cell in opened.active[3]:
        cell.font = Font(strike=True)
    content = io.BytesIO()
    opened.save(content)
    (doubt,) = plan(content.getvalue()).unseen

    answers = {DOUBTS: {"seen": [doubt["key"]], "left_out": [doubt["key"]]}}
    outcome = plan(content.getvalue(), answers=answers)

    _first, second = outcome.plans
    assert second.verdict == Verdict.REFUSE
    assert "“”" not in second.message
    assert str(DoubtSource.STRUCK.label) in second.message


NOTES = [
    ["填表说明"],
    ["1", "姓名一栏填写身份证上的姓名"],
    ["2", "入党时间填写支部大会通过之日"],
    ["3", "党支部填写全称"],
]


def test_a_sheet_of_notes_beside_a_roster_is_no_roster_by_the_name_of_the_file(plan):
    content = book({"花名册": [list(HEADER), person(1)], "Sheet2": NOTES})

    outcome = plan(content, name="东社区党员花名册.xlsx")

    assert [one["sheet"] for one in outcome.recognized if one["type"]] == ["花名册"]
    assert [note.sheet for note in outcome.left_out_sheets] == ["Sheet2"]
    assert str(Evidence.FILE_NAME.label) not in outcome.left_out_sheets[0].reason
    assert len(outcome.plans) == 1


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        (
            "",
            "序号 提交答卷时间 所用时间 来源 来自IP 姓名 身份证号码 总分 所在党支部",
        ),
        ("党员满意度调查问卷", "序号 姓名 身份证号码 总分"),
        ("党史知识测试成绩", "姓名 身份证号码 所在支部 总分 用时"),
        ("", "提交时间 姓名 身份证号码 第1题 第2题 总分"),
    ],
)
def test_answers_to_questions_are_not_called_an_appraisal(plan, title, columns):
    header = columns.split()
    row = ["甲"] * len(header)
    row[header.index("身份证号码")] = identity_number(1)

    with pytest.raises(UnwantedSheet) as refusal:
        plan(
            book({"Sheet1": [*([[title]] if title else []), header, row]}),
            name="表.xlsx",
        )

    assert [sheet["type"] for sheet in refusal.value.recognized] == ["questionnaire"]


@pytest.mark.parametrize(
    "words",
    [
        "党员通讯录",
        "党员联系方式",
        "党员电话表",
        "全体党员通信录",
        "党员底册",
        "党员联系电话一览表",
    ],
)
@pytest.mark.parametrize("name", ["东社区第一支部", "东社区第一党支部", "第一支部"])
def test_a_title_of_one_branch_gives_the_branch_whatever_the_list_is_called(
    plan, branch, east, words, name
):
    BranchFactory(parent=east, name="东社区第二支部")

    row_plan = only_plan(plan(workbook([person(1, branch=None)], above=[name + words])))

    assert row_plan.message == ""
    assert row_plan.payload.branch == branch
    assert "branch_from_title" in row_plan.flags
