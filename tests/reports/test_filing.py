"""Filing a return: it fills itself in, balances, and explains differences."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from accounts.models import AuditEntry, Notice
from core.db.triggers import suspend_triggers
from core.errors import ConstraintViolated
from members.enums import StartReason
from organizations.actions import change_organization
from organizations.errors import MonthIsClosed
from organizations.roles import Role
from reports.actions import (
    answer_street,
    open_current_rounds,
    open_round,
    remind,
    report_line,
    return_for_correction,
    submit_return,
    withdraw_return,
    write_narrative,
)
from reports.enums import ReturnState
from reports.errors import (
    DiffersWithoutReason,
    DoesNotBalance,
    FixedFigure,
    MonthNotOver,
    NobodyToRemind,
    NoFormInForce,
    NoSuchNumber,
    NotAStreet,
    WrongState,
)
from reports.models import MonthlyReturn, PublishedMonth, ReturnRound
from reports.returns.cells import build_cells
from tests.factories.accounts import holder
from tests.factories.members import MemberFactory
from tests.factories.organizations import CommunityFactory, closed
from tests.factories.reports import (
    JULY,
    JUNE,
    MonthlyReturnFactory,
    publish,
    submit,
)
from tests.messages import refusal_of, rule, says

MAY = dt.date(2026, 5, 1)


@pytest.fixture
def draft(east):
    """The June return of 东社区."""
    return MonthlyReturnFactory(organization=east)


def cell(monthly_return, indicator):
    """One cell of a return in its present state."""
    cells = build_cells(MonthlyReturn.objects.get(pk=monthly_return.pk))
    return next(cell for cell in cells if cell.line.indicator == indicator)


def line(monthly_return, indicator):
    """The printed line of an indicator."""
    return monthly_return.round.form.lines.get(indicator=indicator)


# Rounds ------------------------------------------------------------


def test_a_round_gives_every_community_of_the_street_its_return(street, east, west):
    row = open_round(street, JUNE, by=None)

    returns = row.returns.order_by("organization__path")
    assert [r.organization for r in returns] == [east, west]
    assert row.due_on == dt.date(2026, 7, 6)


def test_opening_again_adds_only_returns_of_new_communities(street, east):
    first = open_round(street, JUNE, by=None)
    entries = AuditEntry.objects.count()

    assert open_round(street, JUNE, by=None) == first
    assert AuditEntry.objects.count() == entries

    late = CommunityFactory(parent=street)
    open_round(street, JUNE, by=None)
    assert late.monthly_returns.count() == 1


def test_a_month_before_a_closed_one_gets_no_return(street, east, west):
    closed(west, JUNE)

    open_round(street, MAY, by=None)

    created = MonthlyReturn.objects.filter(month=MAY)
    assert [row.organization for row in created] == [east]


def test_a_closed_month_gets_no_return(street, east, west):
    closed(west, JUNE)

    row = open_round(street, JUNE, by=None)

    assert [r.organization for r in row.returns.all()] == [east]


def test_a_community_collects_no_returns(east):
    with pytest.raises(NotAStreet):
        open_round(east, JUNE, by=None)


def test_a_month_without_a_form_in_force_is_not_opened(street):
    with pytest.raises(NoFormInForce):
        open_round(street, dt.date(1999, 12, 1), by=None)


def test_the_chore_opens_the_current_month_of_every_street(east, foreign):
    assert open_current_rounds() == 2

    months = ReturnRound.objects.values_list("month", flat=True)
    assert list(months) == [JULY, JULY]


def test_a_reminder_goes_to_the_keepers_of_open_returns(
    street, staff, secretary, east, west, django_capture_on_commit_callbacks
):
    row = open_round(street, JUNE, by=staff)
    submit(row.returns.get(organization=west))

    with django_capture_on_commit_callbacks(execute=True):
        assert remind(row, by=staff) == 1

    notice = Notice.objects.get()
    assert (notice.user, notice.url) == (
        secretary,
        row.returns.get(organization=east).get_absolute_url(),
    )
    assert "2026年6月" in notice.text
    assert "2026年7月6日" in notice.text


def test_a_reminder_is_refused_once_all_have_submitted(draft, staff):
    submit(draft)

    with pytest.raises(NobodyToRemind):
        remind(draft.round, by=staff)


# The form that fills itself ----------------------------------------------------------


def test_a_draft_is_filled_in_from_the_records_and_follows_them(draft, roll, branch):
    assert cell(draft, "members_closing").reported == 3
    assert cell(draft, "members_women").reported == 1

    MemberFactory(organization=branch, starts_on=dt.date(2026, 6, 8))

    assert cell(draft, "members_in").reported == 1
    assert cell(draft, "members_closing").reported == 4


def test_showing_a_draft_writes_nothing(draft, roll):
    build_cells(draft)

    assert draft.lines.count() == 0


def test_another_number_may_be_reported_with_a_reason_and_both_are_stored(
    draft, secretary
):
    lessons = line(draft, "meetings_lessons")

    report_line(draft, lessons, value=Decimal(2), reason="两次在上级党校", by=secretary)
    submit_return(draft, by=secretary)

    lesson_cell = cell(draft, "meetings_lessons")
    assert (lesson_cell.computed, lesson_cell.reported) == (0, 2)
    assert lesson_cell.reason == "两次在上级党校"
    assert lesson_cell.differs


def test_another_number_without_a_reason_is_refused(draft, secretary):
    with pytest.raises(DiffersWithoutReason):
        report_line(
            draft,
            line(draft, "meetings_lessons"),
            value=Decimal(2),
            reason="",
            by=secretary,
        )


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        ("meetings_lessons", "-5"),
        ("meetings_lessons", "5.5"),
        ("service_hours", "1.55"),
        ("service_hours", "-0.5"),
    ],
)
def test_impossible_numbers_are_refused(draft, secretary, indicator, value):
    cell_line = line(draft, indicator)

    with pytest.raises(NoSuchNumber, match=refusal_of(NoSuchNumber, value=value)):
        report_line(draft, cell_line, value=Decimal(value), reason="核对", by=secretary)

    assert draft.lines.count() == 0


def test_hours_may_be_reported_by_the_half(draft, secretary):
    hours = line(draft, "service_hours")

    report_line(draft, hours, value=Decimal("1.5"), reason="补记两小时", by=secretary)

    assert cell(draft, "service_hours").reported == Decimal("1.5")


@pytest.mark.parametrize("indicator", ["members_closing", "spending", "adjustment"])
def test_members_and_money_cannot_be_reported_otherwise(draft, secretary, indicator):
    with pytest.raises(FixedFigure):
        report_line(
            draft,
            line(draft, indicator),
            value=Decimal(9),
            reason="上级要求",
            by=secretary,
        )


def test_a_narrative_is_saved_with_one_audit_entry(draft, secretary):
    before = AuditEntry.objects.count()

    write_narrative(draft, narrative="开展主题党日。", by=secretary)

    draft.refresh_from_db()
    assert draft.narrative == "开展主题党日。"
    assert AuditEntry.objects.count() - before == 1


# Submitting ------------------------------------------------------------


def test_submitting_saves_every_line_and_the_person(draft, roll, secretary):
    before = AuditEntry.objects.count()

    row = submit_return(draft, by=secretary)

    assert row.state == ReturnState.SUBMITTED
    assert row.submitted_by == secretary
    assert row.lines.count() == row.round.form.lines.count()
    assert row.lines.get(form_line__indicator="members_closing").reported == 3
    assert AuditEntry.objects.count() - before == 1


def test_a_month_is_submitted_from_its_last_day_on(draft, secretary):
    evening, midnight = (
        dt.datetime(2026, 6, 29, hour, tzinfo=dt.UTC) for hour in (15, 16)
    )

    with time_machine.travel(evening), pytest.raises(MonthNotOver):
        submit_return(draft, by=secretary)

    with time_machine.travel(midnight):
        assert submit_return(draft, by=secretary).state == ReturnState.SUBMITTED


def test_a_month_closed_since_is_not_submitted(draft, secretary, east):
    closed(east, JUNE)

    with pytest.raises(MonthIsClosed):
        submit_return(draft, by=secretary)


def test_a_draft_is_not_submitted_twice(draft, secretary):
    submit_return(draft, by=secretary)

    with pytest.raises(WrongState):
        submit_return(draft, by=secretary)


def test_a_returned_return_gives_a_reason_and_can_be_submitted_again(
    draft, secretary, staff, django_capture_on_commit_callbacks
):
    submit_return(draft, by=secretary)

    with django_capture_on_commit_callbacks(execute=True):
        row = return_for_correction(draft, reason="党课次数请核对", by=staff)

    assert (row.state, row.return_reason) == (ReturnState.RETURNED, "党课次数请核对")
    assert Notice.objects.get().user == secretary
    answer_street(row, answer="党课两次，已与签到表核对", by=secretary)
    again = submit_return(row, by=secretary)
    assert (again.state, again.return_reason) == (ReturnState.SUBMITTED, "")


def test_what_asked_every_keeper_for_a_return_is_read_once_one_submits_it(
    draft, secretary, staff, east
):
    holder(Role.CLERK, east)
    submit_return(draft, by=secretary)
    row = return_for_correction(draft, reason="党课次数请核对", by=staff)
    asked = Notice.objects.unread().about(row).count()

    answer_street(row, answer="党课两次，已与签到表核对", by=secretary)
    submit_return(row, by=secretary)

    assert (asked, Notice.objects.unread().count()) == (2, 0)


def test_a_return_is_sent_back_only_with_a_reason(draft, secretary, staff):
    submit_return(draft, by=secretary)

    with pytest.raises(
        ConstraintViolated, match=rule("monthlyreturn_returned_with_a_reason")
    ):
        return_for_correction(draft, reason="", by=staff)


def test_a_submitted_return_can_be_withdrawn_until_it_is_decided_on(
    draft, secretary, staff
):
    submit_return(draft, by=secretary)

    assert withdraw_return(draft, by=secretary).state == ReturnState.DRAFT

    submit_return(draft, by=secretary)
    return_for_correction(draft, reason="请核对党课次数", by=staff)
    with pytest.raises(WrongState):
        withdraw_return(draft, by=secretary)


# Balance ------------------------------------------------------------


@pytest.fixture
def unbalanced(east, west, branch, roll):
    """A June in which 西社区 takes over a branch, after its May was published."""
    publish(MonthlyReturnFactory(organization=west, month=MAY))
    change_organization(branch, by=None, on=dt.date(2026, 6, 10), parent=west)
    return MonthlyReturnFactory(organization=west)


def test_a_branch_moved_here_appears_as_an_adjustment(unbalanced):
    assert cell(unbalanced, "members_opening").reported == 0
    assert cell(unbalanced, "adjustment").reported == 3
    assert cell(unbalanced, "members_closing").reported == 3


@pytest.fixture
def unexplained(unbalanced):
    """The same June, after a published number that no entry explains."""
    published = PublishedMonth.objects.get(organization=unbalanced.organization)
    figures = {**published.figures, "members_closing": "5"}
    with suspend_triggers(PublishedMonth):
        PublishedMonth.objects.filter(pk=published.pk).update(figures=figures)
    return unbalanced


def test_a_month_that_no_entry_explains_is_refused_with_its_numbers(unexplained):
    with pytest.raises(DoesNotBalance) as refusal:
        submit(unexplained)

    numbers = {"opening": 5, "change": 0, "expected": 5, "closing": 3}
    assert says(refusal.value, refusal_of(DoesNotBalance, **numbers))
    assert cell(unexplained, "members_closing").reported == 3


def test_the_known_causes_of_an_adjustment_explain_it(unbalanced):
    shown = cell(unbalanced, "adjustment").reason

    row = submit(unbalanced)

    kept = row.lines.get(form_line__indicator="adjustment").reason
    assert kept == shown
    assert kept.endswith("（+3）")
    assert "东社区第一支部" in kept


def test_an_explained_adjustment_is_submitted(unbalanced, secretary):
    report_line(
        unbalanced,
        line(unbalanced, "adjustment"),
        value=Decimal(3),
        reason="东社区第一支部整建制划入",
        by=secretary,
    )

    assert submit(unbalanced).state == ReturnState.SUBMITTED


def test_gains_and_losses_explain_the_month_by_themselves(draft, roll, branch):
    MemberFactory(
        organization=branch,
        starts_on=dt.date(2026, 6, 8),
        reason=StartReason.RESTORED,
    )

    assert cell(draft, "members_opening").reported == 3
    assert cell(draft, "members_other_gain").reported == 1
    assert cell(draft, "adjustment").reported == 0
    assert submit(draft).state == ReturnState.SUBMITTED
