"""The street extends the deadline of one return; lateness counts from the later day."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Notice
from core.errors import ConstraintViolated
from core.registries.todos import todos_for
from core.web.idempotency import KEY
from reports.actions import (
    accept_return,
    extend_deadline,
    remind,
    submit_return,
    void_extension,
)
from reports.errors import (
    ExtendedBefore,
    ExtensionIsVoid,
    ExtensionOutOfBounds,
    WrongState,
)
from reports.invariants import find_wrong_extensions
from reports.models import DeadlineExtension, MonthlyReturn, ReturnRound
from reports.returns.lateness import list_lateness
from tests.factories.reports import JUNE, MonthlyReturnFactory, submit
from tests.html import hidden
from tests.messages import rule, says

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SIXTH, TENTH, TWELFTH = (dt.date(2026, 7, day) for day in (6, 10, 12))
EIGHTH_AT_NOON = dt.datetime(2026, 7, 8, 4, tzinfo=dt.UTC)
REASON = "书记住院，由副书记代为填报"


@pytest.fixture
def june(east):
    """The return of 东社区 of June, due on 6 July."""
    return MonthlyReturnFactory(organization=east, month=JUNE)


@pytest.fixture
def extended(june, staff):
    """The return of June, whose deadline is extended to 10 July."""
    extend_deadline(june, due_on=TENTH, reason=REASON, by=staff)
    return MonthlyReturn.objects.select_related("round").get(pk=june.pk)


def counts(row):
    one = ReturnRound.objects.with_progress().get(pk=row.round_id)
    return one.submitted, one.in_time


def test_the_street_extends_a_deadline_and_the_community_is_told(
    client, june, staff, secretary, django_capture_on_commit_callbacks
):
    client.force_login(staff)
    url = reverse("reports:extend", args=[june.pk])
    assert url in client.get(june.get_absolute_url()).content.decode()
    page = client.get(url)
    assert says(page.content.decode(), "最迟可延至2026年8月6日")

    values = {"due_on": "2026-07-10", "reason": REASON, KEY: hidden(page, KEY)}
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url, values)

    extension = DeadlineExtension.objects.get()
    assert (extension.due_on, extension.made_by) == (TENTH, staff)
    assert (
        Notice.objects.get(user=secretary).text
        == "2026年6月月报的截止日期延至2026年7月10日。"
    )
    client.force_login(secretary)
    page = client.get(june.get_absolute_url()).content.decode()
    assert says(page, f"将截止日期由2026年7月6日延至2026年7月10日：{REASON}")
    assert url not in page


def test_an_extended_return_is_late_after_the_extended_day(extended, east, secretary):
    with time_machine.travel(EIGHTH_AT_NOON, tick=False):
        assert not extended.is_overdue
        assert not MonthlyReturn.objects.late(dt.date(2026, 7, 8))
        todos = todos_for(secretary, dt.date(2026, 7, 8))
        days = [todo.due_on for todo in todos if east.name in str(todo.label)]
        assert days == [TENTH]
        row = submit(extended)

    assert row.days_late == 0
    assert counts(row) == (1, 1)
    assert list(
        MonthlyReturn.objects.with_due_day().values_list("due_day", flat=True)
    ) == [TENTH]


def test_a_return_after_the_extended_day_is_late_by_the_days_since(extended, secretary):
    assert MonthlyReturn.objects.late(dt.date(2026, 7, 11)).get() == extended
    noon = dt.datetime(2026, 7, 12, 4, tzinfo=dt.UTC)
    with time_machine.travel(noon, tick=False):
        row = submit_return(extended, by=secretary)

    assert row.days_late == 2
    assert counts(row) == (1, 0)
    _months, [year] = list_lateness(row.round)
    assert year.cells == [(JUNE, "迟报 2 天（延至2026年7月10日）", True)]


def test_reminders_name_the_extended_day(
    extended, staff, secretary, django_capture_on_commit_callbacks
):
    Notice.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        remind(extended.round, by=staff)

    assert "2026年7月10日" in Notice.objects.get(user=secretary).text


@pytest.mark.parametrize("day", [dt.date(2026, 7, 1), dt.date(2026, 8, 7)])
def test_a_deadline_is_not_extended_to_a_past_day_nor_for_months(june, staff, day):
    with pytest.raises(ExtensionOutOfBounds):
        extend_deadline(june, due_on=day, reason=REASON, by=staff)

    assert not DeadlineExtension.objects.exists()


def test_an_extension_is_later_than_the_round_and_there_is_one(june, extended, staff):
    with pytest.raises(ExtendedBefore):
        extend_deadline(june, due_on=TWELFTH, reason=REASON, by=staff)

    void_extension(DeadlineExtension.objects.get(), by=staff, reason="录错了")
    with pytest.raises(ConstraintViolated, match=rule("deadlineextension_is_later")):
        extend_deadline(june, due_on=SIXTH, reason=REASON, by=staff)


def test_a_submitted_return_needs_no_extension(june, staff):
    submit(june)

    with pytest.raises(WrongState):
        extend_deadline(june, due_on=TENTH, reason=REASON, by=staff)


def test_a_voided_extension_no_longer_counts(client, extended, staff):
    with time_machine.travel(EIGHTH_AT_NOON, tick=False):
        submit(extended)
    extension = DeadlineExtension.objects.get()
    client.force_login(staff)
    url = reverse("reports:void_extension", args=[extension.pk])
    page = client.get(url)
    client.post(url, {"reason": "误填了社区", KEY: hidden(page, KEY)})

    row = MonthlyReturn.objects.select_related("round").get()
    assert (row.due_on, row.days_late) == (SIXTH, 2)
    assert not DeadlineExtension.objects.exists()
    with pytest.raises(ExtensionIsVoid):
        void_extension(extension, by=staff, reason="再作废一次")


def test_the_extension_of_an_accepted_return_stays(extended, roll, staff):
    submit(extended)
    accept_return(extended, by=staff)

    with pytest.raises(WrongState):
        void_extension(DeadlineExtension.objects.get(), by=staff, reason="录错了")


def test_verify_names_a_return_that_is_due_on_another_day(extended):
    assert not list(find_wrong_extensions())

    MonthlyReturn.objects.update(extended_to=TWELFTH)

    assert list(find_wrong_extensions()) == [
        f"{extended}: extended to 2026-07-12, not 2026-07-10"
    ]
