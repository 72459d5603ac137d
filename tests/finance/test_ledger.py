"""Run actions on a ledger in any order and compare it with a plain model account.

The account knows nothing of lines or locks: it adds and takes away in a list.
"""

import copy
import datetime as dt
from decimal import Decimal
from functools import partial

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, initialize, invariant, multiple, rule

from core.errors import DomainError
from finance.actions import (
    amend_voucher,
    approve_voucher,
    cancel_voucher,
    pay_voucher,
    return_voucher,
    reverse_voucher,
    review_voucher,
)
from finance.enums import AWAITING, VoucherKind, VoucherState
from finance.errors import FundTooLow
from finance.models import Fund, Line, Voucher
from organizations.errors import MonthIsClosed
from tests.factories.finance import (
    DAY,
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    accountant_of,
    approver_of,
    cashier_of,
    use_of,
)
from tests.factories.organizations import closed
from tests.machines import Machine, run

MONTHS = [dt.date(2026, month, 1) for month in (3, 4, 5, 6)]
AMOUNTS = st.decimals(min_value="0.01", max_value="500.00", places=2)
DAYS = st.sampled_from([month.replace(day=9) for month in MONTHS])


class Ledger(Machine):
    """One fund, those who keep it, and what they do to it."""

    app = "finance"
    vouchers = Bundle("vouchers")

    def __init__(self, cast):
        super().__init__()
        for name, one in copy.deepcopy(cast).items():
            setattr(self, name, one)
        self.days = dict.fromkeys(MONTHS, Decimal(0))
        self.closed = set()
        self.posted = {}
        self.lines = []

    def state_of(self, voucher):
        """How far the database says it has come."""
        return Voucher.objects.values_list("state", flat=True).get(pk=voucher.pk)

    def attempt(self, action, *args, **kwargs):
        """Run an action that may be refused; return its result."""
        try:
            return action(*args, **kwargs)
        except DomainError as refusal:
            return refusal

    def has_closed(self, month):
        """A month closes with all before it."""
        return any(month <= one for one in self.closed)

    @property
    def balance(self):
        """What the plain account holds now."""
        return sum(self.days.values(), Decimal(0))

    def fits(self, month, moved):
        """Whether no day's end falls below zero; one day of each month moves money."""
        held, ends = Decimal(0), []
        for one in MONTHS:
            held += self.days[one]
            ends.append(held)
        later = ends[MONTHS.index(month) :]
        return moved >= 0 or min(later) + moved >= 0

    def entered(self, factory, day, amount, moved, **more):
        """Enter a voucher; only a closed month or a fund too low refuses it.

        An expenditure is measured by what the fund holds today, and by no closed month,
        as it is paid later.
        """
        is_late = factory is IncomeFactory and self.has_closed(day.replace(day=1))
        made = self.attempt(
            factory,
            fund=self.fund,
            by=self.accountant,
            happened_on=day,
            amount=amount,
            **more,
        )
        assert isinstance(made, MonthIsClosed) == is_late
        if not is_late:
            assert isinstance(made, FundTooLow) == (self.balance + moved < 0)
        return multiple(made) if isinstance(made, Voucher) else multiple()

    @initialize(target=vouchers, day=DAYS, amount=AMOUNTS)
    def begin(self, day, amount):
        return self.receive(day, amount)

    @rule(target=vouchers, day=DAYS, amount=AMOUNTS)
    def receive(self, day, amount):
        return self.entered(IncomeFactory, day, amount, amount)

    @rule(target=vouchers, day=DAYS, amount=AMOUNTS)
    def spend(self, day, amount):
        more = {"use": self.use, "fund_it": False}
        return self.entered(ExpenditureFactory, day, amount, -amount, **more)

    @rule(target=vouchers, voucher=vouchers, day=DAYS)
    def reverse(self, voucher, day):
        made = self.attempt(
            reverse_voucher,
            voucher,
            by=self.accountant,
            reason="错记",
            happened_on=day,
        )
        return multiple(made) if isinstance(made, Voucher) else multiple()

    @rule(voucher=vouchers)
    def review(self, voucher):
        self.attempt(review_voucher, voucher, by=self.reviewer)

    @rule(voucher=vouchers)
    def approve(self, voucher):
        waiting = Voucher.objects.get(pk=voucher.pk)
        done = self.attempt(approve_voucher, voucher, by=self.approver)
        self.compare(waiting, done, waits=waiting.state == VoucherState.REVIEWED)

    @rule(voucher=vouchers, day=DAYS)
    def pay(self, voucher, day):
        waiting = Voucher.objects.get(pk=voucher.pk)
        done = self.attempt(pay_voucher, voucher, by=self.cashier, paid_on=day)
        waits = waiting.state == VoucherState.APPROVED and day >= waiting.happened_on
        self.compare(waiting, done, waits=waits, month=day.replace(day=1))

    @rule(voucher=vouchers, day=DAYS)
    def settle(self, voucher, day):
        self.review(voucher)
        self.approve(voucher)
        self.pay(voucher, day)

    def compare(self, waiting, done, *, waits, month=None):
        """Compare what became of a step with the plain account, and keep that."""
        moved = self.meant(waiting)
        to_be_paid = month is None and waiting.kind == VoucherKind.EXPENDITURE
        month = month or waiting.month
        if to_be_paid:
            fits = self.balance + moved >= 0
        else:
            waits, fits = waits and not self.has_closed(month), self.fits(month, moved)
        assert isinstance(done, Voucher) == (waits and fits)
        if isinstance(done, FundTooLow):
            assert not fits
        if isinstance(done, Voucher) and done.is_posted:
            self.days[month] += moved
            self.posted[waiting.pk] = (waiting.amount, waiting.purpose)

    def meant(self, voucher):
        """What a voucher does to the fund, by plain arithmetic."""
        if voucher.kind == VoucherKind.REVERSAL:
            return -self.meant(voucher.reverses)
        return voucher.amount * (1 if voucher.kind == VoucherKind.INCOME else -1)

    @rule(voucher=vouchers)
    def approve_one_s_own(self, voucher):
        for step in (approve_voucher, partial(pay_voucher, paid_on=DAY)):
            done = self.attempt(step, voucher, by=self.accountant)
            assert isinstance(done, DomainError)

    @rule(voucher=vouchers)
    def send_back(self, voucher):
        before = self.state_of(voucher)
        done = self.attempt(return_voucher, voucher, by=self.cashier, reason="缺单据")
        assert isinstance(done, Voucher) == (before in AWAITING)

    @rule(voucher=vouchers, amount=AMOUNTS, day=DAYS)
    def amend(self, voucher, amount, day):
        self.attempt(
            amend_voucher, voucher, by=self.accountant, amount=amount, happened_on=day
        )

    @rule(voucher=vouchers)
    def cancel(self, voucher):
        self.attempt(cancel_voucher, voucher, by=self.accountant, reason="重复")

    @rule(month=st.sampled_from(MONTHS[:2]))
    def close(self, month):
        closed(self.fund.organization, month)
        self.closed.add(month)

    @invariant()
    def the_fund_holds_what_the_plain_account_holds(self):
        held = Fund.objects.get(pk=self.fund.pk).balance
        assert held == self.balance
        assert held >= 0

    @invariant()
    def what_is_posted_stands_as_it_was_approved(self):
        rows = Voucher.objects.filter(fund=self.fund).posted()
        assert {v.pk: (v.amount, v.purpose) for v in rows} == self.posted

    @invariant()
    def the_ledger_only_grows(self):
        lines = list(Line.objects.filter(fund=self.fund).order_by("number").values())
        assert lines[: len(self.lines)] == self.lines
        self.lines = lines


@pytest.fixture
def cast(db):
    """A fund, its use, and everybody who does something to it."""
    fund = FundFactory()
    return {
        "fund": fund,
        "accountant": accountant_of(fund),
        "reviewer": accountant_of(fund),
        "approver": approver_of(fund),
        "cashier": cashier_of(fund),
        "use": use_of(fund),
    }


def test_a_ledger_holds_under_random_actions(cast):
    run(lambda: Ledger(cast), examples=8, steps=20)


@pytest.mark.drill
def test_a_ledger_holds_through_ten_thousand_actions(cast):
    run(lambda: Ledger(cast), examples=200, steps=50)
