"""Who enters an expenditure hears at once of money that the fund does not have."""

import datetime as dt

import pytest
from django.urls import reverse

from finance.enums import VoucherState
from finance.models import Voucher
from tests.client import Browser
from tests.factories.finance import ExpenditureFactory, IncomeFactory, filled, use_of
from tests.messages import message, says

pytestmark = [pytest.mark.django_db, pytest.mark.both]

NOT_YET = (
    "By the days of its vouchers, the fund held only %(balance)s yuan at the end of"
    " %(lowest)s. If the money was paid by then, check day and amount, or have the"
    " missing income entered first; if it is paid later, tick below and submit again."
)
PROMISED = (
    "The fund holds %(balance)s yuan, of which other vouchers under way will take"
    " %(promised)s, so the rest does not cover this one. If it is to go on all the"
    " same, tick below and submit again."
)


@pytest.fixture
def submit(fund, accountant):
    """Submit an expenditure of a fund that got 1000 on 1 June and 500 on 10 June."""
    filled(fund, "1000.00")
    filled(fund, "500.00", happened_on=dt.date(2026, 6, 10))
    browser = Browser()
    browser.force_login(accountant)
    known = set(Voucher.objects.values_list("pk", flat=True))

    def submitted(amount, day, **more):
        typed = {
            "happened_on": f"2026-06-{day:02}",
            "amount": amount,
            "purpose": "楼道照明改造",
            "decision": "6月1日支委会",
            "use": use_of(fund).pk,
            "papers": "1",
            **more,
        }
        url = reverse("finance:enter_expenditure", args=[fund.pk])
        answer = browser.post(url, typed).content.decode()
        return answer, Voucher.objects.exclude(pk__in=known).order_by("pk").last()

    return submitted


@pytest.mark.parametrize(
    ("amount", "day", "held"),
    [("1200", 5, "1,000.00"), ("800", 1, None), ("1500", 10, None)],
)
def test_a_day_on_which_the_money_was_not_there_is_asked_about_once(
    submit, amount, day, held
):
    answer, voucher = submit(amount, day)

    assert (voucher is None) == (held is not None)
    assert says(answer, message(NOT_YET, balance=held)) == (held is not None)
    if held:
        _answer, voucher = submit(amount, day, confirmed="on")
    assert voucher.state == VoucherState.SUBMITTED


def test_the_tick_that_answers_stands_after_all_that_was_typed(submit):
    answer, _voucher = submit("1200", 5)

    typed = ("purpose", "counterparty", "papers", "project")
    assert all(
        answer.index(f'name="{name}"') < answer.index('name="confirmed"')
        for name in typed
    )


def test_what_others_under_way_will_take_is_asked_about_once(submit, fund):
    ExpenditureFactory(fund=fund, amount=700, fund_it=False)
    ExpenditureFactory(fund=fund, amount=200, fund_it=False, as_draft=True)
    IncomeFactory(fund=fund)

    _answer, fits = submit("800", 10)
    asked, refused = submit("0.01", 10)
    _answer, confirmed = submit("0.01", 10, confirmed="on")

    assert fits.state == VoucherState.SUBMITTED
    assert refused == fits
    assert says(asked, message(PROMISED, balance="1,500.00", promised="1,500.00"))
    assert confirmed.pk > fits.pk


def test_the_fund_s_page_says_what_is_still_available(submit, fund, secretary):
    ExpenditureFactory(fund=fund, amount=700, fund_it=False)
    browser = Browser()
    browser.force_login(secretary)

    page = browser.get(fund.get_absolute_url())

    assert (page.context["under_way"], page.context["available"]) == (700, 800)
