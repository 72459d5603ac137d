"""A return that was sent back is corrected or answered before it is submitted again."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core.actions import find_action
from core.errors import ConstraintViolated
from core.web.edit_conflicts import VERSION_TOKEN
from reports.actions import (
    accept_return,
    answer_street,
    report_line,
    return_for_correction,
    submit_return,
    withdraw_return,
    write_narrative,
)
from reports.enums import ReturnState
from reports.errors import WrongState
from reports.models import MonthlyReturn, ReturnSubmission
from reports.returns.history import STEPS, list_history
from tests.factories.members import MemberFactory
from tests.factories.reports import MonthlyReturnFactory, submit
from tests.html import hidden
from tests.messages import rule

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ASKED = "党课次数请与签到表核对"
ANSWER = "党课两次，已与签到表核对无误"
CORRECTS_OR_ANSWERS = rule("returnsubmission_corrects_or_answers")


def text_of(response):
    """A page as its reader sees it."""
    return response.content.decode()


@pytest.fixture
def returned(east, roll, secretary, staff):
    """The June return of 东社区, sent back by the street."""
    row = submit(MonthlyReturnFactory(organization=east), by=secretary)
    return return_for_correction(row, reason=ASKED, by=staff)


def test_nothing_changed_and_nothing_answered_is_not_submitted_again(
    returned, secretary
):
    with pytest.raises(ConstraintViolated, match=CORRECTS_OR_ANSWERS):
        submit_return(returned, by=secretary)

    returned.refresh_from_db()
    assert returned.state == ReturnState.RETURNED
    assert returned.submissions.count() == 1


def test_an_answer_is_kept_with_the_submission_and_taken_off_the_return(
    returned, secretary
):
    answer_street(returned, answer=ANSWER, by=secretary)

    again = submit_return(returned, by=secretary)

    second = again.submissions.get(number=2)
    assert (second.returned_for, second.answer) == (ASKED, ANSWER)
    assert (again.state, again.answer) == (ReturnState.SUBMITTED, "")
    assert list_history(again)[-1].changes == []


def explain(row, by):
    line = row.round.form.lines.get(indicator="meetings_lessons")
    report_line(row, line, value=Decimal(2), reason="两次在上级党校", by=by)


def narrate(row, by):
    write_narrative(row, narrative="开展主题党日。", by=by)


def record_member(row, by):
    branch = row.organization.children.get()
    MemberFactory(organization=branch, starts_on=row.month)


@pytest.mark.parametrize(
    ("correct", "changed"),
    [
        (explain, ["党课"]),
        (narrate, ["本月工作情况"]),
        (record_member, ["转入", "本月末"]),
    ],
)
def test_whatever_is_corrected_is_submitted_without_an_answer_and_listed(
    returned, secretary, correct, changed
):
    correct(returned, secretary)

    again = submit_return(returned, by=secretary)

    assert [change.label for change in list_history(again)[-1].changes] == changed


def test_the_first_submission_has_nothing_to_compare_with(east, secretary):
    row = submit(MonthlyReturnFactory(organization=east), by=secretary)

    assert [event.changes for event in list_history(row)] == [None]


def test_a_return_taken_back_by_its_community_needs_no_answer(east, secretary):
    row = submit(MonthlyReturnFactory(organization=east), by=secretary)
    withdraw_return(row, by=secretary)

    assert submit_return(row, by=secretary).state == ReturnState.SUBMITTED


def test_only_a_returned_return_is_answered(east, secretary):
    row = MonthlyReturnFactory(organization=east)

    with pytest.raises(WrongState):
        answer_street(row, answer=ANSWER, by=secretary)


@pytest.mark.parametrize("text", ["测试", "已核对", "一一一一一一", "。。。。。。。"])
def test_an_answer_says_something(returned, secretary, text):
    refused = rule("monthlyreturn_answer_says_something")

    with pytest.raises(ConstraintViolated, match=refused):
        answer_street(returned, answer=text, by=secretary)


@pytest.mark.parametrize("reason", ["不行", "重报重报重报"])
def test_the_street_too_says_what_is_to_be_corrected(east, secretary, staff, reason):
    row = submit(MonthlyReturnFactory(organization=east), by=secretary)
    refused = rule("monthlyreturn_return_reason_says_something")

    with pytest.raises(ConstraintViolated, match=refused):
        return_for_correction(row, reason=reason, by=staff)


def test_a_submission_is_never_rewritten(returned):
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        ReturnSubmission.objects.update(answer="另一个回答")


def test_the_page_asks_for_the_answer_and_shows_it_to_the_reviewer(
    client, returned, secretary, staff
):
    client.force_login(secretary)
    url = reverse("reports:answer", args=[returned.pk])
    assert url in client.get(returned.get_absolute_url()).content.decode()

    page = client.get(url)
    assert ASKED in text_of(page)
    client.post(url, {"answer": ANSWER, VERSION_TOKEN: hidden(page, VERSION_TOKEN)})
    client.post(reverse("reports:submit", args=[returned.pk]))

    client.force_login(staff)
    seen = client.get(returned.get_absolute_url())
    assert seen.context["history"][-1].changes == []
    assert all(text in text_of(seen) for text in (ASKED, ANSWER))


def test_the_reviewer_sees_each_number_before_and_after(client, returned, staff):
    secretary = MonthlyReturn.objects.get(pk=returned.pk).submitted_by
    explain(returned, secretary)
    submit_return(returned, by=secretary)

    client.force_login(staff)
    page = client.get(returned.get_absolute_url())
    (change,) = page.context["history"][-1].changes

    assert (change.before, change.after) == ("0", "2（两次在上级党校）")


def test_the_history_says_who_returned_why_what_changed_and_who_accepted(
    client, returned, secretary, staff
):
    sent_by = MonthlyReturn.objects.get(pk=returned.pk).submitted_by
    explain(returned, sent_by)
    submit_return(returned, by=sent_by)
    withdraw_return(returned, by=sent_by)
    submit_return(returned, by=sent_by)
    accept_return(MonthlyReturn.objects.get(pk=returned.pk), by=staff)
    client.force_login(secretary)

    events = list_history(MonthlyReturn.objects.get(pk=returned.pk))
    page = text_of(client.get(returned.get_absolute_url()))

    changed = [event.changes for event in events]
    assert [changed[0], changed[1], *changed[3:]] == [None, None, None, [], None]
    assert [change.after for change in changed[2]] == ["2（两次在上级党校）"]
    assert events[1].reason == ASKED
    assert events[-1].by == str(staff)
    assert all(event.label in page for event in events)
    assert ASKED in page


def test_every_step_of_the_history_is_an_action():
    assert all(find_action(step).key == step for step in STEPS)
