"""Which columns say who is a member, and who no longer is."""

import pytest

from exchange.import_kinds import Verdict
from members.enums import Category, Standing
from members.roster.errors import NotAMember, UnknownType
from members.roster.state_errors import StateUnsure
from tests.factories.exchange import HEADER, person, workbook
from tests.members.test_roster import only_plan, plan
from tests.messages import refusal_of, says

__all__ = ["plan"]

WAYS = (
    *("已转出", "去世", "除名", "停止党籍", "失联", "失联党员", "开除党籍", "退党"),
    *("2021年3月转出", "因病去世", "自行脱党", "转出组织关系"),
)
NOTHING = (None, "无", "—", "/", "-")
OTHERS = (
    "正式成员",
    "预备成员",
    "群众",
    "共青团员",
    "民盟盟员",
    "无党派人士",
    "入党积极分子",
    "少先队员",
)


def plan_with(plan, columns, **changes):
    """Return the plan of one row with more columns."""
    row = person(1, **columns, **changes)
    return only_plan(plan(workbook([row], header=(*HEADER, *columns))))


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "党籍状态",
            "党员状态",
            "组织关系情况",
            "备注",
            "情况",
            "注销原因",
        ),
        *("离退原因", "转移原因", "党籍变化原因", "转至历史库详细原因"),
    ],
)
@pytest.mark.parametrize("way", WAYS)
def test_people_who_have_left_are_refused_whichever_column_says_so(plan, heading, way):
    row_plan = plan_with(plan, {heading: way})

    assert row_plan.verdict == Verdict.REFUSE
    assert way in row_plan.message


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("转出时间", "2021.3"),
        ("去世日期", "2021.3"),
        ("减少时间", "2021.3.1"),
        ("调出日期", "2021.3.1"),
        ("离退时间", "2021.3"),
        ("停止党籍时间", "2021年3月"),
        ("是否转出", "是"),
        ("是否已去世", "√"),
        ("是否为失联党员", "是"),
        ("是否迁走", "是"),
        ("迁往地党组织名称", "柳岸社区第一党支部"),
        ("转出党支部", "柳岸社区第一党支部"),
        ("党籍状态", "不正常"),
        ("党籍状态", "停止"),
    ],
)
def test_a_column_with_the_day_of_leaving_says_so_too(plan, heading, text):
    assert plan_with(plan, {heading: text}).verdict == Verdict.REFUSE


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("转出时间", None),
        ("转出时间", "无"),
        ("是否转出", "否"),
        ("党员状态", "正常"),
        ("父亲情况", "已去世"),
        ("配偶", "去世"),
        ("转出单位", "临江市第一中学党支部"),
        ("离退休时间", "2012.3"),
        ("党籍状态", "正常"),
        ("是否为失联党员", "否"),
        ("组织关系转入时间", "2021.3"),
        ("组织关系落实时间", "2021.3"),
        ("简历", "1990年参军，1995年转业"),
    ],
)
def test_other_columns_do_not(plan, heading, text):
    row_plan = plan_with(plan, {heading: text})

    assert (row_plan.verdict, row_plan.message) == (Verdict.CREATE, "")


@pytest.mark.parametrize("heading", ["转出党员", "已去世党员", "停止党籍（1人）"])
def test_people_below_a_heading_of_departures_are_refused(plan, heading):
    outcome = plan(workbook([person(1), [heading], person(2)]))

    assert [row.verdict for row in outcome.plans] == [Verdict.CREATE, Verdict.REFUSE]


@pytest.mark.parametrize("heading", ["政治面貌", "政治面貌（党员填写）"])
@pytest.mark.parametrize("status", [*NOTHING, *OTHERS])
def test_a_political_status_of_none_or_another_is_no_membership(plan, heading, status):
    rows = [person(n, **{heading: "中共党员"}) for n in range(2, 5)]

    outcome = plan(
        workbook([person(1, **{heading: status}), *rows], header=(*HEADER, heading))
    )

    verdicts = [row_plan.verdict for row_plan in outcome.plans]
    assert verdicts == [Verdict.REFUSE, *[Verdict.CREATE] * 3]


@pytest.mark.parametrize(
    "heading", ["党籍状态", "党籍状态（正式党员或预备党员）", "党员状态", "党籍情况"]
)
@pytest.mark.parametrize(
    ("text", "standing"),
    [("正式党员", Standing.FULL), ("预备党员", Standing.PROBATIONARY)],
)
def test_the_state_of_membership_heads_the_standing(plan, heading, text, standing):
    row_plan = plan_with(plan, {"人员类别": "干部", heading: text}, 转正时间=None)

    assert row_plan.payload.values["standing"] == standing
    assert row_plan.questions == ()


@pytest.mark.parametrize("order", [("人员类别", "党员类别"), ("党员类别", "人员类别")])
@pytest.mark.parametrize("meant", ["人员类别", "党员类别"])
def test_of_two_columns_the_one_whose_values_fit_is_meant(plan, order, meant):
    columns = dict.fromkeys(order, "工人") | {meant: "预备党员"}

    row_plan = plan_with(plan, columns, 转正时间=None)

    assert row_plan.payload.values["standing"] == Standing.PROBATIONARY


def test_where_neither_column_fits_the_row_is_refused(plan):
    columns = {"人员类别": "干部", "党员类别": "甲"}

    row_plan = plan_with(plan, columns, 转正时间=None)

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(UnknownType))


def test_a_column_that_was_not_meant_is_reported_as_not_read(plan):
    row = person(1, 人员类别="干部")

    outcome = plan(workbook([row], header=(*HEADER, "人员类别")))

    assert outcome.unknown_columns == {"花名册": ["人员类别"]}


@pytest.mark.parametrize(
    ("header", "is_party_date"),
    [
        (("入职日期", "转正日期", "入党时间"), False),
        (("入党时间", "转正日期", "入职日期"), True),
        (("入党时间", "转正日期", "工号", "入职日期"), True),
        (("合同期限", "试用期", "转正日期", "部门", "岗位", "入党时间"), False),
        (("入职日期", "转为正式党员时间", "入党时间"), True),
    ],
)
def test_the_end_of_a_job_s_probation_is_no_party_date(plan, header, is_party_date):
    row = person(1, 转正日期="2006.07.01", 转为正式党员时间="2006.07.01")
    row |= {"入职日期": "2006.01.01"}
    header = ("姓名", "身份证号码", "所在支部", *header)

    row_plan = only_plan(
        plan(workbook([row], header=header, above=["东社区党员花名册"]))
    )

    assert ("full_member_date" in row_plan.payload.values) == is_party_date


@pytest.mark.parametrize(
    ("text", "standing"), [("正", Standing.FULL), ("预", Standing.PROBATIONARY)]
)
def test_full_and_probationary_may_be_one_letter(plan, text, standing):
    row_plan = plan_with(plan, {"预/正": text}, 转正时间=None)

    assert row_plan.payload.values["standing"] == standing


def test_the_branch_is_where_members_belong_and_not_their_employer(plan):
    columns = {"组织关系所在单位": "市财政局", "目前所在党支部": "第一支部"}

    row_plan = plan_with(plan, columns, 所在支部=None)

    assert row_plan.fields["branch"] == "东社区第一支部"


@pytest.mark.parametrize("heading", ["编入党支部", "编入支部", "现编入党支部"])
def test_the_branch_that_somebody_is_put_in_is_their_branch(plan, heading):
    row_plan = plan_with(plan, {heading: "第一支部"}, 所在支部=None)

    assert row_plan.fields["branch"] == "东社区第一支部"


@pytest.mark.parametrize(
    "heading", ["组织关系落实时间", "组织关系转入时间", "转出单位"]
)
def test_what_is_not_read_is_reported(plan, heading):
    row = person(1, **{heading: "2021.3"})

    outcome = plan(workbook([row], header=(*HEADER, heading)))

    assert outcome.unknown_columns == {"花名册": [heading]}


def test_standing_and_category_are_among_the_checked_fields(plan):
    row_plan = only_plan(plan([person(1)]))

    assert row_plan.fields["member_type"] == "正式党员"
    assert row_plan.fields["category"] == "居民党员"


@pytest.mark.parametrize(
    ("column", "text", "standing", "category"),
    [
        ("党员类别", "离退休党员", Standing.FULL, Category.RETIRED),
        ("类别", "流动党员", Standing.FULL, Category.MOBILE),
        ("是否为流动党员", "是", Standing.FULL, Category.MOBILE),
        ("党员类别", "居民", Standing.FULL, Category.RESIDENT),
        ("备注", "退休", Standing.FULL, Category.RETIRED),
    ],
)
def test_kind_and_category_are_read_wherever_offices_write_them(
    plan, column, text, standing, category
):
    header = (*HEADER, column)
    row = person(1, **{"管理类别": None, column: text})

    row_plan = only_plan(plan(workbook([row], header=header)))

    values = row_plan.payload.values
    assert (values["standing"], values["category"]) == (standing, category)
    assert row_plan.questions == ()


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("党员类别", "正式"),
        ("正式或预备", "正式党员"),
        ("是否为流动党员", "否"),
        ("人员类别", "居民身份证"),
        ("是否正式党员", "是"),
        ("备注", "退休干部家属楼3栋"),
    ],
)
def test_a_category_that_no_column_says_is_asked(plan, column, text):
    header = (*HEADER, column)
    row = person(1, **{"管理类别": None, column: text})

    row_plan = only_plan(plan(workbook([row], header=header)))

    assert row_plan.payload.values["standing"] == Standing.FULL
    assert row_plan.questions == ("category",)


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("撤销时间", "2026-05-01"),
        ("撤销说明", "调走"),
        ("撤销标识", "已返回"),
        ("党员状态", "离职"),
        ("报到状态", "已撤销"),
        ("记录状态", "作废"),
        ("离开本信息系统日期", "2024-05-01"),
        ("注销日期", "2024-05-01"),
    ],
)
def test_a_record_that_was_closed_elsewhere_is_not_entered(plan, heading, text):
    row_plan = plan_with(plan, {heading: text})

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(StateUnsure))


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("撤销标识", "已报到"),
        ("党员状态", "在职"),
        ("审核状态", "已审核"),
        ("撤销时间", "无"),
    ],
)
def test_a_record_that_stands_is_entered(plan, heading, text):
    assert plan_with(plan, {heading: text}).verdict == Verdict.CREATE


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("人员类型", "入党积极分子"),
        ("人员身份", "入党申请人"),
        ("类型", "发展对象"),
        ("政治面貌", "群众"),
        ("政治面貌", "共青团员"),
    ],
)
def test_a_column_of_its_own_that_says_no_member_refuses_the_row(plan, heading, text):
    header = (*HEADER, "党员类别", heading)
    others = [person(n, 党员类别="正式党员") for n in range(2, 8)]
    rows = [person(1, 党员类别="", **{heading: text}), *others]

    row_plan = plan(workbook(rows, header=header)).plans[0]

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(NotAMember))


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("入团时政治面貌", "少先队员"),
        ("配偶政治面貌", "群众"),
        ("培养联系人", "张群众"),
    ],
)
def test_what_is_said_of_others_or_of_before_refuses_nobody(plan, heading, text):
    columns = {"党员类别": "正式党员", heading: text}

    assert plan_with(plan, columns).verdict == Verdict.CREATE
