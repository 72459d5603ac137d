"""Sheets of in-service members who check in: day, employer, skills, no branch."""

import datetime as dt

import pytest

from exchange.import_kinds import Verdict
from members.actions import end_check_in
from members.errors import BeforeJoining
from members.models import CheckIn, Member
from members.roster import errors
from organizations.errors import UnknownOrganization
from tests.factories.exchange import book
from tests.factories.members import CheckInFactory, MemberFactory, identity_number
from tests.factories.organizations import BranchFactory, UnitFactory
from tests.members.test_roster import KIND, only_plan, plan
from tests.members.test_roster_kinds import PEOPLE, rows_of
from tests.messages import refusal_of, says

__all__ = ["plan"]

COLUMNS = (*PEOPLE, "入党时间", "工作单位及职务", "报到时间", "报到社区", "特长")
FULL = {"standing": "full"}


@pytest.fixture(autouse=True)
def on_28_november(time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC))


def check_in_sheet(**cells):
    """Return a sheet with one in-service member who checks in."""
    title = ["东社区在职党员到社区报到登记表"]
    row = {"报到社区": "东社区", "入党时间": "2005.7.1", **cells}
    return book({"Sheet1": [title, *rows_of(COLUMNS, **row)]})


def in_service_roster(**cells):
    """Return a roster with one in-service member."""
    rows = rows_of((*PEOPLE, "入党时间", "党员类别", "人员类别", "所在支部"), **cells)
    return book({"Sheet1": [["东社区党员花名册"], *rows]})


def test_a_check_in_takes_its_day_employer_and_skills(plan, east, secretary):
    unit = UnitFactory(host=east, name="市财政局")
    sheet = check_in_sheet(
        工作单位及职务="市财政局科员", 报到时间="2026.3.5", 特长="法律、家电维修"
    )

    outcome = plan(sheet, answers=FULL)
    KIND.commit(outcome.plans, by=secretary)

    member = Member.objects.get()
    assert (member.employer, member.skills) == (unit, ["law", "repair"])
    assert CheckIn.objects.get().starts_on == dt.date(2026, 3, 5)
    assert outcome.plans[0].fields["checked_in_on"] == "2026-03-05"
    assert outcome.unknown_columns == {}


def test_what_cannot_be_taken_is_said_and_the_rest_is_entered(plan):
    sheet = check_in_sheet(工作单位及职务="外市某公司", 特长="法律、变脸")

    row_plan = only_plan(plan(sheet, answers=FULL))

    assert row_plan.payload.values["skills"] == ["law"]
    assert row_plan.flags[-3:] == ["employer_unread", "skills_unread", "in_service"]
    assert {"employer_unread", "skills_unread"} <= set(KIND.flags)


def test_two_units_of_one_name_are_not_guessed_between(plan, east, west, staff):
    UnitFactory(host=east, name="市财政局")
    UnitFactory(host=west, name="市财政局")

    row_plan = only_plan(
        plan(check_in_sheet(工作单位及职务="市财政局"), answers=FULL, by=staff)
    )

    assert "employer" not in row_plan.payload.values


OFFERED = next(dict(q.choices) for q in KIND.questions if q.key == "check_in_month")
DAYS = (dt.date(2026, 3, 1), dt.date(2026, 11, 28))


@pytest.mark.parametrize(("answer", "day"), [*zip(OFFERED, DAYS, strict=True)])
def test_a_month_of_checking_in_is_asked_about(plan, secretary, answer, day):
    sheet = check_in_sheet(报到时间="2026.3")

    asked = plan(sheet, answers=FULL)
    answered = plan(sheet, answers={**FULL, "check_in_month": answer})
    KIND.commit(answered.plans, by=secretary)

    assert asked.questions() == ["check_in_month"]
    assert answered.questions() == []
    assert CheckIn.objects.get().starts_on == day


def test_a_check_in_before_joining_the_party_is_refused_in_its_row(plan):
    sheet = check_in_sheet(入党时间="2020.7.1", 报到时间="2019.3.5")

    row_plan = only_plan(plan(sheet, answers=FULL))

    assert row_plan.verdict == Verdict.REFUSE
    assert says(row_plan.message, refusal_of(BeforeJoining, name="张一"))


def test_a_check_in_of_tomorrow_is_refused_in_its_row(plan):
    row_plan = only_plan(plan(check_in_sheet(报到时间="2026.11.30"), answers=FULL))

    assert says(row_plan.message, refusal_of(errors.JoinInFuture))


def test_a_recorded_member_of_another_branch_is_checked_in(plan, east, west, staff):
    home = BranchFactory(parent=west, name="机关支部")
    member = MemberFactory(name="张一", id_number=identity_number(1), organization=home)
    sheet = check_in_sheet(入党时间=None, 报到时间="2026.3.5")

    outcome = plan(sheet, by=staff)
    KIND.commit(outcome.plans, by=staff)
    again = plan(sheet, by=staff)

    row = CheckIn.objects.get()
    member.refresh_from_db()
    assert (row.community, row.starts_on) == (east, dt.date(2026, 3, 5))
    assert member.organization == home
    assert "东社区 · 2026年3月5日" in str(outcome.plans[0].changes)
    assert only_plan(again).verdict == Verdict.UNCHANGED


def test_a_check_in_within_an_earlier_one_is_refused(plan, east, west, staff):
    home = BranchFactory(parent=west)
    member = MemberFactory(name="张一", id_number=identity_number(1), organization=home)
    earlier = CheckInFactory(member=member, community=west, on=dt.date(2026, 1, 1))
    end_check_in(earlier, by=None, on=dt.date(2026, 5, 1))

    row_plan = only_plan(
        plan(check_in_sheet(入党时间=None, 报到时间="2026.3.5"), by=staff)
    )

    assert says(row_plan.message, refusal_of(errors.CheckInOverlaps))


@pytest.mark.parametrize("named", [None, "市财政局机关党支部"])
def test_an_in_service_member_of_a_roster_needs_no_branch_here(
    plan, east, secretary, named
):
    sheet = in_service_roster(人员类别="在职党员", 所在支部=named)

    outcome = plan(sheet, answers=FULL)
    KIND.commit(outcome.plans, by=secretary)

    member = Member.objects.get()
    assert (member.organization, member.community) == (None, east)
    assert ("branch_elsewhere" in outcome.plans[0].flags) == bool(named)


def test_a_branch_of_an_unknown_community_is_not_taken_for_an_employers(plan):
    sheet = in_service_roster(人员类别="在职党员", 所在支部="西山社区第二支部")

    row_plan = only_plan(plan(sheet, answers=FULL))

    assert says(row_plan.message, refusal_of(UnknownOrganization))


def test_the_day_of_checking_in_of_somebody_else_is_said_to_be_unused(plan):
    rows = rows_of((*PEOPLE, "人员类别", "报到时间", "所在支部"), 人员类别="居民")
    rows[1][-2:] = ["2026.3.5", "第一支部"]

    row_plan = only_plan(plan(book({"党员": rows}), answers=FULL))

    assert "check_in_unused" in row_plan.flags
