"""Doubtful values that are flagged, and irregular ones that are read as meant."""

import datetime as dt
import io
import random
import zipfile

import pytest
import xlsxwriter

from core.errors import DomainError
from exchange.import_kinds import Verdict
from members.enums import Standing
from members.roster.columns import ROSTER
from members.roster.errors import BranchMissing, RecordedUnderOtherName, TooManyRefused
from sheets.read import ColumnSpec
from sheets.read.errors import NoRows
from sheets.read.vocabulary import Vocabulary
from tests.factories.exchange import HEADER, person, workbook
from tests.factories.members import MemberFactory, identity_number
from tests.factories.organizations import BranchFactory
from tests.members.test_roster import only_plan, plan
from tests.messages import refusal_of, says

__all__ = ["plan"]


def verdicts(outcome):
    return [row_plan.verdict for row_plan in outcome.plans]


def branches(outcome):
    return [row_plan.fields.get("branch") for row_plan in outcome.plans]


def test_one_number_under_two_names_is_refused(plan, branch):
    MemberFactory(name="张一", id_number=identity_number(1), organization=branch)

    row_plan = only_plan(plan([person(1, 姓名="张益")]))

    assert row_plan.verdict == Verdict.REFUSE
    renamed = refusal_of(RecordedUnderOtherName, recorded="张一")
    assert says(row_plan.message, f"^第2行 姓名：{renamed}")


def test_a_name_with_another_dot_is_the_same_name(plan, branch):
    MemberFactory(
        name="买买提吐尔逊", id_number=identity_number(1), organization=branch
    )
    row = {"姓名": "买买提•吐尔逊", "身份证号码": identity_number(1)}

    row_plan = only_plan(plan([row]))

    assert row_plan.payload.changes == {"name": "买买提·吐尔逊"}


@pytest.mark.parametrize(
    "remark", ["2026年3月转出", "已去世", "2025.5病逝", "停止党籍", "关系转出"]
)
def test_a_remark_that_the_person_has_left_refuses_the_row(plan, remark):
    header = (*HEADER, "备注")

    row_plan = only_plan(plan(workbook([person(1, 备注=remark)], header=header)))

    assert row_plan.verdict == Verdict.REFUSE
    assert remark in row_plan.message


@pytest.mark.parametrize(
    "remark", ["转入", "离退休", "拟转出", "未办理转出", "未转出", "转出地：广州"]
)
def test_other_remarks_are_kept_as_remarks(plan, remark):
    header = (*HEADER, "备注")

    row_plan = only_plan(plan(workbook([person(1, 备注=remark)], header=header)))

    assert row_plan.flags == []


@pytest.mark.parametrize(
    ("joined", "flags"),
    [
        ("1997.12.31", ["joined_young"]),
        ("1998.01.01", []),
        ("1998.01", ["month_precision"]),
        ("1997.12", ["month_precision", "joined_young"]),
    ],
)
def test_joining_before_the_age_of_18_is_flagged(plan, joined, flags):
    born_in_1980 = person(1, 入党时间=joined, 转正时间="1999.07.01")

    row_plan = only_plan(plan([born_in_1980]))

    assert row_plan.flags == flags


def test_a_crossed_out_row_is_flagged(plan):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as written:
        sheet = written.add_worksheet("花名册")
        bold, struck = written.add_format({"bold": True}), {"font_strikeout": True}
        sheet.write_row(0, 0, HEADER, bold)
        sheet.write_row(1, 0, person(1).values(), bold)
        sheet.write_row(2, 0, person(2).values(), written.add_format(struck))

    outcome = plan(stream.getvalue())

    assert [row_plan.flags for row_plan in outcome.plans] == [[], ["struck_row"]]


@pytest.mark.parametrize("ditto", ["同上", "〃", "同 上"])
def test_ditto_is_the_branch_of_the_row_above(plan, east, ditto):
    BranchFactory(name="东社区第二支部", parent=east)
    rows = [person(1, branch="第二支部"), person(2, branch=ditto)]

    assert branches(plan(rows)) == ["东社区第二支部"] * 2


def test_ditto_does_not_reach_over_a_heading(plan, east):
    BranchFactory(name="东社区第二支部", parent=east)
    rows = [
        person(1, branch="第二支部"),
        ["东社区第一支部（1人）"],
        person(2, branch="同上"),
    ]

    assert branches(plan(rows)) == ["东社区第二支部", "东社区第一支部"]


@pytest.mark.parametrize("nothing", ["/", "无", "——"])
def test_a_dash_names_no_branch(plan, nothing):
    row_plan = only_plan(plan([person(1, branch=nothing)]))

    assert says(row_plan.message, f"^第2行 所在支部：{refusal_of(BranchMissing)}")


@pytest.mark.parametrize("name", ["张一（男）", "张一(男)", "张一 （ 男 ）"])
def test_the_sex_after_a_name_is_no_part_of_it(plan, name):
    row_plan = only_plan(plan([person(1, 姓名=name, 性别=None)]))

    assert (row_plan.verdict, row_plan.fields["name"]) == (Verdict.CREATE, "张一")


def test_the_sex_after_a_name_must_match_the_number(plan):
    row_plan = only_plan(plan([person(1, 姓名="张一（女）", 性别=None)]))

    assert (row_plan.verdict, "性别" in row_plan.message) == (Verdict.REFUSE, True)


def test_a_heading_of_probationary_members_says_what_they_are(plan):
    rows = [
        ["正式党员（1人）"],
        person(1, 转正时间=None),
        ["预备党员（1人）"],
        person(2, 转正时间=None),
    ]

    standings = [row_plan.payload.values["standing"] for row_plan in plan(rows).plans]

    assert standings == [Standing.FULL, Standing.PROBATIONARY]


def test_a_header_with_nobody_below_it_is_refused(plan):
    with pytest.raises(NoRows):
        plan([])


def test_a_sheet_whose_rows_are_nearly_all_wrong_is_refused(plan):
    rows = [person(n, 身份证号码="4.29904E+17") for n in range(1, 1003)]

    with pytest.raises(TooManyRefused, match=refusal_of(TooManyRefused, row=1002)):
        plan([*rows, *rows])


def test_a_sheet_with_many_wrong_rows_among_right_ones_is_read_to_its_end(plan):
    wrong = [person(n, 身份证号码="4.29904E+17") for n in range(1, 1101)]
    right = [person(n) for n in range(1, 301)]

    outcome = plan([*right, *wrong])

    assert verdicts(outcome).count(Verdict.REFUSE) == len(wrong)


def test_the_country_s_code_before_a_phone_is_left_out(plan):
    row_plan = only_plan(plan([person(1, 手机号码="86 13900000001")]))

    assert (row_plan.flags, row_plan.fields["phone"]) == ([], "13900000001")


def test_a_month_may_be_called_one_in_full(plan):
    row_plan = only_plan(plan([person(1, 入党时间="2005年7月份")]))

    assert row_plan.payload.values["join_date"] == dt.date(2005, 7, 1)


@pytest.mark.parametrize(
    ("answer", "standing"),
    [("是", Standing.PROBATIONARY), ("否", Standing.FULL), ("/", None)],
)
def test_a_column_may_ask_who_is_probationary(plan, answer, standing):
    header = (*HEADER, "是否预备党员")
    row = person(1, 转正时间=None, 是否预备党员=answer)

    row_plan = only_plan(plan(workbook([row], header=header)))

    assert row_plan.payload.values.get("standing") == standing
    assert row_plan.questions == (() if standing else ("standing",))


@pytest.mark.parametrize("column", ["是否预备党员", "是否流动党员"])
def test_a_long_number_in_a_column_of_answers_refuses_the_row_alone(plan, column):
    header = (*HEADER, column)
    row = person(1, **{column: 4.29904e17})

    row_plan = only_plan(plan(workbook([row], header=header)))

    assert (
        row_plan.verdict,
        "末几位" in row_plan.message or "精度" in row_plan.message,
    ) == (
        Verdict.REFUSE,
        True,
    )


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("手机号码/联系电话", "phone"),
        ("公民身份证件号码", "id_number"),
        ("正式/预备", "member_type"),
        ("现所属党支部", "branch"),
        ("转为正式时间", "full_member_date"),
        ("党龄起算时间", "full_member_date"),
        ("正式时间", "full_member_date"),
        ("预备时间", "join_date"),
        ("常用手机", "phone"),
    ],
)
def test_headers_of_offices_are_known(written, field):
    specs = [ColumnSpec(c.field, c.words, c.required) for c in ROSTER]

    match = min(Vocabulary(specs).matches(0, (written,)))

    assert specs[match.spec].field == field


def test_a_header_of_two_dates_is_neither():
    specs = [ColumnSpec(c.field, c.words, c.required) for c in ROSTER]

    assert list(Vocabulary(specs).matches(0, ("入党/转正时间",))) == []


def test_mutated_rosters_give_plans_or_a_refusal_and_nothing_else(plan):
    chance = random.Random(20261122)
    sound = workbook([person(n) for n in range(1, 6)], above=["东社区党员花名册"])
    with zipfile.ZipFile(io.BytesIO(sound)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    outcomes = set()
    for _turn in range(80):
        victim = chance.choice([name for name in parts if name.startswith("xl/")])
        body = bytearray(parts[victim])
        for _change in range(chance.randint(1, 6)):
            body[chance.randrange(len(body))] = chance.choice(b'<>&"/=0189AZa -\xff')
        outcomes.add(outcome_of(plan, parts | {victim: bytes(body)}))

    assert outcomes == {"plans", "refused"}


def outcome_of(plan, parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    try:
        return "plans" if plan(stream.getvalue()).plans else "nothing"
    except DomainError:
        return "refused"


def test_a_note_that_cannot_be_read_is_left_blank(plan):
    header = (*HEADER, "备注", "家庭住址")
    row = person(1, 备注="#N/A", 家庭住址="=VLOOKUP(1,A:B,2,0)")

    row_plan = only_plan(plan(workbook([row], header=header)))

    assert (row_plan.verdict, row_plan.flags) == (Verdict.CREATE, ["text_unread"])
    assert row_plan.fields["remark"] is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"身份证号码": "无"},
            "第2行 身份证号码：为空，必须填写",
        ),
        (
            {"党员类别": "入党积极分子"},
            "第2行 党员类别：“入党积极分子”不是党员，不应列入党员花名册",
        ),
        (
            {"所在支部": "#N/A"},
            "第2行 所在支部：单元格显示错误值 #N/A，请先改正公式。",
        ),
    ],
)
def test_one_fault_is_reported_once(plan, changes, message):
    header = (*HEADER, "党员类别")

    row_plan = only_plan(plan(workbook([person(1, **changes)], header=header)))

    assert row_plan.message == message


@pytest.mark.parametrize("text", ["未转正", "预备期", "尚未转正"])
def test_not_yet_is_no_date_of_becoming_full(plan, text):
    header = (*HEADER, "党员类别")
    row = person(1, 转正时间=text, 党员类别="预备党员")

    row_plan = only_plan(plan(workbook([row], header=header)))

    assert (row_plan.verdict, row_plan.fields["full_member_date"]) == (
        Verdict.CREATE,
        None,
    )


@pytest.mark.parametrize("text", ["未转正", "预备期", "尚未转正"])
def test_not_yet_full_says_that_a_member_is_on_probation(plan, text):
    row_plan = only_plan(plan(workbook([person(1, 转正时间=text)])))

    assert row_plan.payload.values["standing"] == Standing.PROBATIONARY


@pytest.mark.parametrize(
    ("left", "phone", "read"),
    [
        ("支部联系人", "联系方式", False),
        ("支部书记", "联系电话", False),
        ("家属", "手机号码", False),
        ("支部联系人", "本人联系电话", True),
        ("住址", "联系电话", True),
    ],
)
def test_a_phone_beside_another_person_is_not_the_member_s(plan, left, phone, read):
    header = (*(word for word in HEADER if word != "手机号码"), left, phone)
    row = person(1, **{left: "刘洋", phone: "13800000010"})

    row_plan = only_plan(plan(workbook([row], header=header)))

    assert row_plan.fields["phone"] == ("13800000010" if read else None)


@pytest.mark.parametrize(
    ("joined", "full", "flags"),
    [
        ("2005.07.15", "2006.07.14", ["full_too_soon"]),
        ("2005.07.15", "2006.07", ["month_precision"]),
        ("2005.07", "2006.06.30", ["month_precision", "full_too_soon"]),
        ("1976.07.15", "1976.12.15", []),
    ],
)
def test_less_than_a_year_of_probation_is_flagged(plan, joined, full, flags):
    number = identity_number(1, born=dt.date(1955, 1, 1))
    days = {"入党时间": joined, "转正时间": full}

    row_plan = only_plan(plan([person(1, 身份证号码=number, **days)]))

    assert row_plan.flags == flags
