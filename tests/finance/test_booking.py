"""What arrives after its month was closed is booked in an open one, by both days."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import ConstraintViolated, FutureDay
from finance.actions import amend_voucher, pay_voucher
from finance.models import Voucher
from organizations.errors import MonthIsClosed
from tests.client import Browser
from tests.factories.finance import (
    DAY,
    ExpenditureFactory,
    IncomeFactory,
    approved,
    filled,
    posted,
)
from tests.factories.organizations import closed
from tests.html import read
from tests.messages import rule

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MAY, SLIP = dt.date(2026, 5, 1), dt.date(2026, 5, 29)


@pytest.fixture
def may_is_closed(east):
    """The month of the slip is closed for 东社区."""
    closed(east, MAY)


def signed_in(user):
    browser = Browser()
    browser.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return browser


@pytest.mark.usefixtures("may_is_closed")
def test_a_late_slip_counts_on_the_day_on_which_it_is_booked(fund):
    voucher = posted(IncomeFactory(fund=fund, happened_on=SLIP, booked_on=DAY))

    fund.refresh_from_db()
    held = [fund.lines.lowest_since(day).amount for day in (SLIP, DAY)]
    assert (voucher.happened_on, voucher.counts_on) == (SLIP, DAY)
    assert voucher.month == DAY.replace(day=1)
    assert held == [0, voucher.amount]


@pytest.mark.usefixtures("may_is_closed")
def test_nothing_is_booked_in_a_closed_month(fund):
    with pytest.raises(MonthIsClosed):
        IncomeFactory(fund=fund, happened_on=SLIP, booked_on=SLIP.replace(day=30))


def test_nothing_is_booked_before_its_paper_or_in_the_future(fund):
    with pytest.raises(
        ConstraintViolated, match=rule("voucher_counts_on_its_day_or_later")
    ):
        IncomeFactory(fund=fund, happened_on=DAY, booked_on=SLIP)
    with pytest.raises(FutureDay):
        IncomeFactory(fund=fund, happened_on=SLIP, booked_on=dt.date(2026, 6, 30))


@pytest.mark.usefixtures("may_is_closed")
def test_an_invoice_of_a_closed_month_counts_on_the_day_of_payment(fund, cashier):
    filled(fund, 1000)
    voucher = approved(
        ExpenditureFactory(fund=fund, happened_on=SLIP, fund_it=False, amount=100)
    )

    paid = pay_voucher(voucher, by=cashier, paid_on=DAY)

    assert (paid.happened_on, paid.counts_on) == (SLIP, DAY)


def test_what_waited_while_its_month_closed_is_booked_anew(fund, east, accountant):
    voucher = IncomeFactory(fund=fund, happened_on=SLIP)
    closed(east, MAY)

    amended = amend_voucher(voucher, by=accountant, booked_on=DAY)

    assert (amended.happened_on, amended.booked_on) == (SLIP, DAY)


@pytest.mark.usefixtures("may_is_closed")
def test_the_form_asks_for_the_day_of_booking_and_the_pages_show_both(fund, accountant):
    browser = signed_in(accountant)
    url = reverse("finance:enter_income", args=[fund.pk])
    form = read(browser.get(url)).form_to("income")
    values = {"happened_on": f"{SLIP}", "amount": "80", "purpose": "迟到的回单"}

    browser.post(url, form.sent(**values, source="budget", booked_on=f"{DAY}"))

    voucher = posted(Voucher.objects.get())
    pages = [
        browser.get(address).content.decode()
        for address in (
            voucher.get_absolute_url(),
            reverse("finance:print_voucher", args=[voucher.pk]),
            fund.get_absolute_url(),
        )
    ]
    assert [("5月29日" in page, "6月10日" in page) for page in pages] == [
        (True, True)
    ] * 3


def test_the_correction_offers_today_where_the_month_has_closed(fund, east, accountant):
    voucher = IncomeFactory(fund=fund, by=accountant, happened_on=SLIP)
    closed(east, MAY)
    url = reverse("finance:amend_voucher", args=[voucher.pk])

    form = read(signed_in(accountant).get(url)).form_to("amend")

    assert form.value("booked_on") == "2026-06-20"
