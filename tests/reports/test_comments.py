"""The street comments on single numbers; the community answers, the street settles."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core.web.edit_conflicts import VERSION_TOKEN
from core.web.idempotency import KEY
from reports.actions import (
    accept_return,
    answer_comment,
    comment_on_number,
    return_for_correction,
    settle_comment,
    submit_return,
    withdraw_return,
)
from reports.enums import ReturnState
from reports.errors import CommentIsSettled, WrongState
from reports.models import MonthlyReturn, ReturnComment
from reports.returns.review import review_round
from tests.factories.reports import MonthlyReturnFactory, submit
from tests.html import hidden
from tests.messages import message, says

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ASKED = "党课次数请与签到表核对"
ANSWER = "两次在上级党校，有签到表"


@pytest.fixture
def june(east, roll, secretary):
    """The June return of 东社区, submitted."""
    return submit(MonthlyReturnFactory(organization=east), by=secretary)


@pytest.fixture
def lessons(june):
    """The line of Party lessons."""
    return june.round.form.lines.get(indicator="meetings_lessons")


@pytest.fixture
def comment(june, lessons, staff):
    """What the street asks about the lessons."""
    return comment_on_number(june, lessons, text=ASKED, by=staff)


def send_back(row, by):
    return return_for_correction(row, reason="请看数字旁的批注", by=by)


def test_the_street_comments_on_a_number_of_a_submitted_return(
    client, june, lessons, staff
):
    client.force_login(staff)
    url = reverse("reports:comment", args=[june.pk, lessons.pk])
    page = client.get(url)
    assert says(page.content.decode(), "党课 0")
    assert url in client.get(june.get_absolute_url()).content.decode()

    client.post(url, {"text": ASKED, KEY: hidden(page, KEY)})

    comment = ReturnComment.objects.get()
    assert (comment.text, comment.reported, comment.made_by) == (ASKED, 0, staff)
    assert says(client.get(june.get_absolute_url()).content.decode(), ASKED)


def test_a_comment_is_made_on_submitted_returns_alone(june, lessons, secretary, staff):
    withdraw_return(june, by=secretary)

    with pytest.raises(WrongState):
        comment_on_number(june, lessons, text=ASKED, by=staff)

    assert not ReturnComment.objects.exists()


def test_the_reason_for_sending_back_begins_with_the_numbers_commented_on(
    client, june, comment, staff
):
    client.force_login(staff)

    page = client.get(reverse("reports:send_back", args=[june.pk])).content.decode()

    assert says(page, "请看数字旁的批注（未了结的批注1条：党课）。")


def test_an_answer_to_a_comment_is_enough_to_submit_again(
    client, june, comment, secretary, staff
):
    send_back(june, staff)
    client.force_login(secretary)
    url = reverse("reports:answer_comment", args=[comment.pk])
    shown = client.get(june.get_absolute_url()).content.decode()
    assert says(shown, ASKED)
    assert url in shown
    submit_url = reverse("reports:submit", args=[june.pk])
    assert submit_url not in shown

    page = client.get(url)
    values = {name: hidden(page, name) for name in (KEY, VERSION_TOKEN)}
    client.post(url, {"answer": ANSWER, **values})

    comment.refresh_from_db()
    assert (comment.answer, comment.answered_by) == (ANSWER, secretary)
    assert submit_url in client.get(june.get_absolute_url()).content.decode()
    june.refresh_from_db()
    row = submit_return(june, by=secretary)
    assert row.submissions.last().answer == f"党课：{ANSWER}"
    assert comment.is_open


def test_a_comment_is_answered_while_the_return_is_with_the_community(
    june, comment, secretary
):
    with pytest.raises(WrongState):
        answer_comment(comment, answer=ANSWER, by=secretary)

    comment.refresh_from_db()
    assert comment.answer == ""


def test_the_board_says_which_numbers_have_open_comments(june, comment, staff):
    [east] = [one for one in review_round(june.round, staff) if one.row == june]
    assert east.marks == ["未了结的批注1条：党课"]
    assert not east.is_clean

    send_back(june, staff)
    [east] = [one for one in review_round(june.round, staff) if one.row == june]
    assert east.marks == ["未了结的批注1条：党课"]


def test_a_return_whose_comments_are_settled_is_clean(june, comment, staff):
    settle_comment(comment, by=staff)

    [east] = [one for one in review_round(june.round, staff) if one.row == june]
    assert east.is_clean


def test_a_settled_comment_stays_and_is_not_changed(client, june, comment, staff):
    client.force_login(staff)
    url = reverse("reports:settle_comment", args=[comment.pk])
    page = client.get(june.get_absolute_url())
    client.post(url, {KEY: hidden(page, KEY)})

    comment.refresh_from_db()
    assert comment.settled_by == staff
    with pytest.raises(CommentIsSettled, match=message(CommentIsSettled.message)):
        settle_comment(comment, by=staff)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReturnComment.objects.update(text="请核对另一个数字")
    page = client.get(june.get_absolute_url()).content.decode()
    assert says(page, ASKED)
    assert says(page, "已了结")
    assert url not in page


def test_accepting_with_open_comments_is_asked_about_and_settles_them(
    client, june, comment, staff
):
    client.force_login(staff)
    url = reverse("reports:accept", args=[june.pk])

    page = client.get(url).content.decode()
    assert says(page, "未了结的批注1条：党课。仍要接收的，批注一并了结。")

    accept_return(june, by=staff)
    comment.refresh_from_db()
    assert comment.settled_by == staff
    assert MonthlyReturn.objects.get().state == ReturnState.ACCEPTED
