"""Who has gone and who has come, row by row, and where those who came belong."""

import datetime as dt
from itertools import product

import pytest

from exchange.import_kinds import Verdict, import_kinds
from exchange.imports.plan import plan_file
from exchange.sheet_context import SheetAnswers
from members.enums import MobileKind
from members.models import CheckIn, MobileRecord
from tests.factories.exchange import workbook
from tests.factories.members import MemberFactory, identity_number
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db

KIND = import_kinds.get("mobile_register")
TITLE = ["流动党员登记台账"]
PLACES = (
    *("姓名", "身份证号", "流出地", "流入地", "流动时间", "流动原因", "入党时间"),
    *("党员类别",),
)


@pytest.fixture
def plan(tmp_path, east, branch, secretary):
    """Return a function that plans a register of 东社区 for its secretary."""

    def make_plan(rows, *, header=PLACES, above=TITLE, **answers):
        path = tmp_path / "register"
        path.write_bytes(workbook(rows, header=header, sheet="Sheet1", above=above))
        return plan_file(
            path,
            filename="表.xlsx",
            kind=KIND,
            by=secretary,
            organization=east,
            answers=SheetAnswers.of(answers),
        )

    return make_plan


@pytest.fixture
def member(branch):
    """武云 of 东社区第一支部."""
    return MemberFactory(name="武云", id_number=identity_number(1), organization=branch)


def moved(n, name, left, come):
    """Return one row of who went from one place to another."""
    return [
        *(name, identity_number(n), left, come, "2025.11.2", "务工", "2005.07.01"),
        "正式党员",
    ]


def directions(outcome):
    return [one.fields.get("direction") for one in outcome.plans]


def test_places_of_each_row_say_who_has_gone_and_who_has_come(plan, member):
    rows = [
        moved(1, "武云", "东社区", "广东省深圳市"),
        moved(2, "赵一", "河南省周口市", "东社区3栋"),
        moved(3, "钱二", "外地", "本社区"),
    ]

    outcome = plan(rows, unrecorded="enter")

    assert directions(outcome) == ["out", "in", "in"]
    assert outcome.questions() == []
    assert all("direction_from_places" in one.flags for one in outcome.plans)


def test_rows_whose_places_do_not_say_it_are_asked_about_in_groups(
    plan, member, branch
):
    MemberFactory(name="钱二", id_number=identity_number(3), organization=branch)
    rows = [
        moved(1, "武云", "东社区", "广东省深圳市"),
        moved(2, "赵一", "河南省周口市", "广东省深圳市"),
        moved(3, "钱二", "河南省周口市", "湖北省武汉市"),
    ]

    asked = plan(rows, unrecorded="enter")
    groups = {group["label"]: group["key"] for group in asked.groups()["direction"]}
    first, second = groups
    answered = plan(
        rows, unrecorded="enter", by_group={groups[first]: "in", groups[second]: "out"}
    )

    assert [one.questions for one in asked.plans] == [
        (),
        ("direction",),
        ("direction",),
    ]
    assert "深圳" in first
    assert "武汉" in second
    assert directions(answered) == ["out", "in", "out"]


def test_a_title_that_contradicts_the_places_of_a_row_is_asked_about(plan, member):
    rows = [moved(1, "武云", "东社区", "广东省深圳市")]

    outcome = plan(rows, above=["流入党员台账"], unrecorded="enter")

    assert outcome.questions() == ["direction"]


GUEST = (
    *("姓名", "身份证号", "流入时间", "所在党支部", "入党时间"),
    "党员类别",
)


def guest(home):
    return ["赵一", identity_number(2), "2025-03-01", home, "2005-07-01", "正式党员"]


def test_a_branch_at_home_is_asked_about_once_and_recorded(plan, secretary, east):
    """It names a village of elsewhere, which is no other name of one's own branch."""
    rows, above = [guest("曹县幸福村党支部")], ["流入党员名册"]

    asked = plan(rows, header=GUEST, above=above, unrecorded="enter")
    answered = plan(
        rows, header=GUEST, above=above, unrecorded="enter", home_elsewhere="record"
    )
    KIND.commit(answered.plans, by=secretary)

    assert asked.questions() == ["home_elsewhere"]
    assert [one.verdict for one in answered.plans] == [Verdict.CREATE]
    row = CheckIn.objects.get()
    assert (row.community, row.home_branch) == (east, "曹县幸福村党支部")
    assert (row.member.organization, row.starts_on) == (None, dt.date(2025, 3, 1))


def test_rows_of_a_branch_that_is_meant_to_be_here_are_left_out_in_words(plan):
    outcome = plan(
        [guest("曹县幸福村党支部")],
        header=GUEST,
        above=["流入党员名册"],
        unrecorded="enter",
        home_elsewhere="leave_out",
    )

    (row_plan,) = outcome.plans
    assert row_plan.verdict == Verdict.REFUSE
    assert "别名" not in row_plan.message
    assert "不导入" in row_plan.message


@pytest.mark.parametrize("heading", ["流出党支部", "组织关系所在党支部", "流出地"])
def test_a_column_of_the_branch_at_home_needs_no_question(
    plan, secretary, east, heading
):
    header = tuple(heading if name == "所在党支部" else name for name in GUEST)

    outcome = plan(
        [guest("曹县幸福村党支部")],
        header=header,
        above=["流入党员名册"],
        unrecorded="enter",
    )
    KIND.commit(outcome.plans, by=secretary)

    assert outcome.questions() == []
    assert CheckIn.objects.get().home_branch == "曹县幸福村党支部"


def test_a_branch_of_another_community_is_where_a_guest_belongs(plan, west, secretary):
    BranchFactory(parent=west, name="西社区第一支部")

    outcome = plan(
        [guest("西社区第一支部")],
        header=GUEST,
        above=["流入党员名册"],
        unrecorded="enter",
        home_elsewhere="record",
    )

    (row_plan,) = outcome.plans
    assert row_plan.verdict == Verdict.CREATE
    assert row_plan.payload.home_branch == "西社区第一支部"


ABSENT = ("姓名", "身份证号", "外出起止时间", "外出原因", "所在党支部")


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2024年3月1日至2025年6月30日", (2024, 3, 1), (2025, 6, 30)),
        ("2024.03.01-2025.06.30", (2024, 3, 1), (2025, 6, 30)),
        ("2024-03-01至2025-06-30", (2024, 3, 1), (2025, 6, 30)),
        ("2024/3/1~2025/6/30", (2024, 3, 1), (2025, 6, 30)),
        ("2024.3.1-至今", (2024, 3, 1), None),
        ("2024年3月1日起", (2024, 3, 1), None),
        ("2024-03-01", (2024, 3, 1), None),
        ("2024.3.1—2099.12.31", (2024, 3, 1), None),
    ],
)
def test_a_period_is_read_as_the_days_of_leaving_and_returning(
    plan, member, secretary, text, since, until
):
    rows = [["武云", identity_number(1), text, "务工", "第一支部"]]

    outcome = plan(rows, header=ABSENT, above=["外出流动党员台账"])
    KIND.commit(outcome.plans, by=secretary)

    absence = MobileRecord.objects.get()
    assert absence.kind == MobileKind.WORKING_AWAY
    assert absence.starts_on == dt.date(*since)
    assert absence.ends_on == (dt.date(*until) if until else None)


def test_a_period_of_months_asks_for_its_days_like_any_month(plan, member):
    rows = [["武云", identity_number(1), "2024.03-2025.06", "务工", "第一支部"]]

    outcome = plan(rows, header=ABSENT, above=["外出流动党员台账"])

    assert outcome.questions() == ["month_only"]
    (row_plan,) = outcome.plans
    fields = (row_plan.fields["flow_date"], row_plan.fields["back_on"])
    assert fields == ("2024-03", "2025-06")


def test_a_return_that_is_only_planned_is_said_and_not_recorded(plan, member):
    rows = [["武云", identity_number(1), "2024.3.1-2099.6.1", "务工", "第一支部"]]

    (row_plan,) = plan(rows, header=ABSENT, above=["外出流动党员台账"]).plans

    assert "return_planned" in row_plan.flags
    assert row_plan.payload.ends_on is None


BOTH = (
    *("姓名", "身份证号", "流出地", "流出地党支部", "流入地", "流入地党支部"),
    *("流动时间", "流动原因"),
)
FAR = ("河南省周口市", "湖南省长沙市东社区", "武汉市江汉区东社区", "某省某市某县")


def both(n, *places):
    """Return a row with places and branches on both sides."""
    return ["陈新", identity_number(n), *places, "2025-11-02", "务工"]


@pytest.mark.parametrize("day", ["流动时间", "流入时间", "流出时间"])
def test_a_stranger_who_came_never_becomes_our_member_who_went(plan, day):
    header = tuple(day if name == "流动时间" else name for name in BOTH)
    branches = ["第一支部", "第一党支部", "东社区第一支部", ""]
    comes = ["东社区", "长安街道", "北京市", ""]
    places = [*product(FAR, branches, comes, [""])]

    outcome = plan([both(n, *p) for n, p in enumerate(places, 3)], header=header)

    taken = [
        place
        for row, place in zip(outcome.plans, places, strict=True)
        if row.verdict != Verdict.CREATE
        or not (row.fields.get("direction") == "in" or "direction" in row.questions)
    ]
    assert taken == []


@pytest.mark.parametrize("far", ["广东省东莞市东社区", "黑龙江省哈尔滨市南岗区东社区"])
def test_a_community_of_our_name_in_another_city_is_not_ours(plan, member, far):
    went = plan([moved(1, "武云", "东社区", far)])
    came = plan([moved(2, "陈新", far, "东社区")])

    assert (directions(went), directions(came)) == (["out"], ["in"])


def test_a_branch_that_any_community_has_is_asked_about_below_another_heading(plan):
    header = tuple("流入时间" if name == "流动时间" else name for name in BOTH)

    outcome = plan([both(3, "", "第一支部", "", "")], header=header)

    assert outcome.questions() == ["direction"]


def test_offices_of_both_sides_say_the_direction_of_each_row(plan, member):
    header = (
        "姓名",
        "身份证号",
        "流动类型",
        "流出地机构",
        "流入地机构",
        "流动时间",
        "流动原因",
    )
    rows = [
        ["武云", identity_number(1), "跨省流动", "第一支部", "深圳市福田区党支部"],
        ["陈新", identity_number(2), "跨省流动", "周口市刘庄店镇党委", "东社区"],
        ["郑三", identity_number(3), "省内流动", "某市某区党委", "某市某县党委"],
    ]

    outcome = plan([[*row, "2025-11-02", "务工"] for row in rows], header=header)

    assert directions(outcome) == ["out", "in", None]
    assert outcome.plans[1].fields["home_branch"] == "周口市刘庄店镇党委"


def test_groups_of_unsure_rows_are_those_with_the_same_places(plan):
    header = (
        "姓名",
        "身份证号",
        "流动类型",
        "流出地",
        "流入地",
        "流动时间",
        "流动原因",
    )
    places = [("北京市", "上海市"), ("天津市", "重庆市")]
    rows = [
        ["陈新", identity_number(n), "跨省流动", *place, "2025-11-02", "务工"]
        for n, place in enumerate(places)
    ]

    outcome = plan(rows, header=header)

    labels = [group["label"] for group in outcome.groups()["direction"]]
    assert labels == ["跨省流动 → 北京市 → 上海市", "跨省流动 → 天津市 → 重庆市"]


def test_where_people_went_is_the_only_place_of_a_sheet_of_those_who_went(plan, member):
    header = ("姓名", "身份证号", "流出地", "流出时间", "流出原因")
    row = ["武云", identity_number(1), "广东省深圳市", "2025-11-02", "务工"]

    outcome = plan([row], header=header, above=["流出党员登记表"])

    assert outcome.plans[0].fields["destination"] == "广东省深圳市"
