"""Inquiries at former units that are said to manage somebody (S2-40)."""

import datetime as dt

import pytest
from django.urls import reverse

from cases.enums import CaseState
from core.errors import ConstraintViolated
from core.months import month_of, months_before, today
from core.registries.timeline import timeline_of
from core.registries.todos import todo_sources
from figures.definitions import indicators
from members.actions import (
    answer_inquiry,
    end_membership,
    record_mobile,
    send_inquiry,
    void_inquiry,
)
from members.enums import EndReason, InquiryAnswer, MobileKind, PocketReason
from members.errors import InquiryIsOver
from members.models import UnitInquiry
from members.unmanaged import find_unmanaged
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from tests.factories.members import MemberFactory, UnitInquiryFactory

pytestmark = pytest.mark.django_db
UNIT = "第一机床厂"


@pytest.fixture
def employed(branch):
    """A member who retired, works again, and has been away for seven months."""
    member = MemberFactory(organization=branch)
    day = months_before(today(), 7)
    record_mobile(member, kind=MobileKind.RE_EMPLOYED, by=None, on=day)
    return member


def reasons(user):
    return [(line.member, line.why) for line in find_unmanaged(user)]


def send(client, path, **values):
    form = client.get(path).context["form"]
    key = form["idempotency_key"].value()
    return client.post(path, {"idempotency_key": key, **values})


@pytest.mark.mission("S2-40")
def test_a_secretary_asks_the_former_unit_and_records_that_it_manages_nobody(
    client, secretary, employed
):
    client.force_login(secretary)
    path = reverse("members:send_inquiry", args=[employed.pk])

    answer = send(client, path, unit=UNIT, number="核〔2026〕3号", on=f"{today()}")

    row = UnitInquiry.objects.get()
    assert answer.url == row.get_absolute_url()
    assert row.case.due_on == today() + dt.timedelta(days=30)
    assert reasons(secretary) == []  # somebody takes care
    paper = client.get(reverse("members:print_inquiry", args=[row.pk]))
    assert UNIT in paper.content.decode()
    assert employed.name in paper.content.decode()
    assert employed.id_number not in paper.content.decode()
    page = client.get(row.get_absolute_url()).content.decode()
    assert reverse("members:answer_inquiry", args=[row.pk]) in page

    send(
        client,
        reverse("members:answer_inquiry", args=[row.pk]),
        answer="not_managed",
        said_by="厂党办",
        on=f"{today()}",
    )

    row.refresh_from_db()
    assert (row.answer, row.case.state) == ("not_managed", CaseState.ANSWERED)
    assert reasons(secretary) == [(employed, PocketReason.DISOWNED)]


def test_no_answer_is_seen_as_no_answer(client, secretary, employed):
    row = UnitInquiryFactory(member=employed, on=today() - dt.timedelta(days=31))
    source = todo_sources.get("members.inquiries")
    assert list(source.find(secretary, row.case.due_on)) == []

    (todo,) = source.find(secretary, today())

    assert (todo.count, todo.due_on) == (1, row.case.due_on)
    client.force_login(secretary)
    assert list(client.get(todo.url).context["table"].data) == [row]
    assert reasons(secretary) == [(employed, PocketReason.NO_CONTACT)]
    answer_inquiry(
        row, answer=InquiryAnswer.MANAGED, on=today(), said_by="厂党办", by=None
    )
    assert list(source.find(secretary, today())) == []
    assert reasons(secretary) == []


def test_the_answer_is_due_after_the_days_of_the_rule(employed):
    Threshold.objects.filter(key=ThresholdKey.INQUIRY_DAYS).update(value=10)

    row = send_inquiry(employed, unit=UNIT, by=None)

    assert row.case.due_on == today() + dt.timedelta(days=10)


def test_one_unit_is_asked_at_a_time_and_an_answer_is_recorded_once(employed):
    row = UnitInquiryFactory(member=employed)
    with pytest.raises(ConstraintViolated):
        send_inquiry(employed, unit="第二机床厂", by=None)
    answer_inquiry(row, answer="managed", on=today(), said_by="厂党办", by=None)

    with pytest.raises(InquiryIsOver):
        answer_inquiry(row, answer="managed", on=today(), said_by="厂党办", by=None)
    with pytest.raises(InquiryIsOver):
        void_inquiry(row, reason="登记错误", by=None)


def test_an_answer_before_the_letter_is_refused(employed):
    row = UnitInquiryFactory(member=employed)
    yesterday = today() - dt.timedelta(days=1)

    with pytest.raises(ConstraintViolated):
        answer_inquiry(row, answer="managed", on=yesterday, said_by="厂办", by=None)


def test_an_inquiry_ends_with_the_membership_and_when_it_is_voided(branch, employed):
    ended = UnitInquiryFactory(member=employed)
    mistaken = UnitInquiryFactory(member__organization=branch)
    end_membership(employed, reason=EndReason.DIED, by=None)
    void_inquiry(mistaken, reason="登记错误", by=None)

    for row in (ended, mistaken):
        row.refresh_from_db()
        assert (row.voided, row.case.state) == (True, CaseState.VOIDED)


def test_inquiries_are_counted_and_stand_on_the_timeline(secretary, employed):
    row = UnitInquiryFactory(member=employed)
    figure = indicators.get("members_inquiries")
    assert list(figure.rows(month_of(today()))) == [row]

    answer_inquiry(row, answer="not_managed", on=today(), said_by="厂办", by=None)

    lines = [str(event.label) for event in timeline_of(employed, secretary)]
    assert sum(UNIT in line for line in lines) == 2
    assert not figure.rows(month_of(today())).exists()


def test_the_letter_puts_no_claim_into_the_mouth_of_the_member(
    client, secretary, branch
):
    row = send_inquiry(MemberFactory(organization=branch), unit=UNIT, by=None)
    client.force_login(secretary)

    paper = client.get(reverse("members:print_inquiry", args=[row.pk]))

    assert "本人称" not in paper.content.decode()
    assert "组织关系管理情况" in paper.content.decode()
    assert "是否由本单位管理" in paper.content.decode()


@pytest.mark.parametrize(
    ("answer", "leads_on"),
    [(InquiryAnswer.NOT_MANAGED, True), (InquiryAnswer.MANAGED, False)],
)
def test_a_member_whom_the_unit_disowns_is_followed_to_the_list_of_the_unmanaged(
    client, secretary, employed, answer, leads_on
):
    row = UnitInquiryFactory(member=employed)
    answer_inquiry(row, answer=answer, on=today(), said_by="厂党办", by=None)
    client.force_login(secretary)

    page = client.get(row.get_absolute_url()).content.decode()

    main = page[page.index("<main") :]
    assert (f'href="{reverse("members:pocket")}"' in main) is leads_on
