"""Ticks beside a list are kept when a session ends, for whoever made them."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import SignInSlip
from tests.accounts.kept_forms import offered, sign_in
from tests.factories.members import MemberFactory
from tests.factories.volunteering import ServiceRecordFactory
from tests.html import read
from volunteering.enums import RecordState
from volunteering.models import ServiceRecord

NINE = dt.datetime(2026, 6, 10, 9, 0, tzinfo=dt.UTC)
SERVICE, CONFIRM = reverse("volunteering:service"), reverse("volunteering:confirm")
SLIPS = reverse("members:slips")


@pytest.fixture(autouse=True)
def at_nine(time_machine):
    time_machine.move_to(NINE, tick=False)


@pytest.fixture
def browser(client, secretary, branch):
    """A browser in which the secretary of 东社区 has signed in."""
    client.force_login(secretary, backend="accounts.backends.UsernameOrPhone")
    return client


def send_too_late(browser, time_machine, page, to, **ticks):
    """Tick rows on a list, let the session end, send; return the page of sign-in."""
    form = read(browser.get(page)).form_to(to)
    time_machine.shift(dt.timedelta(minutes=31))
    address = f"http://testserver{page}"
    return browser.post(
        form.action, form.sent(**ticks), follow=True, headers={"referer": address}
    )


def ticks_on(answer, to, name):
    return read(answer).form_to(to).fields.get(name, [])


def test_chosen_slips_are_ticked_again(browser, secretary, branch, time_machine):
    members = MemberFactory.create_batch(3, organization=branch, user=None)
    chosen = [str(member.pk) for member in members[:2]]
    page = send_too_late(browser, time_machine, SLIPS, "slips", chosen=chosen)

    [address] = offered(sign_in(browser, page, secretary))
    assert address.startswith(SLIPS)
    answer = browser.get(address)

    assert {*ticks_on(answer, "slips", "chosen")} == {*chosen}
    assert SignInSlip.objects.filter(user__member__in=members).count() == 0


def test_services_to_confirm_are_ticked_again_and_then_forgotten(
    browser, secretary, east, time_machine
):
    records = ServiceRecordFactory.create_batch(
        2, claim__shift__post__organization=east
    )
    ticked = [str(records[0].pk)]
    page = send_too_late(browser, time_machine, SERVICE, "confirm", record=ticked)

    [address] = offered(sign_in(browser, page, secretary))
    assert address.startswith(SERVICE)
    answer = browser.get(address)
    assert ticks_on(answer, "confirm", "record") == ticked

    form = read(answer).form_to("confirm")
    browser.post(form.action, form.sent())
    states = [ServiceRecord.objects.get(pk=record.pk).state for record in records]
    assert states == [RecordState.CONFIRMED, RecordState.SUBMITTED]
    assert offered(browser.get(SERVICE)) == []


def test_the_page_of_a_long_list_is_found_again(
    browser, secretary, branch, time_machine
):
    MemberFactory.create_batch(55, organization=branch, user=None)
    second = f"{SLIPS}?page=2"
    last = str([*browser.get(second).context["page_obj"]][-1].pk)
    page = send_too_late(browser, time_machine, second, "slips", chosen=[last])

    [address] = offered(sign_in(browser, page, secretary))

    assert ticks_on(browser.get(address), "slips", "chosen") == [last]
