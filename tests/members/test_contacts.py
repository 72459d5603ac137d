"""Contacts with absent members, and what their silence asks for (S2-43, R-23, R-26)."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import FutureDay
from core.months import month_of, months_after, months_before, today
from core.registries.timeline import timeline_of
from core.registries.todos import todo_sources
from figures.definitions import indicators
from members.absences.silence import list_silent
from members.actions import (
    end_membership,
    end_mobile,
    log_contact,
    record_mobile,
    report_abroad,
    void_contact,
)
from members.enums import EndReason, LostGround, LostState, MobileKind, Silence
from members.errors import BeforeJoining, MembershipEnded
from members.lost_contacts.contacts import last_contacts
from members.models import MemberContact
from members.todos import silent_todo
from tests.factories.members import (
    ActivityCertificateFactory,
    LostContactFactory,
    MemberFactory,
)

pytestmark = pytest.mark.django_db


def away_for(branch, months):
    """A member of the branch who left some months ago."""
    member = MemberFactory(organization=branch)
    day = months_before(today(), months)
    record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None, on=day)
    return member


def silences(user, day=None):
    return [(line.member, line.asks) for line in list_silent(user, day)]


def test_a_secretary_records_a_call_with_one_choice(client, secretary, branch):
    member = away_for(branch, 1)
    client.force_login(secretary)
    page = client.get(reverse("members:log_contact", args=[member.pk]))
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {"on": f"{today()}", "way": "phone", "note": ""}

    answer = client.post(page.wsgi_request.path, values)

    assert answer.url == member.get_absolute_url()
    row = MemberContact.objects.get()
    assert (row.made_on, row.way, row.note) == (today(), "phone", "")


@pytest.mark.mission("S2-43")
def test_the_first_contact_after_the_issue_is_due_within_thirty_days(secretary, branch):
    row = ActivityCertificateFactory(member__organization=branch)
    source = todo_sources.get("members.silent")

    (todo,) = source.find(secretary, today())
    assert (todo.count, todo.due_on) == (1, today() + dt.timedelta(days=30))
    log_contact(row.member, way="phone", by=None)

    assert list(source.find(secretary, today())) == []


@pytest.mark.parametrize(
    ("months", "asks"),
    [(2, None), (3, Silence.REMIND), (5, Silence.REMIND), (6, Silence.OVERDUE)],
)
def test_a_silence_of_three_and_of_six_months_is_told(secretary, branch, months, asks):
    member = away_for(branch, months)

    assert silences(secretary) == ([(member, asks)] if asks else [])


def test_a_contact_ends_the_silence_and_who_is_back_is_not_listed(secretary, branch):
    called, back = away_for(branch, 7), away_for(branch, 7)
    assert len(silences(secretary)) == 2

    log_contact(called, way="message", by=None)
    end_mobile(back.mobile_records.get(), by=None)

    assert silences(secretary) == []


def test_the_list_shows_what_the_desk_counts(client, secretary, branch):
    ActivityCertificateFactory(member__organization=branch)
    away_for(branch, 7)
    client.force_login(secretary)

    todos = list(todo_sources.get("members.silent").find(secretary, today()))

    assert len(todos) == 2
    for todo in todos:
        assert len(client.get(todo.url).context["table"].rows) == todo.count


def test_a_contact_ends_the_search_and_leaves_the_day_of_losing_contact(branch):
    search = LostContactFactory(member__organization=branch)

    log_contact(search.member, way="phone", by=None)

    found = search.member.lost_contacts.get()
    assert (found.state, found.contacted_on) == (LostState.FOUND, today())
    assert found.lost_on == search.lost_on


def test_a_contact_before_contact_was_lost_does_not_end_the_search(branch):
    search = LostContactFactory(member__organization=branch)

    log_contact(search.member, way="phone", by=None, on=search.lost_on)

    assert search.member.lost_contacts.get().state == LostState.SEARCHING


def test_no_contact_is_recorded_of_a_day_to_come_or_with_somebody_who_left(branch):
    member = MemberFactory(organization=branch)
    with pytest.raises(FutureDay):
        log_contact(member, way="phone", by=None, on=today() + dt.timedelta(days=1))
    end_membership(member, reason=EndReason.WITHDRAWN, by=None)

    with pytest.raises(MembershipEnded):
        log_contact(member, way="phone", by=None)
    assert not MemberContact.objects.exists()


def test_a_contact_before_joining_is_refused_in_words_that_fit(branch):
    member = MemberFactory(organization=branch, join_date=dt.date(2010, 7, 1))

    with pytest.raises(BeforeJoining) as refusal:
        log_contact(member, way="phone", by=None, on=dt.date(2010, 6, 1))
    assert "报到" not in str(refusal.value)


def test_contacts_are_counted_until_they_are_voided(branch):
    member = away_for(branch, 1)
    row = log_contact(member, way="phone", by=None)
    figure, month = indicators.get("members_contacts"), month_of(today())
    assert figure.rows(month).count() == 1
    assert last_contacts([member.pk]) == {member.pk: today()}

    void_contact(row, reason="登记错误", by=None)

    assert figure.rows(month).count() == 0
    assert last_contacts([member.pk]) == {}


def test_what_was_said_stands_on_the_timeline_of_who_keeps_the_record(
    secretary, branch
):
    member = away_for(branch, 1)
    log_contact(member, way="phone", by=None, note="在厂里上班，月底回来")

    lines = [str(event.label) for event in timeline_of(member, secretary)]

    assert any("月底回来" in line for line in lines)


def test_no_identity_number_stands_in_what_was_said(client, secretary, branch):
    member = away_for(branch, 1)
    client.force_login(secretary)
    path = reverse("members:log_contact", args=[member.pk])
    form = client.get(path).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {"on": f"{today()}", "way": "phone", "note": f"证号{member.id_number}"}

    answer = client.post(path, values)

    assert "note" in answer.context["form"].errors
    assert not MemberContact.objects.exists()


@pytest.mark.parametrize(
    ("months", "asked"), [(4, []), (5, [Silence.ABROAD]), (7, [Silence.ABROAD])]
)
def test_who_studies_abroad_is_to_be_called_each_half_year(
    client, secretary, branch, months, asked
):
    member = MemberFactory(organization=branch)
    since = months_before(today(), months)
    report_abroad(member, ground=LostGround.STUDY, since=since, by=None)
    client.force_login(secretary)

    lines = list_silent(secretary)
    todos = [one for one in silent_todo(secretary, today()) if "abroad" in one.url]
    page = client.get(reverse("members:silent"), {"why": "abroad"})

    assert [line.asks for line in lines] == asked
    due_on = months_after(since, 6)
    assert [(todo.count, todo.due_on) for todo in todos] == [(1, due_on)] * len(asked)
    assert len(page.context["table"].rows) == len(asked)
    found = client.get(reverse("members:list"), {"group": "study_abroad"})
    assert list(found.context["table"].data) == [member]

    log_contact(member, way="message", by=None)

    assert list_silent(secretary) == []
    due_on = months_after(today(), 6)
    later = list_silent(secretary, due_on)
    assert [(line.asks, line.due_on) for line in later] == [(Silence.ABROAD, due_on)]


def test_who_settled_abroad_is_not_called_as_a_student(secretary, branch):
    member = MemberFactory(organization=branch)
    since = months_before(today(), 12)
    report_abroad(member, ground=LostGround.SETTLED, since=since, by=None)

    assert list_silent(secretary) == []
