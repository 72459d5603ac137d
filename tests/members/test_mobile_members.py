"""Mobile members of five kinds: list, figures, yearly report, monthly review."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from core.errors import ConstraintViolated
from core.months import last_day, month_of, months_before, today
from core.registries.timeline import timeline_of
from core.registries.todos import todo_sources
from figures.actions import recount_requested
from figures.definitions import indicators
from figures.models import Figure
from members.absences.reviews import list_reviewed, list_to_review
from members.absences.silence import list_silent
from members.actions import (
    end_mobile,
    log_contact,
    move_member,
    record_mobile,
    review_members,
    void_review,
)
from members.enums import Category, MobileKind, ReviewFinding, Silence
from members.errors import NobodyToReview
from members.models import MonthlyReview
from tests.factories.members import MemberFactory, MonthlyReviewFactory
from tests.factories.organizations import BranchFactory
from tests.messages import refusal_of, says

pytestmark = pytest.mark.django_db
ROWS = {
    "S2-38": MobileKind.WORKING_AWAY,
    "S2-39": MobileKind.MOVED_HOME,
    "S2-40": MobileKind.RE_EMPLOYED,
    "S2-41": MobileKind.AWAITING,
    "S2-42": MobileKind.TALENT,
}


def away_for(branch, months, kind=MobileKind.WORKING_AWAY):
    member = MemberFactory(organization=branch)
    day = months_before(today(), months)
    record_mobile(member, kind=kind, by=None, on=day, destination="深圳")
    return member


def listed(client, **asked):
    page = client.get(reverse("members:mobile"), asked)
    return {row.member for row in page.context["table"].data}


@pytest.mark.mission("S2-38")
@pytest.mark.mission("S2-39")
@pytest.mark.mission("S2-40")
@pytest.mark.mission("S2-41")
@pytest.mark.mission("S2-42")
def test_each_kind_of_mobile_member_is_listed_and_counted(client, secretary, branch):
    people = {kind: away_for(branch, 1, kind) for kind in ROWS.values()}
    client.force_login(secretary)

    for kind, member in people.items():
        assert listed(client, kind=kind.value) == {member}
        figure = indicators.get(f"members_mobile_{kind.value}")
        rows = figure.rows(month_of(today()))
        assert [row.member for row in rows] == [member]
    assert listed(client) == {*people.values()}


def test_the_list_finds_who_is_past_their_time(client, secretary, branch):
    waiting = away_for(branch, 13, MobileKind.AWAITING)
    working = away_for(branch, 7)
    away_for(branch, 2)
    client.force_login(secretary)

    assert listed(client, state="placement") == {waiting}
    assert listed(client, state="six_months") == {waiting, working}
    assert listed(client, state="report_due") == {waiting}
    assert listed(client, state="back") == set()


@pytest.mark.mission("S2-38")
def test_a_yearly_report_is_due_after_a_year_and_again_a_year_later(
    client, secretary, branch
):
    member = away_for(branch, 13)
    source = todo_sources.get("members.silent")
    (todo,) = [one for one in source.find(secretary, today()) if "report" in one.url]
    client.force_login(secretary)
    assert len(client.get(todo.url).context["table"].rows) == todo.count == 1

    row = log_contact(member, way="here", by=None, is_report=True, note="全年情况")

    asked = {line.asks for line in list_silent(secretary)}
    assert Silence.REPORT not in asked
    figure = indicators.get("members_reports")
    assert list(figure.rows(month_of(today()))) == [row]
    later = {line.asks for line in list_silent(secretary, today() + dt.timedelta(366))}
    assert Silence.REPORT in later


def test_a_call_is_no_yearly_report(secretary, branch):
    member = away_for(branch, 13)
    log_contact(member, way="phone", by=None)

    assert [line.asks for line in list_silent(secretary)] == [Silence.REPORT]


def test_a_secretary_ticks_that_the_member_reported(client, secretary, branch):
    member = away_for(branch, 13)
    client.force_login(secretary)
    page = client.get(reverse("members:log_contact", args=[member.pk]))
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {"on": f"{today()}", "way": "here", "note": "", "is_report": "on"}

    client.post(page.wsgi_request.path, values)

    assert member.contacts.get().is_report


@pytest.mark.mission("S1-16")
def test_members_away_for_half_a_year_or_waiting_are_reviewed_each_month(
    client, secretary, branch
):
    people = {
        away_for(branch, 7),
        away_for(branch, 1, MobileKind.AWAITING),
        MemberFactory(organization=branch, category=Category.AWAITING),
    }
    away_for(branch, 2)
    MemberFactory(organization=branch)
    source = todo_sources.get("members.reviews")
    (todo,) = source.find(secretary, today())
    assert (todo.count, todo.due_on) == (3, last_day(month_of(today())))
    client.force_login(secretary)
    assert len(client.get(todo.url).context["table"].rows) == 3
    path = reverse("members:review")
    form = client.get(path).context["form"]
    keys = [key for key, _label in form.fields["members"].choices]

    client.post(
        path,
        {
            "idempotency_key": form["idempotency_key"].value(),
            "members": keys,
            "finding": "still",
            "note": "",
        },
    )

    assert {row.member for row in MonthlyReview.objects.all()} == people
    assert list(source.find(secretary, today())) == []
    figure = indicators.get("members_reviews")
    assert figure.rows(month_of(today())).count() == 3
    page = client.get(reverse("members:reviews")).content.decode()
    assert page.count("情况未变") == 3
    assert len(list_to_review(secretary, today() + dt.timedelta(31))) >= 3


def test_a_member_is_reviewed_once_a_month_and_anew_when_it_was_voided(branch):
    row = MonthlyReviewFactory(member__organization=branch)
    with pytest.raises(ConstraintViolated):
        review_members([row.member], finding="still", by=None)

    void_review(row, reason="登记错误", by=None)

    assert review_members([row.member], finding="transfer", by=None)


def test_what_a_review_found_stands_on_the_timeline(secretary, branch):
    row = MonthlyReviewFactory(
        member__organization=branch, finding="transfer", note="在深圳购房"
    )
    MonthlyReviewFactory(member__organization=branch)

    lines = [str(event.label) for event in timeline_of(row.member, secretary)]

    assert any("在深圳购房" in line for line in lines)
    found = {line.review.finding for line in list_reviewed(secretary)}
    assert found == {ReviewFinding.STILL, ReviewFinding.TRANSFER}


def test_the_timeline_shows_reviews_that_found_nothing_new(secretary, branch):
    row = MonthlyReviewFactory(member__organization=branch)

    lines = [str(event.label) for event in timeline_of(row.member, secretary)]

    assert any("情况未变" in line for line in lines)


def test_the_list_of_reviews_leads_to_voiding_the_one_of_this_month(
    client, secretary, branch
):
    member = away_for(branch, 7)
    client.force_login(secretary)
    path = reverse("members:void", args=[member.pk])
    assert path not in client.get(reverse("members:reviews")).content.decode()
    (row,) = review_members([member], finding="still", by=None)

    page = client.get(reverse("members:reviews")).content.decode()

    assert f"{path}?entry=review-{row.pk}" in page
    form = client.get(path, {"entry": f"review-{row.pk}"}).context["form"]
    assert form["entry"].value() == f"review-{row.pk}"


def test_with_nobody_left_to_review_the_form_does_not_open(client, secretary, branch):
    review_members([away_for(branch, 7)], finding="still", by=None)
    client.force_login(secretary)

    for send in (client.get, client.post):
        answer = send(reverse("members:review"), follow=True)
        assert answer.redirect_chain[-1][0] == reverse("members:reviews")
        assert says(answer.content.decode(), refusal_of(NobodyToReview))


def figure_of(organization, month, key):
    """The stored figure of an organization; 0 where none was stored."""
    rows = Figure.objects.filter(organization=organization, month=month)
    return sum(row.value for row in rows.filter(indicator=key))


@time_machine.travel("2026-06-15 10:00 +0800")
def test_an_absence_entered_late_counts_where_the_member_was_then(branch, east):
    other_branch = BranchFactory(parent=east)
    member = MemberFactory(organization=branch)
    move_member(member, other_branch, by=None, on=dt.date(2026, 5, 20))
    member.refresh_from_db()
    recount_requested()
    key, march = "members_mobile_moved_home", dt.date(2026, 3, 1)

    kind, left = MobileKind.MOVED_HOME, dt.date(2026, 3, 10)
    away = record_mobile(member, kind=kind, by=None, on=left)
    recount_requested()
    counted = figure_of(branch, march, key)
    end_mobile(away, by=None, on=dt.date(2026, 3, 20))
    recount_requested()

    assert (counted, figure_of(branch, march, key)) == (1, 0)
