"""The plan for each row of a roster."""

import datetime as dt

import pytest

from exchange.import_kinds import Verdict, import_kinds
from exchange.imports.plan import plan_file
from exchange.sheet_context import SheetAnswers
from members.actions import end_membership
from members.enums import EndReason, Precision
from members.models import Member
from members.roster import errors
from organizations.errors import OutsideOwnArea
from tests.factories.exchange import HEADER, book, person, workbook
from tests.factories.members import CheckInFactory, MemberFactory, identity_number
from tests.factories.organizations import BranchFactory
from tests.messages import refusal_of, rule, rule_message, says

KIND = import_kinds.get("member_roster")


@pytest.fixture
def plan(tmp_path, east, branch, secretary):
    """Return a function that plans a roster of 东社区 for its secretary."""

    def make_plan(
        content, *, name="花名册.xlsx", by=None, organization=None, answers=()
    ):
        path = tmp_path / "roster"
        path.write_bytes(content if isinstance(content, bytes) else workbook(content))
        return plan_file(
            path,
            filename=name,
            kind=KIND,
            by=by or secretary,
            organization=organization or east,
            answers=SheetAnswers.of(dict(answers)),
        )

    return make_plan


def only_plan(outcome):
    """Return the plan of the only row."""
    (plan,) = outcome.plans
    return plan


@pytest.mark.mission("S0-37", "S2-46")
def test_a_new_person_will_be_created_with_all_stated_values(plan):
    row = person(7, 姓名=" 武　云 ", 身份证号码=f" {identity_number(7)} ")

    row_plan = only_plan(plan([row]))

    assert (row_plan.verdict, row_plan.flags) == (Verdict.CREATE, [])
    assert row_plan.fields == {
        "name": "武云",
        "sex": "男",
        "id_number": identity_number(7),
        "birth_date": "1980-01-01",
        "join_date": "2005-07-01",
        "full_member_date": "2006-07-01",
        "branch": "东社区第一支部",
        "phone": "13900000007",
        "ethnicity": None,
        "member_type": "正式党员",
        "category": "居民党员",
        "remark": None,
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"姓名": None}, "姓名：为空，必须填写"),
        ({"身份证号码": None}, "身份证号码：为空，必须填写"),
        ({"性别": "女"}, "性别：表中性别为“女”，而身份证号码对应的性别为“男”"),
        ({"转正时间": "2004.07.01"}, "转正时间：转正时间早于入党时间"),
        ({"入党时间": "1979.07.01"}, "入党时间：入党时间早于出生日期"),
        ({"入党时间": "2005.13.01"}, "入党时间：日期“2005.13.01”不存在"),
        ({"入党时间": "2099.01.01"}, "入党时间：日期2099年1月1日晚于今天"),
        ({"身份证号码": 429901198001010000}, "身份证号码：长号码存成了数值格式"),
        ({"身份证号码": "4299O1198001010031"}, "身份证号码：身份证号码第 5 位是“O”"),
        ({"身份证号码": "429901198001010032"}, "身份证号码：身份证号码的校验位不对"),
        ({"所在支部": "第九支部"}, "所在支部：找不到名为“第九支部”的党组织"),
        ({"所在支部": "东社区"}, "所在支部：党员不能直接隶属于东社区"),
    ],
)
def test_a_row_is_refused_with_its_number_its_column_and_the_reason(
    plan, changes, reason
):
    row_plan = only_plan(plan([person(1, **changes)]))

    assert row_plan.verdict == Verdict.REFUSE
    assert row_plan.message.startswith(f"第2行 {reason}")


def test_several_faults_of_a_row_are_reported_together(plan):
    row_plan = only_plan(plan([person(1, 姓名=None, 入党时间="2005.13.01")]))

    assert row_plan.message == (
        "第2行 姓名：为空，必须填写；第2行 入党时间：日期“2005.13.01”不存在，请改正。"
    )


@pytest.mark.parametrize(
    "typed", ["2005", "1277913600000", "7/1/2005", "2010-06-30 16:00:00"]
)
def test_a_joining_date_that_names_no_day_is_refused(plan, typed):
    row_plan = only_plan(plan([person(1, 入党时间=typed)]))

    assert row_plan.verdict is Verdict.REFUSE


def test_without_a_joining_date_the_row_is_flagged_and_its_standing_asked(plan):
    row_plan = only_plan(plan([person(1, 入党时间=None, 转正时间=None)]))

    assert row_plan.verdict is Verdict.CREATE
    assert row_plan.flags == ["join_missing", "standing_asked"]
    assert row_plan.questions == ("standing",)


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"手机号码": "1390000001"}, "phone_invalid"),
        ({"入党时间": "2005年7月"}, "month_precision"),
        ({"转正时间": "2005.07.01"}, "full_same_day"),
        ({"转正时间": "2006.06.30"}, "full_too_soon"),
    ],
)
def test_doubtful_values_are_accepted_with_a_flag(plan, changes, flag):
    row_plan = only_plan(plan([person(1, **changes)]))

    assert (row_plan.verdict, row_plan.flags) == (Verdict.CREATE, [flag])


def test_an_invalid_phone_is_left_blank(plan):
    row_plan = only_plan(plan([person(1, 手机号码="1390000001")]))

    assert row_plan.fields["phone"] is None


def test_full_membership_on_the_day_of_joining_was_right_before_1977(plan):
    number = identity_number(1, born=dt.date(1950, 1, 1))
    days = {"入党时间": "1976.07.18", "转正时间": "1976.07.18"}

    row_plan = only_plan(plan([person(1, 身份证号码=number, **days)]))

    assert (row_plan.verdict, row_plan.flags) == (Verdict.CREATE, [])


def test_the_month_alone_of_becoming_full_is_not_before_a_day_in_that_month(plan):
    row_plan = only_plan(plan([person(1, 入党时间="2005.07.15", 转正时间="2005.07")]))

    assert (row_plan.verdict, row_plan.flags) == (Verdict.CREATE, ["month_precision"])


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("1980.01", []),
        ("1980", []),
        ("1980-01-01", []),
        ("1979.08", ["birth_differs"]),
        ("1980-01-02", ["birth_differs"]),
        ("八零年", ["birth_unread"]),
    ],
)
def test_the_birth_date_comes_from_the_identity_number(plan, text, flags):
    header = (*HEADER, "出生年月")

    row_plan = only_plan(plan(workbook([person(1, 出生年月=text)], header=header)))

    assert row_plan.flags == flags
    assert row_plan.fields["birth_date"] == "1980-01-01"


def test_only_the_first_row_of_a_person_is_accepted(plan):
    outcome = plan([person(1), person(2), person(1), person(1)])

    verdicts = [row_plan.verdict for row_plan in outcome.plans]
    assert verdicts == [Verdict.CREATE, Verdict.CREATE, Verdict.REFUSE, Verdict.REFUSE]
    repeated = refusal_of(errors.TwiceInFile, first=2)
    assert all(says(row_plan.message, repeated) for row_plan in outcome.plans[2:])


def test_a_person_on_two_sheets_is_refused_on_the_second(plan):
    sheets = {"一": [HEADER, person(1)], "二": [HEADER, person(2), person(1)]}

    outcome = plan(book(sheets))

    repeated = refusal_of(errors.TwiceInSheets, sheet="一", first=2)
    assert says(outcome.plans[2].message, repeated)


def test_a_member_of_another_street_is_refused_without_the_place(plan, foreign):
    elsewhere = BranchFactory(name="柳岸第一支部", parent=foreign)
    here_once = MemberFactory(id_number=identity_number(2), organization=elsewhere)
    MemberFactory(id_number=identity_number(1), organization=elsewhere)
    end_membership(here_once, reason=EndReason.DIED, by=None)

    outcome = plan([person(1), person(2)])

    messages = [row_plan.message[len("第2行") :] for row_plan in outcome.plans]
    assert messages[0] == messages[1]
    assert "柳岸" not in messages[0]


def test_an_unchanged_member_is_left_unchanged(plan, branch):
    content = workbook([person(1)])
    KIND.commit(plan(content).plans, by=None)

    row_plan = only_plan(plan(content))

    assert (row_plan.verdict, row_plan.flags) == (Verdict.UNCHANGED, ["unchanged"])


def test_only_stated_values_that_differ_are_changed(plan, branch):
    MemberFactory(
        name="张一",
        id_number=identity_number(1),
        organization=branch,
        phone="13711112222",
        address="桂花路1号",
    )
    header = ("姓名", "身份证号码", "手机号码", "家庭住址")
    title = ["东社区党员联系方式"]
    row = {"姓名": "张一", "身份证号码": identity_number(1), "手机号码": "13800138000"}

    row_plan = only_plan(plan(workbook([row], header=header, above=title)))

    assert (row_plan.verdict, row_plan.flags) == (Verdict.UPDATE, ["updated"])
    assert row_plan.changes == {"手机号码": ("137****2222", "138****8000")}
    assert row_plan.payload.changes == {"phone": "13800138000"}


def test_a_coarser_date_does_not_overwrite_an_exact_one(plan, branch):
    MemberFactory(
        name="张一",
        id_number=identity_number(1),
        organization=branch,
        join_date=dt.date(2005, 7, 9),
    )
    row = {"姓名": "张一", "身份证号码": identity_number(1), "入党时间": "2005年7月"}

    row_plan = only_plan(plan([row]))

    assert row_plan.verdict == Verdict.UNCHANGED


def test_an_exact_date_replaces_a_coarser_one(plan, branch):
    MemberFactory(
        name="张一",
        id_number=identity_number(1),
        organization=branch,
        join_date=dt.date(2005, 7, 1),
        join_precision=Precision.MONTH,
    )
    row = {"姓名": "张一", "身份证号码": identity_number(1), "入党时间": "2005.07.09"}

    row_plan = only_plan(plan([row]))

    assert row_plan.payload.changes == {
        "join_date": dt.date(2005, 7, 9),
        "join_precision": Precision.DAY,
    }


def test_an_import_does_not_move_members_to_another_branch(plan, east):
    second = BranchFactory(name="东社区第二支部", parent=east)
    MemberFactory(id_number=identity_number(1), organization=second)

    row_plan = only_plan(plan([person(1)]))

    assert row_plan.verdict == Verdict.REFUSE
    branches = {"recorded": "东社区第二支部", "said": "东社区第一支部"}
    assert says(row_plan.message, refusal_of(errors.RecordedInOtherBranch, **branches))


def test_a_branch_of_another_street_is_outside_one_s_area(plan, foreign):
    BranchFactory(name="柳岸老兵支部", parent=foreign)

    row_plan = only_plan(plan([person(1, branch="柳岸老兵支部")]))

    assert says(row_plan.message, refusal_of(OutsideOwnArea))


def test_a_merged_or_lone_heading_names_the_branch_of_the_rows_below(plan, east):
    BranchFactory(name="东社区第二支部", parent=east)
    header = [name for name in HEADER if name != "所在支部"]
    rows = [["第一支部（共1人）"], person(1), ["第二支部（共1人）"], person(2)]

    outcome = plan(workbook(rows, header=header))

    branches = [(plan.fields["branch"], plan.flags) for plan in outcome.plans]
    assert branches == [
        ("东社区第一支部", ["branch_from_heading"]),
        ("东社区第二支部", ["branch_from_heading"]),
    ]


def test_the_sheet_s_name_names_the_branch_where_nothing_else_does(plan):
    header = [name for name in HEADER if name != "所在支部"]
    content = workbook([person(1)], header=header, sheet="第一支部党员花名册")

    row_plan = only_plan(plan(content))

    assert row_plan.fields["branch"] == "东社区第一支部"
    assert row_plan.flags == ["branch_from_sheet"]


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：东社区第一支部",
        "填报单位（盖章）：东社区第一支部          填表人：（略）",
        "党支部名称: 第一支部",
        "东社区第一支部党员花名册",
        "附件2：2025年东社区第一支部正式党员花名册（定稿）",
        "2025年上半年长安街道东社区第一支部党员基本情况统计表",
        "东社区第一支部名册",
    ],
)
def test_the_title_names_the_branch_where_nothing_else_does(plan, line):
    header = [name for name in HEADER if name != "所在支部"]

    row_plan = only_plan(plan(workbook([person(1)], header=header, above=[line])))

    assert row_plan.fields["branch"] == "东社区第一支部"
    assert row_plan.flags == ["branch_from_title"]


def test_short_names_are_those_of_the_community_in_the_title(plan, street, west, staff):
    BranchFactory(name="西社区第一支部", parent=west)
    content = workbook([person(1)], above=["长安街道东社区党员花名册"])

    row_plan = only_plan(plan(content, by=staff, organization=street))

    assert row_plan.fields["branch"] == "东社区第一支部"


def test_short_names_are_those_of_the_community_in_a_column(plan, street, west, staff):
    BranchFactory(name="西社区第一支部", parent=west)
    rows = [person(1, 所属社区="东社区"), person(2, 所属社区="西社区")]
    content = workbook(rows, header=("所属社区", *HEADER))

    outcome = plan(content, by=staff, organization=street)

    branches = [row_plan.fields["branch"] for row_plan in outcome.plans]
    assert branches == ["东社区第一支部", "西社区第一支部"]


def test_a_community_of_another_street_in_a_column_refuses_the_row(plan, foreign):
    content = workbook([person(1, 所属社区="柳岸社区")], header=("所属社区", *HEADER))

    row_plan = only_plan(plan(content))

    outside = refusal_of(OutsideOwnArea, text="柳岸社区")
    assert says(row_plan.message, f"^第2行 所属社区：{outside}")


def test_without_branches_a_community_takes_its_members_itself(plan, west, staff):
    content = workbook([person(1, 所在支部=None)])

    row_plan = only_plan(plan(content, by=staff, organization=west))

    assert row_plan.fields["branch"] == "西社区"


def test_a_branch_s_own_sheet_needs_no_branch_column(plan, branch):
    header = [name for name in HEADER if name != "所在支部"]

    row_plan = only_plan(
        plan(workbook([person(1)], header=header), organization=branch)
    )

    assert row_plan.fields["branch"] == "东社区第一支部"
    assert row_plan.flags == ["branch_assumed"]


def test_without_any_branch_a_row_of_a_community_is_refused(plan):
    row_plan = only_plan(plan([person(1, branch=None)]))

    assert says(
        row_plan.message, f"^第2行 所在支部：{refusal_of(errors.BranchMissing)}"
    )


def test_an_activist_is_not_a_member(plan):
    header = (*HEADER, "党员类别")

    row_plan = only_plan(
        plan(workbook([person(1, 党员类别="入党积极分子")], header=header))
    )

    assert says(row_plan.message, refusal_of(errors.NotAMember, text="入党积极分子"))


def test_a_probationary_member_has_no_day_of_becoming_full(plan):
    header = (*HEADER, "党员类别")

    row_plan = only_plan(
        plan(workbook([person(1, 党员类别="预备党员")], header=header))
    )

    assert says(
        row_plan.message, rule("member_probationary_has_no_full_date").rstrip("。")
    )


def test_only_the_row_that_contradicts_the_record_is_refused(plan, branch):
    name = person(1)["姓名"]
    MemberFactory(organization=branch, name=name, id_number=identity_number(1))
    rows = [
        person(1, 入党时间=None, 转正时间="2009.07.01"),
        person(2),
    ]

    outcome = plan(rows)

    assert [p.verdict for p in outcome.plans] == [Verdict.REFUSE, Verdict.CREATE]
    out_of_order = rule_message("member_full_after_joining").rstrip("。")
    assert f"转正时间：{out_of_order}" in outcome.plans[0].message


def test_within_a_year_of_joining_nobody_is_taken_for_a_full_member(plan, time_machine):
    time_machine.move_to(dt.datetime(2026, 3, 1, 9, tzinfo=dt.UTC))

    row = person(1, 入党时间="2025.07.01", 转正时间=None)

    row_plan = only_plan(plan([row], answers={"standing": "full"}))

    assert row_plan.fields["member_type"] == "预备党员"
    assert row_plan.flags == ["standing_inferred"]


def test_an_in_service_member_is_checked_in_and_never_counted(plan, east, secretary):
    header = (*HEADER, "类别")
    row = person(1, 管理类别=None, 类别="在职党员")
    outcome = plan(workbook([row], header=header))

    KIND.commit(outcome.plans, by=secretary)

    member = Member.objects.get()
    assert (member.organization, member.community) == (None, east)
    again = plan([person(1, 管理类别=None)])
    assert only_plan(again).verdict == Verdict.UNCHANGED


def test_an_in_service_member_of_another_community_is_refused(plan, east, west, staff):
    member = MemberFactory(id_number=identity_number(1), in_service=True)
    CheckInFactory(member=member, community=west)

    row_plan = only_plan(plan([person(1, 管理类别=None)], by=staff))

    assert says(
        row_plan.message, refusal_of(errors.CheckedInElsewhere, recorded="西社区")
    )


def test_a_message_never_shows_a_whole_number(plan):
    row_plan = only_plan(plan([person(1, 姓名=identity_number(1), 身份证号码="无")]))

    assert identity_number(1) not in row_plan.message
    assert identity_number(1) not in row_plan.label


def test_columns_may_be_in_any_order_and_unknown_ones_are_reported(plan):
    header = ("党内职务", *reversed(HEADER))

    outcome = plan(workbook([person(1)], header=header, above=["东社区党员花名册"]))

    assert only_plan(outcome).verdict == Verdict.CREATE
    assert outcome.unknown_columns == {"花名册": ["党内职务"]}


def test_a_roster_in_gbk_with_guards_and_commas_is_read_as_well(plan):
    lines = [",".join(HEADER)]
    row = person(1, 身份证号码=f'="{identity_number(1)}"')
    lines.append(",".join(row[name] for name in HEADER))

    row_plan = only_plan(plan("\r\n".join(lines).encode("gbk"), name="花名册.csv"))

    assert row_plan.fields["id_number"] == identity_number(1)


@pytest.mark.parametrize("rows", [3, 30])
def test_a_plan_costs_the_same_for_few_and_many(plan, rows, django_assert_num_queries):
    content = workbook([person(n) for n in range(rows)])

    with django_assert_num_queries(20):
        outcome = plan(content)

    assert len(outcome.plans) == rows
