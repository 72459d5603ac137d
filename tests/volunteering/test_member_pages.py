"""A member claims, gives back and records hours in the browser."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from accounts.models import AuditEntry
from tests.factories.members import account_of
from tests.factories.volunteering import (
    ClaimFactory,
    ServiceRecordFactory,
    ShiftFactory,
    at,
)
from tests.messages import refusal_of, says, translated
from volunteering.enums import ClaimState, RecordState
from volunteering.errors import ShiftFull
from volunteering.models import Claim, ServiceRecord

pytestmark = pytest.mark.django_db
MINE = reverse("volunteering:mine")
PAST = {"shift__day": dt.date(2026, 3, 10), "at": at(dt.date(2026, 3, 2))}


@pytest.fixture
def browser(client, lawyer):
    """李明's browser."""
    client.force_login(account_of(lawyer))
    return client


def list_messages(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.mission("S2-19")
def test_a_member_claims_on_the_posts_page(browser, lawyer):
    shift = ShiftFactory()

    response = browser.post(reverse("volunteering:claim", args=[shift.pk]))

    assert response.url == shift.get_absolute_url()
    assert Claim.objects.get().member == lawyer


def test_the_button_pressed_twice_claims_once(browser):
    address = reverse("volunteering:claim", args=[ShiftFactory().pk])
    sent = {"idempotency_key": "a" * 32}
    browser.post(address, sent)
    before = AuditEntry.objects.count()

    browser.post(address, sent)

    assert (Claim.objects.count(), AuditEntry.objects.count()) == (1, before)


def test_a_refusal_is_shown_and_nothing_is_claimed(browser):
    shift = ClaimFactory(shift__capacity=1).shift

    response = browser.post(reverse("volunteering:claim", args=[shift.pk]))

    (words,) = list_messages(response)
    assert says(words, refusal_of(ShiftFull))
    assert Claim.objects.count() == 1


def test_looking_at_the_claim_address_claims_nothing(browser):
    response = browser.get(reverse("volunteering:claim", args=[ShiftFactory().pk]))

    assert (response.status_code, Claim.objects.count()) == (302, 0)


def test_a_member_withdraws(browser, lawyer):
    claim = ClaimFactory(member=lawyer)

    browser.post(reverse("volunteering:withdraw", args=[claim.pk]))

    claim.refresh_from_db()
    assert claim.state == ClaimState.WITHDRAWN


def test_a_member_records_their_hours(browser, lawyer):
    claim = ClaimFactory(member=lawyer, **PAST)
    address = reverse("volunteering:record", args=[claim.pk])

    form = browser.get(address).context["form"]
    sent = {"hours": "1.5", "remark": "劝导", "seen": form.initial["seen"]}
    response = browser.post(address, sent)

    assert (form.initial["hours"], response.url) == (2, MINE)
    record = ServiceRecord.objects.get()
    assert (str(record.hours), record.recorded_by) == ("1.5", account_of(lawyer))


def test_a_member_corrects_hours_that_were_handed_back(browser, lawyer, secretary):
    record = ServiceRecordFactory(claim=ClaimFactory(member=lawyer, **PAST))
    ServiceRecord.objects.update(state=RecordState.RETURNED, return_reason="时长有误")
    address = reverse("volunteering:record", args=[record.claim_id])

    page = browser.get(address)
    seen = page.context["form"].initial["seen"]
    browser.post(address, {"hours": "1.0", "remark": "", "seen": seen})

    assert "时长有误" in page.content.decode()
    record.refresh_from_db()
    assert (str(record.hours), record.state) == ("1.0", RecordState.SUBMITTED)


@pytest.mark.mission("S3-17")
def test_the_member_sees_their_claims_and_hours(browser, lawyer):
    past = ClaimFactory(member=lawyer, **PAST)
    ServiceRecordFactory(claim=past, confirmed=True)
    soon = ClaimFactory(member=lawyer)
    ClaimFactory()

    response = browser.get(MINE)

    rows = [row.record for row in response.context["table"].paginated_rows]
    assert rows == [soon, past]
    lead = translated("Confirmed so far: %(hours)s hours.", hours="2.0")
    assert response.context["lead"] == lead


def served(member, days):
    """Claims of a member on some days of a year, every other with hours."""
    for number in days:
        day = dt.date(2025, 1, 1) + dt.timedelta(days=number)
        when = at(day - dt.timedelta(days=1))
        claim = ClaimFactory(member=member, shift__day=day, at=when)
        if number % 2:
            ServiceRecordFactory(claim=claim)


def test_own_service_costs_the_same_for_three_rows_or_thirty(browser, lawyer, cost_of):
    served(lawyer, range(3))
    three = cost_of(MINE)

    served(lawyer, range(3, 30))

    assert (cost_of(MINE), Claim.objects.count()) == (three, 30)
