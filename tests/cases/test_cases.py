"""Cases: who deals with them, by when, and how they end."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.actions import end_role_assignment
from accounts.models import Notice
from cases.actions import (
    answer_case,
    escalate_cases,
    hand_over_case,
    record_step,
    release_cases,
    take_case,
    void_case,
)
from cases.enums import CaseState
from cases.errors import CannotOwnCase, CaseClosed, HasOwnForms
from cases.models import Case
from core.errors import FutureDay
from core.months import today
from core.registries.todos import todos_for
from organizations.models import WorkdayOverride
from organizations.roles import Role
from organizations.workdays import workdays_after
from tests.factories.accounts import holder
from tests.factories.cases import CaseFactory, CaseKindFactory, CaseStepFactory

DAY = dt.timedelta(days=1)
TUESDAY = dt.date(2026, 6, 9)


def labels_on_desk(user):
    """What the desk asks of a person, in words."""
    return [str(todo.label) for todo in todos_for(user, today())]


def test_a_deadline_counts_the_days_on_which_the_office_works(db):
    assert workdays_after(TUESDAY, 3) == dt.date(2026, 6, 12)
    assert workdays_after(TUESDAY, 4) == dt.date(2026, 6, 15)


def test_a_deadline_keeps_to_the_offices_own_holidays(db):
    WorkdayOverride.objects.create(day=TUESDAY + DAY, works=False, note="停电放假")

    assert workdays_after(TUESDAY, 3) == dt.date(2026, 6, 15)


def test_a_case_nobody_took_is_on_the_desk_of_the_role_of_its_kind(east, secretary):
    clerk = holder(Role.CLERK, east)
    CaseFactory(organization=east, kind=CaseKindFactory(role=Role.SECRETARY))

    assert "待认领的事项" in labels_on_desk(secretary)
    assert "待认领的事项" not in labels_on_desk(clerk)


def test_a_case_is_on_the_desk_of_whoever_took_it_until_it_is_settled(east, secretary):
    case = take_case(CaseFactory(organization=east), by=secretary)
    mine = labels_on_desk(secretary)

    answer_case(case, answer="已回复", by=secretary)

    assert mine == ["我办理的事项"]
    assert labels_on_desk(secretary) == []


def test_whoever_is_handed_a_case_hears_of_it(east, secretary, staff):
    case = CaseFactory(organization=east, title="路灯不亮")

    hand_over_case(case, owner=staff, by=secretary)

    assert [notice.url for notice in Notice.objects.filter(user=staff)] == [
        case.get_absolute_url()
    ]


def test_nobody_from_elsewhere_is_handed_a_case(east, stranger, secretary):
    case = CaseFactory(organization=east)

    with pytest.raises(CannotOwnCase):
        hand_over_case(case, owner=stranger, by=secretary)

    assert Case.objects.get().owner is None


@pytest.mark.parametrize("end", [answer_case, void_case])
def test_nothing_more_is_done_about_a_closed_case(end, east, secretary):
    case = CaseFactory(organization=east)
    end(case, **{"answer" if end is answer_case else "reason": "已办妥"}, by=secretary)

    for step, values in (
        (take_case, {}),
        (record_step, {"name": "电话联系"}),
        (answer_case, {"answer": "又办了一次"}),
        (void_case, {"reason": "重复"}),
    ):
        with pytest.raises(CaseClosed):
            step(case, by=secretary, **values)

    assert Case.objects.get().answer == "已办妥"


@pytest.mark.parametrize(
    ("end", "words"), [(answer_case, "answer"), (void_case, "reason")]
)
def test_a_kind_with_details_ends_by_its_own_decision_alone(end, words, east):
    case = CaseFactory(organization=east, kind=CaseKindFactory(has_details=True))

    with pytest.raises(HasOwnForms):
        end(case, by=None, **{words: "已办妥"})

    assert Case.objects.get().is_open


def test_steps_keep_what_was_done_when_and_by_whom(east, secretary):
    step = CaseStepFactory(case=CaseFactory(organization=east))
    other = record_step(
        step.case, name="上门走访", note="家中无人", on=today() - DAY, by=secretary
    )

    assert [*step.case.steps.values_list("name", "taken_by")] == [
        (other.name, secretary.pk),
        (step.name, None),
    ]


def test_a_step_of_tomorrow_is_refused(east, secretary):
    case = CaseFactory(organization=east)

    with pytest.raises(FutureDay):
        record_step(case, name="电话联系", on=today() + DAY, by=secretary)

    assert not case.steps.exists()


def test_an_overdue_case_is_reported_to_those_above_once(east, staff, secretary):
    case = CaseFactory(organization=east, due_on=today())
    on_its_last_day = escalate_cases()

    with time_machine.travel(today() + DAY, tick=False):
        reported = [escalate_cases(), escalate_cases()]
        case.refresh_from_db()

    assert (on_its_last_day, reported) == (0, [1, 0])
    assert case.escalated_to == east.parent
    assert [notice.user for notice in Notice.objects.all()] == [staff]


def test_a_case_passes_over_levels_where_nobody_keeps_records(branch, staff):
    case = CaseFactory(organization=branch, due_on=today())

    with time_machine.travel(today() + DAY, tick=False):
        escalate_cases()

    case.refresh_from_db()
    assert case.escalated_to == branch.parent.parent


def test_a_case_of_a_former_owner_is_everybodys_again(east, secretary):
    clerk = holder(Role.CLERK, east)
    case = take_case(CaseFactory(organization=east), by=clerk)
    kept = take_case(CaseFactory(organization=east), by=secretary)
    assignment = clerk.role_assignments.get()

    end_role_assignment(assignment, by=None, reason="调离")
    released = release_cases()

    assert released == 1
    assert [*Case.objects.order_by("pk").values_list("pk", "owner")] == [
        (case.pk, None),
        (kept.pk, secretary.pk),
    ]
    assert "待认领的事项" in labels_on_desk(secretary)


def test_who_keeps_no_records_there_sees_no_case(east, stranger, officer, secretary):
    case = CaseFactory(organization=east)

    seen = {
        user: [*Case.objects.visible_to(user)]
        for user in (stranger, officer, secretary)
    }

    assert seen == {stranger: [], officer: [], secretary: [case]}


ILLEGAL = {
    "settled without a result": {
        "state": CaseState.ANSWERED,
        "closed_on": TUESDAY,
    },
    "settled on no day": {"state": CaseState.ANSWERED, "answer": "已办"},
    "a result while it is open": {"answer": "已办"},
    "due before it was opened": {"due_on": TUESDAY, "opened_on": TUESDAY + DAY},
    "reported upwards to nobody": {"escalated_on": TUESDAY},
    "opened before anybody lived": {"opened_on": dt.date(1776, 7, 4)},
}


@pytest.mark.parametrize("values", ILLEGAL.values(), ids=ILLEGAL)
def test_the_table_refuses_cases_that_no_action_leads_to(values, db):
    case = CaseFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**values)
