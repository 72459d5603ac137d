"""What makes a sheet a roster, and what an uncertain sheet may not change unasked."""

import datetime as dt

import pytest

from exchange.errors import DoubtfulSheet, UnwantedSheet
from exchange.import_kinds import Verdict
from members.roster.party_dates import OF_RECORD, OF_SHEET, PARTY_DATES
from tests.factories.exchange import book, person
from tests.factories.members import MemberFactory, identity_number
from tests.members.test_roster import only_plan, plan

__all__ = ["plan"]

PERSON = ("姓名", "性别", "身份证号")
# Lists of other trades with a Party column among theirs, none with a title.
OTHER_LISTS = {
    "applicants": ("报考职位", "准考证号", "笔试成绩", "面试成绩", "入党时间"),
    "interviews": ("报名序号", "政治面貌", "入党时间", "笔试"),
    "students": ("院系", "年级", "入党时间", "转正时间", "宿舍"),
    "graduates": ("学校", "导师", "入学时间", "毕业时间", "入党时间"),
    "decrease": ("减员原因", "减员时间", "入党时间"),
    "points": ("所在支部", "基础分", "加分", "扣分", "总分", "入党时间"),
    "files": ("入党时间", "入党志愿书", "入党申请书", "移交人", "接收人", "移交时间"),
    "probation": ("部门", "入职日期", "转正日期", "政治面貌", "入党时间"),
    "factory": ("科室", "进厂时间", "转正时间", "党员"),
    "insurance": ("参保地", "社保编号", "养老保险", "入党时间"),
    "patients": ("病区", "诊断", "政治面貌", "入党时间"),
    "volunteers": ("志愿者编号", "服务时长", "政治面貌", "入党时间"),
    "subsidy": ("入党时间", "慰问金", "银行卡号", "领取人签字"),
    "training": ("所在支部", "培训班名称", "培训时间", "学时"),
    "cards": ("制卡数", "卡号", "领卡人", "所在支部", "入党时间"),
    "tenants": ("房号", "租期", "是否党员", "入党时间"),
    "vehicles": ("车牌号", "车型", "停车位", "是否党员"),
    "census": ("与户主关系", "宗教信仰", "政治面貌", "入党时间"),
    "physical": ("身高", "体重", "血压", "入党时间"),
    "deputies": ("代表届次", "选区", "党派", "入党时间"),
    "staff": ("考勤号", "部门", "政治面貌", "入党时间", "入职日期", "合同到期时间"),
}
ROSTERS = {
    "usual": ("民族", "入党时间", "转正时间", "联系电话"),
    "work": ("出生年月", "学历", "入党时间", "工作单位及职务", "备注"),
    "branch": ("党支部", "入党时间", "参加工作时间", "职务", "学历"),
    "export": ("所属党组织", "党员类别", "是否流动党员", "户籍所在地"),
    "papers": ("预/正", "入党时间", "转正时间", "入党介绍人1", "入党志愿书", "微信号"),
    "status": ("党组织名称", "党内职务", "党籍状态", "入党时间", "固定电话"),
}


def sheet_of(columns):
    cells = {"姓名": "张一", "性别": "男", "身份证号": identity_number(1)}
    header = (*PERSON, *columns)
    row = [
        cells.get(column, "2005.07.01" if column.endswith(("时间", "日期")) else "甲")
        for column in header
    ]
    return book({"Sheet1": [list(header), row]})


@pytest.mark.parametrize("columns", OTHER_LISTS.values(), ids=list(OTHER_LISTS))
def test_a_party_column_among_those_of_another_trade_makes_no_roster(plan, columns):
    with pytest.raises(UnwantedSheet):
        plan(sheet_of(columns), name="表.xlsx")


@pytest.mark.parametrize("columns", ROSTERS.values(), ids=list(ROSTERS))
def test_columns_about_people_and_the_party_make_one(plan, columns):
    outcome = plan(sheet_of(columns), name="表.xlsx")

    assert outcome.recognized[0]["type"] == "roster"


def test_the_refusal_names_the_strange_columns_and_the_answer_reads_the_sheet(plan):
    sheet = sheet_of(OTHER_LISTS["vehicles"])

    with pytest.raises(DoubtfulSheet) as refusal:
        plan(sheet, name="表.xlsx")
    outcome = plan(sheet, name="表.xlsx", answers={"types": {"Sheet1": "roster"}})

    assert "车牌号、车型、停车位" in str(refusal.value)
    assert len(outcome.plans) == 1


@pytest.mark.parametrize(
    ("text", "phone", "landline"),
    [
        ("027-87654321", None, "027-87654321"),
        ("87654321", None, "87654321"),
        ("13900000001/027-87654321", "13900000001", "027-87654321"),
        ("027-87654321 13900000001", "13900000001", "027-87654321"),
        ("13900000001", "13900000001", None),
    ],
)
def test_a_landline_in_the_column_of_phones_is_kept(plan, text, phone, landline):
    row_plan = only_plan(plan([person(1, 手机号码=text)]))

    assert row_plan.payload.values.get("phone") == phone
    assert row_plan.payload.values.get("landline") == landline
    assert ("landline_from_phone" in row_plan.flags) is (landline is not None)
    assert "phone_invalid" not in row_plan.flags


@pytest.mark.parametrize("column", ["入党时间", "转正时间"])
def test_a_party_date_on_record_is_not_replaced_unasked(plan, branch, column):
    entered = only_plan(plan([person(1)]))
    member = MemberFactory(**entered.payload.values, organization=branch)
    row = person(1, **{column: "2005.12.15" if column == "入党时间" else "2007.01.15"})

    asked = only_plan(plan([row]))
    kept, taken = (
        only_plan(plan([row], answers={PARTY_DATES: answer}))
        for answer in (OF_RECORD, OF_SHEET)
    )

    assert (asked.verdict, asked.questions) == (Verdict.UPDATE, (PARTY_DATES,))
    assert kept.verdict == Verdict.UNCHANGED
    assert (taken.verdict, taken.questions) == (Verdict.UPDATE, ())
    assert taken.changes
    assert member.join_date == dt.date(2005, 7, 1)


def test_the_same_date_known_more_exactly_is_not_asked_about(plan, branch):
    entered = only_plan(plan([person(1, 入党时间="2005.07")]))
    MemberFactory(**entered.payload.values, organization=branch)

    row_plan = only_plan(plan([person(1, 入党时间="2005.07.15")]))

    assert (row_plan.verdict, row_plan.questions) == (Verdict.UPDATE, ())
