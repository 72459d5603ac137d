"""An expenditure counts on the day on which it is paid, whatever its paper says."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from core.errors import ConstraintViolated, FutureDay
from core.months import today
from figures.definitions import indicators
from finance.actions import approve_voucher, pay_voucher
from finance.enums import VoucherState
from finance.models import Voucher
from organizations.errors import MonthIsClosed
from tests.client import Browser
from tests.factories.finance import (
    DAY,
    ExpenditureFactory,
    approved,
    approver_of,
    filled,
    reviewed,
)
from tests.factories.organizations import closed
from tests.messages import rule


def test_an_expenditure_counts_on_the_day_of_payment_not_on_the_paper_s(fund, cashier):
    filled(fund, "1000.00", happened_on=dt.date(2026, 5, 1))
    values = {"happened_on": dt.date(2026, 5, 20), "amount": Decimal("300.00")}
    voucher = approved(ExpenditureFactory(fund=fund, **values))

    paid = pay_voucher(voucher, by=cashier, paid_on=dt.date(2026, 6, 3))

    spent = {
        month: list(indicators.get("spending").rows(dt.date(2026, month, 1)))
        for month in (5, 6)
    }
    assert (paid.happened_on, paid.booked_on, paid.month) == (
        dt.date(2026, 5, 20),
        dt.date(2026, 6, 3),
        dt.date(2026, 6, 1),
    )
    assert (spent[5], [line.net for line in spent[6]]) == ([], [Decimal("300.00")])


def test_a_payment_is_not_before_the_voucher_s_day_nor_in_the_future(fund, cashier):
    filled(fund, "1000.00")
    voucher = approved(ExpenditureFactory(fund=fund, amount=Decimal("300.00")))

    with pytest.raises(ConstraintViolated):
        pay_voucher(voucher, by=cashier, paid_on=DAY - dt.timedelta(days=1))
    with pytest.raises(FutureDay):
        pay_voucher(voucher, by=cashier, paid_on=today() + dt.timedelta(days=1))

    assert Voucher.objects.get(pk=voucher.pk).state == VoucherState.APPROVED


def test_a_day_before_the_voucher_is_refused_for_the_day_not_the_balance(fund, cashier):
    filled(fund, "1000.00")
    voucher = approved(ExpenditureFactory(fund=fund, amount=Decimal("300.00")))

    with pytest.raises(
        ConstraintViolated, match=rule("voucher_counts_on_its_day_or_later")
    ):
        pay_voucher(voucher, by=cashier, paid_on=dt.date(2026, 5, 1))


def test_what_waited_while_its_month_closed_is_paid_in_the_next(fund, east, cashier):
    filled(fund, "1000.00", happened_on=dt.date(2026, 5, 1))
    values = {"happened_on": dt.date(2026, 5, 20), "amount": Decimal("300.00")}
    voucher = reviewed(ExpenditureFactory(fund=fund, **values))
    closed(east, dt.date(2026, 5, 1))
    to_pay = approve_voucher(voucher, by=approver_of(fund))

    with pytest.raises(MonthIsClosed):
        pay_voucher(to_pay, by=cashier, paid_on=dt.date(2026, 5, 31))
    paid = pay_voucher(to_pay, by=cashier, paid_on=dt.date(2026, 6, 3))

    assert paid.month == dt.date(2026, 6, 1)


def press_paid(cashier, voucher, **said):
    """Press the button of the last step as the page offers it, and return the page."""
    browser = Browser()
    browser.force_login(cashier)
    page = browser.get(voucher.get_absolute_url())
    sent = {"version_token": page.context["seen"], **said}
    url = reverse("finance:pay_voucher", args=[voucher.pk])
    return browser.post(url, sent, follow=True)


def test_the_cashier_says_the_day_beside_the_button(fund, cashier):
    voucher = approved(ExpenditureFactory(fund=fund))

    press_paid(cashier, voucher, paid_on="2026-06-12")

    paid = Voucher.objects.get(pk=voucher.pk)
    assert (paid.state, paid.booked_on) == (VoucherState.POSTED, dt.date(2026, 6, 12))


@pytest.mark.parametrize("day", ["", "3026-06-12", "明天"])
def test_nothing_is_paid_on_a_day_that_is_not_named(fund, cashier, day):
    voucher = approved(ExpenditureFactory(fund=fund))

    page = press_paid(cashier, voucher, paid_on=day)

    assert Voucher.objects.get(pk=voucher.pk).state == VoucherState.APPROVED
    assert "支付日期" in "".join(str(m) for m in page.context["messages"])
