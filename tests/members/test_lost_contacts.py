"""Members with whom contact was lost: search, suspension, removal, and being found."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from cases.actions import record_step, take_case
from cases.enums import CaseState
from cases.models import Case
from communities.enums import MeetingKind
from core.errors import ConstraintViolated
from core.months import months_after, today
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from members.actions import (
    end_membership,
    move_member,
    receive_transfer,
    record_contact,
    record_mobile,
    remove_lost_member,
    report_lost_contact,
    suspend_membership,
    void_affiliation,
    void_lost_contact,
)
from members.enums import EndReason, LostState, MobileKind, Standing
from members.errors import (
    OtherDecisionForStanding,
    SearchIsOver,
    TooEarlyToDecide,
)
from members.invariants import find_searches_elsewhere, find_wrong_terms_of_searches
from members.models import LostContact, Member
from tests.factories.communities import MeetingFactory
from tests.factories.members import (
    LostContactFactory,
    MemberFactory,
    TransferFactory,
)
from tests.factories.organizations import BranchFactory

DAY = dt.timedelta(days=1)
DUES = dt.date(2023, 8, 31)
LIFE = dt.date(2023, 6, 20)
SUSPENDED = dt.date(2024, 2, 29)
S = LostState


@pytest.fixture
def row(branch):
    """The search for a member of a branch, lost since 31 August 2023."""
    member = MemberFactory(name="李明", organization=branch)
    return LostContactFactory(member=member)


@pytest.fixture
def suspended(row, secretary):
    """The same, suspended on the first day on which it could be."""
    return suspend_membership(row, on=SUSPENDED, number="东党〔2024〕3号", by=secretary)


def now(row):
    """The row as it is stored."""
    return LostContact.objects.select_related("case", "member").get(pk=row.pk)


@pytest.mark.parametrize(
    ("life", "dues", "lost"),
    [(LIFE, DUES, DUES), (DUES, LIFE, DUES), (LIFE, None, LIFE), (None, DUES, DUES)],
)
def test_contact_is_lost_on_the_later_of_both_days(life, dues, lost, branch):
    row = report_lost_contact(
        MemberFactory(organization=branch),
        last_life_on=life,
        last_dues_on=dues,
        by=None,
    )

    assert row.lost_on == lost


def test_minutes_that_prove_a_later_day_count_more_than_what_was_typed(branch):
    member = MemberFactory(organization=branch)
    MeetingFactory(
        organization=branch, chair=member, kind=MeetingKind.MEMBERS, held_on=DUES
    )

    row = report_lost_contact(member, last_life_on=LIFE, by=None)

    assert (row.last_life_on, row.lost_on) == (DUES, DUES)


def test_a_search_says_since_when(branch):
    with pytest.raises(ConstraintViolated):
        report_lost_contact(MemberFactory(organization=branch), by=None)

    assert not LostContact.objects.exists()


def test_nobody_is_searched_for_twice(row):
    with pytest.raises(ConstraintViolated):
        report_lost_contact(row.member, last_dues_on=DUES, by=None)

    assert [*LostContact.objects.all()] == [row]


def test_six_months_after_a_thirty_first_end_on_the_last_day_of_february(row):
    assert row.decide_from == SUSPENDED == months_after(DUES, 6)


def test_nobody_is_suspended_a_day_early(row, secretary):
    with pytest.raises(TooEarlyToDecide):
        suspend_membership(row, on=SUSPENDED - DAY, number="3号", by=secretary)

    assert now(row).state == S.SEARCHING


def test_who_is_suspended_still_belongs_and_counts(suspended, branch):
    member = Member.objects.get()

    assert (member.organization, member.ended_on) == (branch, None)
    assert now(suspended).case.due_on == max(dt.date(2026, 2, 28), today())


@time_machine.travel("2026-02-27 12:00", tick=False)
def test_nobody_is_removed_before_two_years_of_suspension(branch, secretary):
    row = LostContactFactory(member=MemberFactory(organization=branch))
    row = suspend_membership(row, on=SUSPENDED, number="3号", by=secretary)

    with pytest.raises(TooEarlyToDecide):
        remove_lost_member(row, on=today(), number="7号", by=secretary)

    assert (now(row).state, now(row).remove_from) == (S.SUSPENDED, dt.date(2026, 2, 28))


def test_two_years_later_the_member_is_removed_with_day_and_number(
    suspended, secretary
):
    day = suspended.remove_from + DAY if suspended.remove_from < today() else today()
    remove_lost_member(suspended, on=day, number="东党〔2026〕7号", by=secretary)

    member, row = Member.objects.get(), now(suspended)
    assert (member.ended_on, member.end_reason) == (day, EndReason.STRUCK_OFF)
    assert (row.state, row.decided_on) == (S.REMOVED, day)
    assert row.case.state == CaseState.ANSWERED


def test_nobody_is_removed_without_a_suspension(row, secretary):
    with pytest.raises(OtherDecisionForStanding):
        remove_lost_member(row, on=today(), number="7号", by=secretary)

    assert Member.objects.get().ended_on is None


def test_a_probationary_membership_is_cancelled_and_never_suspended(branch, secretary):
    member = MemberFactory(organization=branch, standing=Standing.PROBATIONARY)
    row = LostContactFactory(member=member)

    with pytest.raises(OtherDecisionForStanding):
        suspend_membership(row, on=SUSPENDED, number="3号", by=secretary)
    remove_lost_member(row, on=SUSPENDED, number="4号", by=secretary)

    assert now(row).state == S.CANCELLED
    assert Member.objects.get().ended_on == SUSPENDED


def test_contact_ends_the_search_and_leaves_the_lost_day(row, secretary):
    record_contact(row, on=today(), note="本人来电", by=secretary)

    found = now(row)
    assert (found.state, found.contacted_on, found.lost_on) == (S.FOUND, today(), DUES)
    assert (found.case.state, Member.objects.get().ended_on) == (
        CaseState.ANSWERED,
        None,
    )


def test_contact_before_it_was_lost_is_no_contact(row, secretary):
    with pytest.raises(ConstraintViolated):
        record_contact(row, on=DUES, by=secretary)

    assert now(row).is_open


def test_a_suspension_is_lifted_by_a_decision_with_a_number(suspended, secretary):
    with pytest.raises(ConstraintViolated):
        record_contact(suspended, on=today(), by=secretary)
    record_contact(suspended, on=today(), number="9号", by=secretary)

    row = now(suspended)
    assert (row.state, row.decision_number) == (S.FOUND, "9号")
    assert row.suspended_on == SUSPENDED


def test_a_death_ends_the_search(row, secretary):
    closed = end_membership(row.member, reason=EndReason.DIED, by=secretary)

    assert closed == ["结束查找1件"]
    assert (now(row).state, now(row).case.is_open) == (S.CLOSED, False)


def test_a_search_goes_on_where_the_member_moves(row, east, secretary):
    there = BranchFactory(parent=east)
    take_case(row.case, by=secretary)

    move_member(row.member, there, by=secretary)

    case = now(row).case
    assert (case.organization, case.owner) == (there, secretary)


def test_another_street_searches_on_without_the_owner_from_here(
    row, foreign, other_street, secretary
):
    there = BranchFactory(parent=foreign)
    take_case(row.case, by=secretary)
    letter = TransferFactory(member=row.member, to=other_street, issued=True)

    receive_transfer(letter, by=None, branch=there)

    case = now(row).case
    assert (case.organization, case.owner) == (there, None)
    assert not Case.objects.visible_to(secretary).exists()


def test_a_move_that_was_a_mistake_brings_the_search_back(row, branch, east):
    move_member(row.member, BranchFactory(parent=east), by=None)

    void_affiliation(row.member.affiliations.get(ends_on=None), by=None, reason="录错")

    assert now(row).case.organization == branch


def test_who_leaves_the_city_is_searched_for_elsewhere(row, secretary):
    end_membership(row.member, reason=EndReason.TRANSFERRED_OUT, by=secretary)

    assert (now(row).state, now(row).case.is_open) == (S.CLOSED, False)


@pytest.mark.parametrize("step", [suspend_membership, remove_lost_member])
def test_nothing_is_decided_about_a_search_that_is_over(step, row, secretary):
    void_lost_contact(row, reason="登记错人", by=secretary)

    with pytest.raises(SearchIsOver):
        step(row, on=today(), number="3号", by=secretary)

    assert now(row).case.state == CaseState.VOIDED


def test_a_voided_search_makes_room_for_the_right_one(row, secretary):
    void_lost_contact(row, reason="日期有误", by=secretary)

    report_lost_contact(row.member, last_dues_on=LIFE, by=secretary)

    assert LostContact.objects.open().get().lost_on == LIFE


def test_the_decision_is_on_the_desk_when_its_time_has_come(branch, secretary):
    member = MemberFactory(organization=branch)
    report_lost_contact(member, last_dues_on=today() - DAY, by=secretary)
    early = [str(todo.label) for todo in todos_for(secretary, today())]

    later = [str(todo.label) for todo in todos_for(secretary, months_after(today(), 6))]

    assert "可作组织处理的失联、出国（境）党员" in later
    assert "可作组织处理的失联、出国（境）党员" not in early


def test_the_time_line_tells_the_whole_story(suspended, secretary):
    record_contact(suspended, on=today(), number="9号", by=secretary)

    labels = {str(event.label) for event in timeline_of(suspended.member, secretary)}
    assert labels >= {"失去联系", "停止党籍，文号东党〔2024〕3号", "恢复联系"}


ILLEGAL = {
    "suspended before six months": {
        "state": S.SUSPENDED,
        "suspended_on": SUSPENDED - DAY,
        "suspension_number": "3号",
        "remove_from": dt.date(2026, 2, 28),
    },
    "suspended on no day": {
        "state": S.SUSPENDED,
        "suspension_number": "3号",
        "remove_from": dt.date(2026, 2, 28),
    },
    "lost since no day": {"last_dues_on": None},
    "suspended without a number": {
        "state": S.SUSPENDED,
        "suspended_on": SUSPENDED,
        "remove_from": dt.date(2026, 2, 28),
    },
    "removed without a suspension": {
        "state": S.REMOVED,
        "decided_on": SUSPENDED,
        "decision_number": "7号",
    },
    "removed after a year": {
        "state": S.REMOVED,
        "suspended_on": SUSPENDED,
        "suspension_number": "3号",
        "remove_from": dt.date(2026, 2, 28),
        "decided_on": dt.date(2025, 3, 1),
        "decision_number": "7号",
    },
    "cancelled before six months": {
        "state": S.CANCELLED,
        "decided_on": SUSPENDED - DAY,
        "decision_number": "7号",
    },
    "found on no day": {"state": S.FOUND},
    "lost on another day than the later one": {"lost_on": LIFE},
    "lost before anybody lived": {"lost_on": dt.date(1776, 7, 4)},
    "in contact while being searched for": {"contacted_on": SUSPENDED},
}


@pytest.mark.parametrize("values", ILLEGAL.values(), ids=ILLEGAL)
def test_the_table_refuses_what_no_decision_leads_to(values, row):
    with pytest.raises(IntegrityError), transaction.atomic():
        LostContact.objects.filter(pk=row.pk).update(**values)


def test_verify_finds_a_shortened_wait(suspended):
    before = [*find_wrong_terms_of_searches()]

    LostContact.objects.update(remove_from=SUSPENDED + 2 * DAY)

    assert (before, [*find_wrong_terms_of_searches()]) == (
        [],
        [f"lost contact {suspended.pk}"],
    )


def test_verify_finds_a_search_apart_from_its_member_or_its_case(row, foreign):
    before = [*find_searches_elsewhere()]

    Case.objects.update(organization=foreign)
    elsewhere = [*find_searches_elsewhere()]
    Case.objects.update(
        organization=row.member.organization,
        state=CaseState.ANSWERED,
        answer="已办",
        closed_on=today(),
    )

    assert before == []
    assert elsewhere == [*find_searches_elsewhere()] == [f"lost contact {row.pk}"]


@pytest.mark.mission("S2-42")
def test_a_mobile_professional_out_of_touch_is_searched_for_while_away(
    branch, secretary
):
    member = MemberFactory(organization=branch)
    record_mobile(member, kind=MobileKind.TALENT, by=secretary, on=LIFE)

    row = report_lost_contact(member, last_dues_on=DUES, by=secretary)
    record_step(row.case, name="函询单位", note="已离职", by=secretary)

    labels = {str(event.label) for event in timeline_of(member, secretary)}
    assert labels >= {"外出流动：流动人才", "失去联系"}
    assert row.case.steps.get().note == "已离职"
