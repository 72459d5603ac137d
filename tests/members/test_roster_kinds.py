"""Types of sheet: rosters, other sheets of members, sheets of other people."""

import pytest

from exchange.errors import MixedSheet, OtherSheet, UnknownSheet, UnwantedSheet
from exchange.import_kinds import Verdict
from members.enums import Category, Standing
from members.models import CheckIn, Member
from members.roster.sheet_types import SHEET_TYPES
from tests.factories.exchange import book, workbook
from tests.factories.members import MemberFactory, identity_number
from tests.members import test_sheet_kinds
from tests.members.test_roster import KIND, only_plan, plan

__all__ = ["plan"]

PEOPLE = ("姓名", "性别", "身份证号码", "联系电话")
OTHER_TITLES = {
    "handouts": (
        *("党员徽章发放登记表", "党员体检名单", "共产党员户挂牌登记表"),
        *("学习强国注册党员名单", "新党员宣誓名单"),
    ),
    "offices": ("党代表名册", "党小组长名单"),
    "work": ("党员先锋岗名单",),
    "questionnaire": ("党员满意度调查问卷",),
    "honours": ("党员信访举报登记表",),
    "development": (
        "东社区第一支部发展对象名册",
        "东社区党支部入党积极分子花名册",
        "2026年入党申请人名单",
        "发展党员工作台账",
        "推优入党名单",
        "发展对象培训班名单",
    ),
    "development_plan": (
        "2026年拟转正预备党员名单",
        "东社区党员发展计划表",
        "预备党员转正公示名单",
        "关于接收预备党员的公示",
    ),
    "arrivals": ("研究生新生报到登记表", "志愿者到社区报到登记表"),
    "relatives": ("困难党员子女助学金名册", "党员家属信息登记表"),
    "dues": ("第一支部党员缴纳党费登记表", "2026年党费收缴台账"),
    "attendance": (
        "党员大会签到表",
        "主题党日考勤登记表",
        "党员参会人员名单",
        "党员缺勤名单",
    ),
    "mobile_register": ("东社区党员外出流动登记表", "流出党员登记台账"),
    "monthly_return": ("社区党建工作月报表", "党建工作月度报表"),
    "former": (
        *("东社区转出党员名册", "停止党籍党员花名册", "去世党员"),
        *("取消预备党员资格名单", "被取消预备党员资格党员名册"),
    ),
    "volunteers": ("东社区党员志愿者登记表", "志愿服务队花名册"),
    "democratic_parties": ("民主党派成员登记表", "党派成员信息", "无党派人士名单"),
    "youth_league": ("第一团支部共青团员名册",),
    "union": ("工会会员名册",),
    "militia": ("基干民兵花名册",),
    "veterans": ("退役军人信息采集表",),
    "welfare": ("城乡低保对象花名册", "残疾人名单"),
    "patients": ("住院患者登记表", "疫苗接种名单"),
    "students": ("五年级二班学生花名册", "2026届毕业生名单"),
    "employees": ("公司员工信息表", "在职教职工名册"),
    "residents": ("东社区居民花名册", "常住人口登记表"),
}
ROSTER_TITLES = (
    "东社区党员花名册",
    "学生第一党支部党员名册",
    "教师党支部花名册",
    "附件2：东社区党员信息采集表",
    "志愿者协会党支部党员名单",
    "退役军人党员名册",
    *("困难党员登记表", "无职党员花名册", "党员信息档案", "预备党员名册"),
    "党员花名册（含预备党员、不含发展对象）",
)


def rows_of(header, **changes):
    """Return the header and one person below it."""
    person = {
        "姓名": "张一",
        "性别": "男",
        "身份证号码": identity_number(1),
        "联系电话": "13900000001",
        **changes,
    }
    return [list(header), [person.get(column) for column in header]]


def type_of(plan, rows, *, sheet="Sheet1", name="表.xlsx"):
    """Return the type as which a sheet is recognized, and whether it is read."""
    try:
        outcome = plan(book({sheet: rows}), name=name)
    except UnwantedSheet as refusal:
        return refusal.recognized[0]["type"], False
    return outcome.recognized[0]["type"], True


def test_every_type_that_is_not_read_is_tried():
    refused = {t.key for t in SHEET_TYPES if t.refusal}

    assert {*OTHER_TITLES, *test_sheet_kinds.SHEETS} == refused


@pytest.mark.parametrize("place", ["title", "sheet", "file"])
@pytest.mark.parametrize(
    ("key", "title"),
    [(key, title) for key, titles in OTHER_TITLES.items() for title in titles],
)
def test_a_sheet_of_other_people_is_recognized_by_its_name(plan, key, title, place):
    rows = rows_of(PEOPLE)
    called = {
        "title": {"rows": [[title], *rows]},
        "sheet": {"rows": rows, "sheet": title},
        "file": {"rows": rows, "name": f"{title}.xlsx"},
    }

    assert type_of(plan, **called[place]) == (key, False)
    assert Member.objects.count() == 0


@pytest.mark.parametrize(
    ("key", "columns"),
    [
        ("development", ("提交入党申请书时间", "确定积极分子时间", "确定发展对象时间")),
        ("dues", ("月交党费", "应缴", "实缴")),
        ("attendance", ("签到", "是否请假")),
        ("volunteers", ("志愿者编号", "服务时长")),
        ("students", ("学号", "班级", "专业", "政治面貌")),
        ("employees", ("工号", "部门", "入职日期", "转正日期", "政治面貌")),
        ("patients", ("住院号", "科室", "诊断")),
        ("residents", ("门牌号", "与户主关系")),
        ("militia", ("兵种", "编组")),
        ("welfare", ("低保证号", "保障金额")),
    ],
)
def test_a_sheet_without_a_title_is_recognized_by_its_headings(plan, key, columns):
    assert type_of(plan, rows_of((*PEOPLE, *columns))) == (key, False)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("development", "入党积极分子"),
        ("democratic_parties", "民盟"),
        ("roster", "中共党员"),
    ],
)
def test_a_sheet_without_identifying_headings_is_recognized_by_its_values(
    plan, key, value
):
    rows = rows_of((*PEOPLE, "身份"), 身份=value)

    assert type_of(plan, rows) == (key, key == "roster")


@pytest.mark.parametrize("title", ROSTER_TITLES)
def test_a_roster_is_a_roster_whatever_the_branch_is_called(plan, title):
    header = (*PEOPLE, "学号", "入党时间")

    assert type_of(plan, [[title], *rows_of(header)]) == ("roster", True)


def test_a_roster_with_columns_of_the_development_is_a_roster(plan):
    header = (*PEOPLE, "申请入党时间", "确定积极分子时间", "入党时间", "转正时间")

    assert type_of(plan, rows_of(header)) == ("roster", True)


def test_a_sheet_that_asks_for_everybodys_status_lists_more_than_members(plan):
    header = ["姓名", "身份证号码", "照护等级", "政治面貌", "入党时间"]
    rows = [
        ["张一", identity_number(1), "一级", "中共党员", "2005.07.01"],
        ["张二", identity_number(2), "二级", "群众", None],
        ["张三", identity_number(3), "二级", "共青团员", None],
    ]

    assert type_of(plan, [header, *rows]) == ("welfare", False)


def test_a_sheet_full_of_others_is_refused_though_no_column_is_missing(plan):
    header = ["姓名", "身份证号码", "入党时间", "支部", "政治面貌"]
    rows = [
        [
            f"张{n}",
            identity_number(n),
            None,
            "第一支部",
            "群众" if n < 3 else "预备党员",
        ]
        for n in range(5)
    ]

    with pytest.raises(MixedSheet):
        plan(book({"Sheet1": [header, *rows]}), name="表.xlsx")


def test_headings_overrule_a_title_that_they_do_not_support(plan):
    header = (*PEOPLE, "提交入党申请书时间", "确定积极分子时间", "推优时间")

    assert type_of(plan, [["党员情况"], *rows_of(header)]) == ("development", False)


def test_a_list_of_people_does_not_make_them_members(plan):
    with pytest.raises(UnknownSheet) as refusal:
        plan(book({"Sheet1": rows_of(PEOPLE)}), name="表.xlsx")

    assert {"sheet": "Sheet1", "type": "", "evidence": ""} in refusal.value.recognized
    assert all(word in str(refusal.value) for word in ("所在党支部", "党员类别"))


def test_a_refusal_says_what_the_sheet_seems_to_be_and_what_is_missing(plan):
    header = (*PEOPLE, "所在支部")
    with pytest.raises(OtherSheet) as refusal:
        plan(book({"Sheet1": [["志愿者名单"], *rows_of(header)]}))

    message = str(refusal.value)
    assert all(word in message for word in ("志愿者名册", "党员类别"))
    assert "所在党支部" not in message


def test_an_attendance_list_without_numbers_is_named_as_such(plan):
    rows = [["党员大会签到表"], ["序号", "姓名", "签到"], [1, "张一", None]]

    assert type_of(plan, rows) == ("attendance", False)


def test_of_several_sheets_only_the_roster_is_read(plan):
    header = (*PEOPLE, "入党时间")
    content = book(
        {"党员": rows_of(header, 入党时间="2005.07.01"), "积极分子": rows_of(PEOPLE)}
    )

    outcome = plan(content)

    assert [row.sheet for row in outcome.plans] == ["党员"]
    (left_out,) = outcome.left_out_sheets
    assert left_out.sheet == "积极分子"
    assert "积极分子" in left_out.reason


def test_the_person_who_uploads_may_say_that_it_is_a_roster(plan):
    rows = [["志愿者名单"], *rows_of((*PEOPLE, "所在支部"), 所在支部="第一支部")]

    outcome = plan(book({"Sheet1": rows}), answers={"types": {"Sheet1": "roster"}})

    assert outcome.recognized == [
        {"sheet": "Sheet1", "type": "roster", "evidence": "answer"}
    ]
    assert outcome.questions() == ["category", "standing"]


def test_the_answers_count_where_the_sheet_says_nothing_and_are_flagged(plan):
    header = ("姓名", "身份证号码", "所在支部", "入党时间", "党员类别", "类别")
    stated = rows_of(
        header,
        所在支部="第一支部",
        入党时间="2005.07.01",
        党员类别="预备党员",
        类别="退休",
    )
    silent = ["张二", identity_number(2), "第一支部", "2005.07.01", None, None]

    outcome = plan(
        book({"党员": [*stated, silent]}),
        answers={"standing": "full", "category": "resident"},
    )

    assert [
        (p.payload.values["standing"], p.payload.values["category"], p.flags)
        for p in outcome.plans
    ] == [
        (Standing.PROBATIONARY, Category.RETIRED, ["probation_over"]),
        (
            Standing.FULL,
            Category.RESIDENT,
            ["standing_answered", "category_answered"],
        ),
    ]
    assert outcome.questions() == []


def test_a_check_in_sheet_checks_in_and_needs_no_branch(plan, east, secretary):
    rows = [
        ["东社区在职党员到社区报到登记表"],
        *rows_of((*PEOPLE, "工作单位", "报到时间", "报到社区"), 报到社区="东社区"),
    ]

    outcome = plan(book({"Sheet1": rows}), answers={"standing": "full"})
    KIND.commit(outcome.plans, by=secretary)

    assert only_plan(outcome).payload.values["category"] == Category.IN_SERVICE
    assert CheckIn.objects.get().community == east
    assert Member.objects.get().organization is None


@pytest.mark.parametrize("named", ["西社区", "柳岸社区", "没有的社区"])
def test_a_person_checked_in_elsewhere_is_refused(plan, west, foreign, named):
    rows = [["报到登记表"], *rows_of((*PEOPLE, "报到社区"), 报到社区=named)]

    row_plan = only_plan(plan(book({"Sheet1": rows})))

    assert row_plan.verdict == Verdict.REFUSE


@pytest.mark.parametrize(
    ("title", "standing", "category"),
    [
        ("东社区预备党员花名册", Standing.PROBATIONARY, None),
        ("东社区离退休党员花名册", None, Category.RETIRED),
        ("东社区流动党员台账", None, Category.MOBILE),
        ("正式党员和预备党员花名册", None, None),
    ],
)
def test_the_title_applies_to_all_rows(plan, title, standing, category):
    rows = rows_of((*PEOPLE, "所在支部"), 所在支部="第一支部")

    row_plan = only_plan(plan(book({"Sheet1": [[title], *rows]})))

    values = row_plan.payload.values
    assert (values.get("standing"), values.get("category")) == (standing, category)


def test_a_blank_standing_never_changes_a_recorded_member(plan, branch):
    MemberFactory(
        name="张一",
        id_number=identity_number(1),
        organization=branch,
        standing=Standing.PROBATIONARY,
    )
    rows = rows_of((*PEOPLE, "所在支部"), 所在支部="第一支部")

    outcome = plan(
        workbook(rows[1:], header=rows[0], above=["党员"]), answers={"standing": "full"}
    )

    assert "standing" not in only_plan(outcome).payload.changes
    assert outcome.questions() == []
