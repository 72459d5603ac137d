"""The street telephones whoever has not submitted, and ticks whom it called."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from core.errors import FutureDay
from core.web.idempotency import KEY
from reports.actions import open_round, record_call
from reports.errors import WrongState
from reports.models import MonthlyReturn, ReturnCall
from reports.returns.call_list import list_missing
from tests.factories.members import MemberFactory
from tests.factories.reports import JUNE, ReturnCallFactory, submit
from tests.html import hidden
from tests.messages import says

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SECOND = dt.date(2026, 7, 2)
PHONE, MASKED = "13812345678", "138****5678"


@pytest.fixture
def june(street, east, west):
    """The round of June, with the returns of 东社区 and 西社区."""
    return open_round(street, JUNE, by=None)


@pytest.fixture
def row(june, east):
    """The return of 东社区."""
    return MonthlyReturn.objects.get(organization=east)


@pytest.fixture
def secretary_as_member(branch, secretary):
    """The secretary, who is a member with a telephone."""
    member = MemberFactory(organization=branch, phone=PHONE)
    member.user = secretary
    member.save(update_fields=["user"])
    return member


def test_only_missing_returns_are_on_the_list_with_whom_to_call(
    client, june, row, east, west, secretary, secretary_as_member, staff
):
    submit(MonthlyReturn.objects.get(organization=west))

    [missing] = list_missing(june, staff)
    assert missing.row == row
    [contact] = missing.contacts
    assert (contact.name, contact.phone) == (secretary.display_name, MASKED)

    client.force_login(staff)
    pages = [
        client.get(reverse(name, args=[june.pk])).content.decode()
        for name in ("reports:calls", "reports:call_paper")
    ]
    for page in pages:
        assert says(page, east.name)
        assert MASKED in page
        assert not says(page, PHONE)
        assert not says(page, west.name)


def test_a_number_is_read_in_full_on_its_own_page_alone(
    client, june, row, secretary_as_member, staff
):
    client.force_login(staff)
    page = client.get(reverse("reports:calls", args=[june.pk])).content.decode()
    url = reverse("members:unmask", args=[secretary_as_member.pk])

    assert (url in page) == (client.get(url).status_code == 200)


def test_a_tick_says_when_who_called_and_whom(client, june, row, staff):
    client.force_login(staff)
    url = reverse("reports:record_call", args=[row.pk])
    assert url in client.get(reverse("reports:calls", args=[june.pk])).content.decode()

    values = {"called_on": "2026-07-02", "spoke_with": "王芳", "note": "答应明天报送"}
    client.post(url, {**values, KEY: hidden(client.get(url), KEY)})

    call = ReturnCall.objects.get()
    assert (call.called_on, call.made_by) == (SECOND, staff)
    page = client.get(reverse("reports:calls", args=[june.pk])).content.decode()
    assert says(page, "与王芳通话")
    assert says(page, "答应明天报送")


def test_a_tick_is_kept_as_it_was_made(row):
    ReturnCallFactory(monthly_return=row)

    with pytest.raises(DatabaseError), transaction.atomic():
        ReturnCall.objects.update(spoke_with="别人")


def test_nobody_is_called_about_a_submitted_return_nor_tomorrow(row, staff):
    with pytest.raises(FutureDay):
        record_call(row, called_on=dt.date(2026, 7, 3), spoke_with="王芳", by=staff)
    submit(row)
    with pytest.raises(WrongState):
        record_call(row, called_on=SECOND, spoke_with="王芳", by=staff)

    assert not ReturnCall.objects.exists()


def test_the_round_leads_to_its_call_list_while_a_return_is_missing(
    client, june, east, west, staff
):
    client.force_login(staff)
    url = reverse("reports:calls", args=[june.pk])
    assert url in client.get(june.get_absolute_url()).content.decode()

    for row in MonthlyReturn.objects.all():
        submit(row)

    assert url not in client.get(june.get_absolute_url()).content.decode()
    assert says(client.get(url).content.decode(), "没有需要联系的人")
