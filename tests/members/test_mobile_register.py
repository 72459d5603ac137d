"""Registers of mobile members: absences of those who exist, and who has come."""

import datetime as dt
import io

import pytest
import xlsxwriter

from exchange.errors import UnwantedSheet
from exchange.import_kinds import Verdict, import_kinds
from exchange.imports import import_now
from exchange.imports.plan import plan_file
from exchange.sheet_context import SheetAnswers
from figures.counting import count_figures
from members.actions import end_membership, record_mobile
from members.enums import Category, EndReason, MobileKind, Standing
from members.models import ActivityCertificate, CheckIn, Member, MobileRecord
from organizations.month_tree import get_organization_at
from tests.factories.exchange import upload, workbook
from tests.factories.members import MemberFactory, identity_number
from tests.factories.organizations import BranchFactory

pytestmark = pytest.mark.django_db

KIND = import_kinds.get("mobile_register")
HEADER = (
    *("姓名", "公民身份号码", "流动类型", "流出（入）党支部", "外出流向"),
    *("外出（流入）日期", "外出原因", "返回日期", "加入党组织时间"),
)
LEFT = dt.date(2025, 11, 2)


def row(n=1, **changes):
    """Return one good row of somebody who has gone away."""
    return {
        "姓名": "武云",
        "公民身份号码": identity_number(n),
        "流动类型": "流出",
        "流出（入）党支部": "第一支部",
        "外出流向": "深圳市",
        "外出（流入）日期": "2025-11-02",
        "外出原因": "外出务工经商",
        "返回日期": None,
        "加入党组织时间": "2005-07-01",
    } | changes


@pytest.fixture
def member(branch):
    """武云 of 东社区第一支部."""
    return MemberFactory(name="武云", id_number=identity_number(1), organization=branch)


@pytest.fixture
def plan(tmp_path, east, branch, secretary):
    """Return a function that plans a register of 东社区 for its secretary."""

    def make_plan(rows, *, above=(), header=HEADER, kind=KIND, **answers):
        path = tmp_path / "register"
        content = rows
        if not isinstance(rows, bytes):
            content = workbook(rows, header=header, sheet="Sheet1", above=above)
        path.write_bytes(content)
        return plan_file(
            path,
            filename="表.xlsx",
            kind=kind,
            by=secretary,
            organization=east,
            answers=SheetAnswers.of(answers),
        )

    return make_plan


@pytest.fixture
def bring(east, branch, secretary):
    """Return a function that enters a register of 东社区."""

    def enter(rows, **answers):
        content = workbook(rows, header=HEADER)
        return import_now(
            upload(content, "流动党员台账.xlsx"),
            kind=KIND,
            organization=east,
            by=secretary,
            answers=answers,
        )

    return enter


def only(outcome):
    """Return the plan of the only row."""
    (row_plan,) = outcome.plans
    return row_plan


def absences():
    """Return the recorded absences as plain values."""
    rows = MobileRecord.objects.order_by("member__id_index", "starts_on")
    return [
        (r.member.name, r.kind, r.destination, r.starts_on, r.ends_on) for r in rows
    ]


def test_an_absence_is_recorded_and_a_second_import_changes_nothing(bring, member):
    bring([row()])
    again = bring([row()])

    assert absences() == [("武云", MobileKind.WORKING_AWAY, "深圳市", LEFT, None)]
    assert (only(again).verdict, only(again).flags) == (
        Verdict.UNCHANGED,
        ["unchanged"],
    )
    assert Member.objects.count() == 1


@pytest.mark.parametrize(
    "heading", ["结束流动日期", "终止流动时间", "流动结束时间", "外出返回时间"]
)
def test_the_end_of_an_absence_is_read_under_each_of_its_names(plan, member, heading):
    header = tuple(heading if name == "返回日期" else name for name in HEADER)
    ended = row()
    ended[heading] = ended.pop("返回日期") or "2026-02-01"

    planned = only(plan([ended], header=header))

    assert planned.payload.ends_on == dt.date(2026, 2, 1)


def test_a_return_ends_the_recorded_absence(bring, member):
    bring([row()])

    bring([row(返回日期="2026-02-01")])
    again = bring([row(返回日期="2026-02-01")])

    back = dt.date(2026, 2, 1)
    assert absences() == [("武云", MobileKind.WORKING_AWAY, "深圳市", LEFT, back)]
    assert only(again).verdict == Verdict.UNCHANGED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"外出（流入）日期": None}, "外出（流入）日期：为空，必须填写"),
        ({"外出（流入）日期": "2099-01-01"}, "晚于今天"),
        ({"外出（流入）日期": "2025"}, "只有年份"),
        ({"返回日期": "2025-11-02"}, "不晚于外出日期"),
        ({"流出（入）党支部": "第二支部"}, "在“东社区第一支部”"),
        ({"流出（入）党支部": "没有的支部"}, "找不到名为"),
        ({"姓名": "李四"}, "名册上写的是"),
        ({"公民身份号码": "4.29901E+17"}, "科学计数"),
    ],
)
def test_a_row_in_doubt_is_refused_with_the_reason(plan, member, east, changes, reason):
    BranchFactory(parent=east, name="东社区第二支部")

    row_plan = only(plan([row(**changes)]))

    assert (row_plan.verdict, row_plan.questions) == (Verdict.REFUSE, ())
    assert reason in row_plan.message


def test_a_member_away_since_another_day_is_not_away_twice(plan, member):
    record_mobile(member, kind=MobileKind.TALENT, by=None, on=dt.date(2025, 1, 1))

    row_plan = only(plan([row()]))

    assert "2025年1月1日" in row_plan.message


def test_a_former_member_is_not_away(plan, member):
    end_membership(member, reason=EndReason.DIED, by=None, on=dt.date(2025, 12, 1))

    assert "去世" in only(plan([row()])).message


def test_who_has_no_number_is_found_by_name_and_branch(bring, member):
    outcome = bring([row(公民身份号码=None)])

    assert only(outcome).flags == ["matched_by_name"]
    assert [name for name, *_rest in absences()] == ["武云"]


@pytest.mark.parametrize(
    ("namesakes", "changes"),
    [(0, {"姓名": "李四"}), (1, {}), (0, {"流出（入）党支部": "第三支部"})],
)
def test_who_has_no_number_and_is_not_unmistakable_is_refused(
    plan, member, branch, namesakes, changes
):
    MemberFactory.create_batch(namesakes, name="武云", organization=branch)

    row_plan = only(plan([row(公民身份号码=None, **changes)]))

    assert row_plan.verdict == Verdict.REFUSE


@pytest.mark.parametrize(
    ("changes", "question", "answer"),
    [
        ({"流动类型": None}, "direction", "out"),
        ({"外出原因": None}, "mobile_kind", MobileKind.TALENT.value),
        ({"外出（流入）日期": "2025年11月"}, "month_only", "first"),
        (
            {"姓名": "李四", "公民身份号码": identity_number(2)},
            *("unrecorded", "enter"),
        ),
    ],
)
def test_what_the_sheet_leaves_open_is_asked_and_nothing_is_supplied(
    bring, member, changes, question, answer
):
    asked = bring([row(**changes)])

    assert asked.questions() == [question]
    assert f"{question}_asked" in only(asked).flags
    assert absences() == []
    answered = bring([row(**changes)], **{question: answer, "standing": "full"})
    assert f"{question}_answered" in only(answered).flags
    assert len(absences()) == 1


@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        ({"公民身份号码": identity_number(2)}, {"unrecorded": "leave_out"}),
        ({"外出（流入）日期": "2025年11月"}, {"month_only": "leave_out"}),
    ],
)
def test_what_is_left_out_as_answered_is_refused_in_words(
    plan, member, changes, answers
):
    row_plan = only(plan([row(**changes)], **answers))

    assert row_plan.verdict == Verdict.REFUSE
    assert "不导入" in row_plan.message


def test_who_is_entered_as_answered_is_a_mobile_member_of_the_branch(bring, branch):
    asked = bring([row()], unrecorded="enter")
    bring([row()], unrecorded="enter", standing="probationary")

    entered = Member.objects.get()
    assert asked.questions() == ["standing"]
    assert entered.organization == branch
    assert (entered.standing, entered.category) == (
        Standing.PROBATIONARY,
        Category.MOBILE,
    )
    assert [name for name, *_rest in absences()] == ["武云"]


def test_who_has_come_is_checked_in_and_never_counted(bring, east):
    coming = row(流动类型="流入")
    bring([coming], unrecorded="enter", standing="full")

    again = bring([coming])

    guest = Member.objects.get()
    assert (guest.organization, guest.community) == (None, east)
    assert CheckIn.objects.get().starts_on == LEFT
    assert absences() == []
    assert only(again).verdict == Verdict.UNCHANGED
    keys = ("members_closing", "members_checked_in", "members_mobile")
    month = dt.date(2025, 12, 1)
    figures = count_figures(get_organization_at(east.pk, month), month, keys)
    assert dict(figures) == dict.fromkeys(keys, 0)


def test_who_belongs_to_the_community_has_not_come_from_elsewhere(plan, member):
    row_plan = only(plan([row(流动类型="流入")]))

    assert "东社区第一支部" in row_plan.message


def test_a_member_of_another_branch_of_the_street_may_have_come(
    plan, west, street, staff, tmp_path, east, branch
):
    elsewhere = BranchFactory(parent=west, name="西社区第一支部")
    MemberFactory(name="武云", id_number=identity_number(1), organization=elsewhere)
    rows = [row(流动类型="流入", **{"流出（入）党支部": "东社区第一支部"})]

    outcome = import_now(
        upload(workbook(rows, header=HEADER), "流动党员台账.xlsx"),
        kind=KIND,
        organization=street,
        by=staff,
    )

    assert only(outcome).flags == ["host"]
    assert Member.objects.get().community == east
    assert Member.objects.get().organization == elsewhere


def test_whoever_is_recorded_outside_ones_area_is_refused_without_particulars(
    plan, foreign_branch
):
    MemberFactory(
        name="赵六", id_number=identity_number(1), organization=foreign_branch
    )

    row_plan = only(plan([row()], unrecorded="enter"))

    assert row_plan.verdict == Verdict.REFUSE
    assert "赵六" not in row_plan.message


@pytest.fixture
def foreign_branch(foreign):
    """A branch of another street."""
    return BranchFactory(parent=foreign, name="柳岸一支部")


@pytest.mark.parametrize(
    ("above", "header", "direction"),
    [
        (["东社区流出党员台账"], "外出时间", "out"),
        (["东社区流入党员台账"], "流入时间", "in"),
        (["东社区流动党员台账"], "外出时间", "out"),
        (["东社区流动党员台账"], "流入日期", "in"),
        (["东社区流动党员台账"], "流动时间", None),
    ],
)
def test_titles_and_headings_say_who_has_gone_and_who_has_come(
    plan, member, above, header, direction
):
    columns = ("姓名", "公民身份号码", header, "外出原因", "所在党支部")
    person = ("武云", identity_number(1), "2025.11.2", "务工", "第一支部")

    row_plan = only(plan([list(person)], above=above, header=columns))

    asked = row_plan.questions == ("direction",)
    assert (row_plan.fields.get("direction"), asked) in {
        (direction, direction is None),
        *([(None, False)] if direction == "in" else []),  # refused: belongs here
    }


def test_the_two_branches_of_one_row_are_told_apart(bring_two_branches, member):
    gone = bring_two_branches("流出")

    assert gone.verdict == Verdict.CREATE
    assert gone.fields["branch"] == "东社区第一支部"
    assert gone.fields["destination"] == "深圳市某党支部"


@pytest.fixture
def bring_two_branches(plan):
    """Return a function that plans a row with a branch left and a branch come to."""

    def make(direction):
        header = (
            *("姓名", "身份证号", "流动类型", "流出地党支部", "流入地党支部"),
            *("流动时间", "流动原因"),
        )
        person = ["武云", identity_number(1), direction, "第一支部", "深圳市某党支部"]
        return only(plan([[*person, "2025/11/2", "务工"]], header=header))

    return make


@pytest.mark.parametrize(
    ("kind", "header", "above", "key"),
    [
        ("mobile_register", ("姓名", "身份证号", "外出时间"), (), "mobile_register"),
        ("member_roster", HEADER, (), "mobile_register"),
        (
            "mobile_register",
            ("姓名", "身份证号", "入党时间"),
            ("党员花名册",),
            "roster",
        ),
        ("mobile_register", ("姓名", "身份证号", "工号"), ("员工名单",), "employees"),
    ],
)
def test_a_register_is_told_from_other_sheets(plan, kind, header, above, key):
    person = dict.fromkeys(header, None) | row()
    rows = [[person.get(column) for column in header]]

    try:
        outcome = plan(rows, header=header, above=above, kind=import_kinds.get(kind))
        recognized = outcome.recognized
    except UnwantedSheet as refusal:
        recognized = refusal.recognized

    assert [sheet["type"] for sheet in recognized] == [key]


GUEST = (
    *("姓名", "公民身份号码", "何时流入", "组织关系所在地", "入党时间"),
    "党员类别",
)


def test_who_has_come_may_belong_to_a_branch_that_the_system_does_not_have(plan, east):
    guest = {
        "姓名": "武云",
        "公民身份号码": identity_number(1),
        "何时流入": "2025-03-01",
        "组织关系所在地": "外县某机关支部",
        "入党时间": "2005-07-01",
        "党员类别": "正式党员",
    }

    outcome = plan([guest], header=GUEST, above=["流入党员名册"], unrecorded="enter")

    (row_plan,) = outcome.plans
    assert row_plan.verdict == Verdict.CREATE
    assert row_plan.payload.community == east
    assert "branch_elsewhere" in row_plan.flags


def test_a_place_below_a_group_heading_is_the_destination(plan, member):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as written:
        sheet = written.add_worksheet()
        sheet.write(0, 0, "流出党员名册")
        for place, heading in enumerate(("姓名", "公民身份号码", "外出原因")):
            sheet.merge_range(1, place, 2, place, heading)
        sheet.merge_range(1, 3, 1, 4, "外出务工情况")
        sheet.write_row(2, 3, ["何时外出", "地点"])
        sheet.write_row(
            3, 0, ["武云", identity_number(1), "外出务工", "2025-03-01", "深圳市"]
        )

    (row_plan,) = plan(stream.getvalue()).plans

    assert row_plan.payload.destination == "深圳市"
    assert row_plan.payload.starts_on == dt.date(2025, 3, 1)


def certificates():
    rows = ActivityCertificate.objects.order_by("pk")
    return [(one.member.name, one.number, one.issued_on) for one in rows]


WITH_CERTIFICATE = (*HEADER, "流动党员活动证编号")


def test_the_number_of_a_certificate_is_taken_from_the_register(
    plan, secretary, member
):
    rows = [row(流动党员活动证编号="活字００7")]
    for _twice in range(2):
        outcome = plan(rows, header=WITH_CERTIFICATE)
        KIND.commit(outcome.plans, by=secretary)

    assert certificates() == [("武云", "活字007", None)]
    assert only(outcome).verdict is Verdict.UNCHANGED


def test_a_number_is_added_to_an_absence_on_record(plan, secretary, member, bring):
    bring([row()])
    outcome = plan([row(流动党员活动证编号="0008")], header=WITH_CERTIFICATE)
    KIND.commit(outcome.plans, by=secretary)

    assert (only(outcome).verdict, certificates()) == (
        Verdict.UPDATE,
        [("武云", "0008", None)],
    )
    other = plan([row(流动党员活动证编号="0009")], header=WITH_CERTIFICATE)
    assert "certificate_differs" in only(other).flags
    assert only(other).verdict is Verdict.UNCHANGED


@pytest.mark.parametrize("word", ["是", "已领取", "—", "无"])
def test_a_word_that_there_is_a_certificate_is_no_number(plan, member, word):
    outcome = plan([row(流动党员活动证编号=word)], header=WITH_CERTIFICATE)

    assert only(outcome).payload.certificate == ""


def test_one_number_of_two_members_is_refused_for_the_second(plan, branch, member):
    MemberFactory(name="赵一", id_number=identity_number(2), organization=branch)
    second = row(2, 姓名="赵一", 流动党员活动证编号="0008")

    outcome = plan([row(流动党员活动证编号="0008"), second], header=WITH_CERTIFICATE)

    verdicts = [one.verdict for one in outcome.plans]
    assert verdicts == [Verdict.CREATE, Verdict.REFUSE]
