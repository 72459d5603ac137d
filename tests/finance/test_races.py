"""Approvals that meet: staged on PostgreSQL, eight at once on either database."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest

from core.errors import DomainError
from core.registries.invariants import invariants
from finance.actions import approve_voucher, pay_voucher, reverse_voucher
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
    approved,
    approver_of,
    cashier_of,
    filled,
    posted,
    reviewed,
)
from tests.messages import rule, says
from tests.stage import on_its_own_connection, race

committed = pytest.mark.django_db(transaction=True)


def broken():
    """Everything the ledger's invariants find."""
    ours = [i for i in invariants if i.key.startswith("finance.")]
    return [line for i in ours for line in i.broken()]


@pytest.mark.postgres
@committed
def test_of_two_payments_the_second_sees_what_the_first_left():
    fund = filled(FundFactory(), "100.00")
    first, second = (
        approved(ExpenditureFactory(fund=fund, amount=Decimal(80)))
        for _time in range(2)
    )
    cashier = cashier_of(fund)

    approving = race(
        lambda: pay_voucher(first, by=cashier, paid_on=DAY),
        lambda: pay_voucher(second, by=cashier, paid_on=DAY),
    )

    assert isinstance(approving.refusal, FundTooLow)
    assert Fund.objects.get(pk=fund.pk).balance == Decimal("20.00")


@pytest.mark.postgres
@committed
def test_one_voucher_approved_twice_at_once_is_posted_once():
    voucher = reviewed(IncomeFactory())
    cashier = approver_of(voucher.fund)

    approving = race(
        lambda: approve_voucher(voucher, by=cashier),
        lambda: approve_voucher(voucher, by=cashier),
    )

    assert isinstance(approving.refusal, NotInThatState)
    assert Line.objects.count() == 2


@pytest.mark.postgres
@committed
def test_a_month_does_not_close_while_a_posting_is_under_way():
    voucher = reviewed(IncomeFactory())
    organization, cashier = voucher.fund.organization, approver_of(voucher.fund)

    closing = race(
        lambda: approve_voucher(voucher, by=cashier),
        lambda: close_month(organization, voucher.month, by=None),
    )

    assert (closing.waited, closing.rival.result().status) == (True, "closed")


@pytest.mark.postgres
@committed
def test_a_posting_does_not_slip_into_a_month_that_is_closing():
    voucher = reviewed(IncomeFactory())
    organization, cashier = voucher.fund.organization, approver_of(voucher.fund)

    posting = race(
        lambda: close_month(organization, voucher.month, by=None),
        lambda: approve_voucher(voucher, by=cashier),
    )

    assert isinstance(posting.refusal, MonthIsClosed)
    assert Line.objects.count() == 0


@pytest.mark.postgres
@committed
def test_of_two_reversals_at_once_one_is_entered():
    wrong = posted(IncomeFactory())
    hand = accountant_of(wrong.fund)

    def reverse():
        return reverse_voucher(wrong, by=hand, reason="错记", happened_on=DAY)

    refusal = race(reverse, reverse).refusal
    assert says(refusal, rule("voucher_reversed_once"))
    assert wrong.reversals.count() == 1


def paid_at_once(vouchers, *, hands):
    """Pay vouchers by one cashier in so many threads; return what refused them."""
    cashier, start = cashier_of(vouchers[0].fund), Barrier(hands)

    def pay(some):
        start.wait()
        return [refused_by(voucher) for voucher in some]

    def refused_by(voucher):
        try:
            return on_its_own_connection(pay_voucher, voucher, by=cashier, paid_on=DAY)
        except DomainError as refusal:
            return refusal

    with ThreadPoolExecutor(hands) as pool:
        shares = [vouchers[hand::hands] for hand in range(hands)]
        done = [answer for share in pool.map(pay, shares) for answer in share]
    return [type(answer) for answer in done if isinstance(answer, DomainError)]


@committed
def test_of_eight_payments_at_once_exactly_those_go_through_that_fit():
    fund = filled(FundFactory(), "3000.00")
    hand = accountant_of(fund)
    vouchers = [approved(ExpenditureFactory(fund=fund, by=hand)) for _time in range(8)]

    refused = paid_at_once(vouchers, hands=8)

    assert refused == [FundTooLow] * 5
    assert (Fund.objects.get(pk=fund.pk).balance, broken()) == (0, [])


@pytest.mark.drill
@committed
def test_fifty_hands_spend_thirty_thousand_to_the_last_cent():
    fund = filled(FundFactory(), "30000.00")
    hand = accountant_of(fund)
    vouchers = [
        approved(ExpenditureFactory(fund=fund, by=hand)) for _time in range(100)
    ]

    refused = paid_at_once(vouchers, hands=50)

    assert refused == [FundTooLow] * 70
    assert (Fund.objects.get(pk=fund.pk).balance, broken()) == (0, [])
