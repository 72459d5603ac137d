"""Approvals that meet: staged on PostgreSQL, eight at once on either database."""

from concurrent.futures import ThreadPoolExecutor, wait
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, transaction

from core.errors import DomainError
from core.invariants import invariants
from finance.actions import approve_voucher, reverse_voucher
from finance.errors import FundTooLow, NotInThatState
from finance.models import Fund, Line
from organizations.actions import close_month
from organizations.errors import MonthIsClosed
from tests.factories.finance import (
    DAY,
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    accountant_of,
    cashier_of,
    filled,
    posted,
)

committed = pytest.mark.django_db(transaction=True)
TIME_TO_SLIP_PAST = 0.3


def alone(deed, *args, **kwargs):
    """Do the deed on a connection of its own."""
    try:
        return deed(*args, **kwargs)
    finally:
        connection.close()


def broken():
    """Everything the ledger's invariants find."""
    ours = [i for i in invariants if i.key.startswith("finance.")]
    return [line for i in ours for line in i.broken()]


@pytest.mark.postgres
@committed
def test_of_two_approvals_the_second_sees_what_the_first_left():
    fund = filled(FundFactory(), "100.00")
    first, second = (
        ExpenditureFactory(fund=fund, amount=Decimal(80)) for _time in range(2)
    )
    cashier = cashier_of(fund)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            approve_voucher(first, by=cashier)
            rival = pool.submit(alone, approve_voucher, second, by=cashier)
            wait([rival], timeout=TIME_TO_SLIP_PAST)

        assert isinstance(rival.exception(), FundTooLow)
    assert Fund.objects.get(pk=fund.pk).balance == Decimal("20.00")


@pytest.mark.postgres
@committed
def test_one_voucher_approved_twice_at_once_is_posted_once():
    voucher = IncomeFactory()
    cashier = cashier_of(voucher.fund)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            approve_voucher(voucher, by=cashier)
            rival = pool.submit(alone, approve_voucher, voucher, by=cashier)
            wait([rival], timeout=TIME_TO_SLIP_PAST)

        assert isinstance(rival.exception(), NotInThatState)
    assert Line.objects.count() == 2


@pytest.mark.postgres
@committed
def test_a_month_does_not_close_while_a_posting_is_under_way():
    voucher = IncomeFactory()
    place = voucher.fund.organization

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            approve_voucher(voucher, by=cashier_of(voucher.fund))
            closing = pool.submit(alone, close_month, place, voucher.month, by=None)
            wait([closing], timeout=TIME_TO_SLIP_PAST)
            under_way = closing.done()

        assert (under_way, closing.result().status) == (False, "closed")


@pytest.mark.postgres
@committed
def test_a_posting_does_not_slip_into_a_month_that_is_closing():
    voucher = IncomeFactory()
    place, cashier = voucher.fund.organization, cashier_of(voucher.fund)

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            close_month(place, voucher.month, by=None)
            posting = pool.submit(alone, approve_voucher, voucher, by=cashier)
            wait([posting], timeout=TIME_TO_SLIP_PAST)

        assert isinstance(posting.exception(), MonthIsClosed)
    assert Line.objects.count() == 0


@pytest.mark.postgres
@committed
def test_of_two_reversals_at_once_one_is_entered():
    wrong = posted(IncomeFactory())
    hand = accountant_of(wrong.fund)
    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            reverse_voucher(wrong, by=hand, reason="错记", happened_on=DAY)
            rival = pool.submit(
                alone, reverse_voucher, wrong, by=hand, reason="错记", happened_on=DAY
            )
            wait([rival], timeout=TIME_TO_SLIP_PAST)

        assert "已录入过冲销" in str(rival.exception())
    assert wrong.reversals.count() == 1


def approved_at_once(vouchers, *, hands):
    """Approve vouchers by one cashier in so many threads; return what refused them."""
    cashier, start = cashier_of(vouchers[0].fund), Barrier(hands)

    def approve(some):
        start.wait()
        return [refused_by(voucher) for voucher in some]

    def refused_by(voucher):
        try:
            return alone(approve_voucher, voucher, by=cashier)
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(hands) as pool:
        shares = [vouchers[hand::hands] for hand in range(hands)]
        done = [answer for share in pool.map(approve, shares) for answer in share]
    return [type(answer) for answer in done if isinstance(answer, DomainError)]


@committed
def test_of_eight_approvals_at_once_exactly_those_go_through_that_fit():
    fund = filled(FundFactory(), "3000.00")
    hand = accountant_of(fund)
    vouchers = [ExpenditureFactory(fund=fund, by=hand) for _time in range(8)]

    refused = approved_at_once(vouchers, hands=8)

    assert refused == [FundTooLow] * 5
    assert (Fund.objects.get(pk=fund.pk).balance, broken()) == (0, [])


@pytest.mark.drill
@committed
def test_fifty_hands_spend_thirty_thousand_to_the_last_cent():
    fund = filled(FundFactory(), "30000.00")
    hand = accountant_of(fund)
    vouchers = [ExpenditureFactory(fund=fund, by=hand) for _time in range(100)]

    refused = approved_at_once(vouchers, hands=50)

    assert refused == [FundTooLow] * 70
    assert (Fund.objects.get(pk=fund.pk).balance, broken()) == (0, [])
