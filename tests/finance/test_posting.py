"""Posting vouchers: two hands, double entry, never below zero, never edited."""

import datetime as dt
from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEntry, RoleAssignment, User
from core.db.triggers import suspend_triggers
from core.errors import ConstraintViolated
from finance.actions import (
    amend_voucher,
    approve_voucher,
    cancel_voucher,
    pay_voucher,
    reverse_voucher,
    review_voucher,
)
from finance.enums import VoucherKind, VoucherState
from finance.errors import (
    FundTooLow,
    FundTooLowOnDay,
    HoldsBothRoles,
    NotInThatState,
    OnlyPostedIsReversed,
    ReversalBeforeOriginal,
)
from finance.invariants import find_days_below_zero, find_rewritten_vouchers
from finance.models import Fund, Line, Voucher
from organizations.errors import MonthIsClosed
from organizations.models import RecountRequest
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.finance import (
    DAY,
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    approved,
    filled,
    posted,
    reviewed,
)
from tests.factories.organizations import closed
from tests.messages import rule


def written(fund):
    """The fund's ledger: number, account, debit, credit, balance afterwards."""
    return [
        (row.number, row.account, row.debit, row.credit, row.balance_after)
        for row in fund.lines.order_by("number")
    ]


def balance(fund):
    """What the fund holds now."""
    return Fund.objects.get(pk=fund.pk).balance


def test_an_approved_income_is_in_the_ledger(fund, secretary):
    voucher = IncomeFactory(fund=fund, amount=Decimal("1000.10"))

    done = approve_voucher(reviewed(voucher), by=secretary)

    amount = Decimal("1000.10")
    assert written(fund) == [
        (1, "1002", amount, 0, amount),
        (2, "4001", 0, amount, amount),
    ]
    assert (done.state, done.number, done.approved_by) == ("posted", 1, secretary)
    assert balance(fund) == amount


def test_a_paid_expenditure_takes_from_the_deposit(fund):
    filled(fund, "1000.00")

    posted(ExpenditureFactory(fund=fund, amount=Decimal("300.25")))

    assert written(fund)[2:] == [
        (3, "5001", Decimal("300.25"), 0, Decimal("1000.00")),
        (4, "1002", 0, Decimal("300.25"), Decimal("699.75")),
    ]


def test_approval_leaves_one_audit_entry_and_marks_the_month(fund, secretary):
    voucher = reviewed(IncomeFactory(fund=fund, happened_on=dt.date(2026, 5, 3)))
    entries, requests = AuditEntry.objects.count(), RecountRequest.objects.count()

    approve_voucher(voucher, by=secretary)

    entry = AuditEntry.objects.order_by("-pk")[0]
    assert AuditEntry.objects.count() == entries + 1
    assert (entry.action, entry.after["balance"]) == (
        "finance.approve_voucher",
        "1000.00",
    )
    assert RecountRequest.objects.count() == requests + 1
    assert RecountRequest.objects.order_by("-pk")[0].month == dt.date(2026, 5, 1)


def test_nobody_approves_what_they_entered_themselves(fund, accountant):
    voucher = reviewed(IncomeFactory(fund=fund, by=accountant))

    with pytest.raises(ConstraintViolated, match=rule("voucher_two_hands")):
        approve_voucher(voucher, by=accountant)

    assert (balance(fund), Line.objects.count()) == (0, 0)


def test_nobody_approves_what_they_reviewed(fund, accountant, secretary):
    voucher = reviewed(IncomeFactory(fund=fund, by=accountant), by=secretary)

    with pytest.raises(ConstraintViolated):
        approve_voucher(voucher, by=secretary)


def test_an_expenditure_counts_when_it_is_paid(fund, cashier):
    filled(fund, "1000.00")
    voucher = approved(ExpenditureFactory(fund=fund, amount=Decimal("300.00")))
    before = (voucher.state, balance(fund))

    paid = pay_voucher(voucher, by=cashier, paid_on=DAY)

    assert before == (VoucherState.APPROVED, Decimal("1000.00"))
    assert (paid.state, paid.paid_by) == (VoucherState.POSTED, cashier)
    assert balance(fund) == Decimal("700.00")


@pytest.mark.parametrize("signer", ["entered_by", "reviewed_by", "approved_by"])
def test_nobody_pays_what_they_signed_before(fund, signer):
    voucher = approved(ExpenditureFactory(fund=fund))

    with pytest.raises(ConstraintViolated):
        pay_voucher(voucher, by=getattr(voucher, signer), paid_on=DAY)

    assert Voucher.objects.get(pk=voucher.pk).state == VoucherState.APPROVED


def test_steps_are_taken_in_order(fund, secretary, cashier):
    voucher = ExpenditureFactory(fund=fund)

    with pytest.raises(NotInThatState):
        approve_voucher(voucher, by=secretary)
    with pytest.raises(NotInThatState):
        pay_voucher(voucher, by=cashier, paid_on=DAY)
    with pytest.raises(NotInThatState):
        pay_voucher(reviewed(voucher), by=cashier, paid_on=DAY)


def test_who_is_accountant_and_cashier_of_a_fund_signs_nothing(fund, east, street):
    person = holder(Role.ACCOUNTANT, east)
    voucher = IncomeFactory(fund=fund)
    to_pay = approved(ExpenditureFactory(fund=fund))
    with suspend_triggers(RoleAssignment):  # as a move of the place would bring it
        RoleAssignment.objects.create(
            user=person, role=Role.CASHIER, organization=street, starts_on=DAY
        )
    both = User.objects.get(pk=person.pk)

    for step in (review_voucher, amend_voucher):
        with pytest.raises(HoldsBothRoles):
            step(voucher, by=both)
    with pytest.raises(HoldsBothRoles):
        pay_voucher(to_pay, by=both, paid_on=DAY)


def test_a_fund_never_falls_below_zero(fund, cashier):
    filled(fund, "100.00")
    voucher, rival = (
        approved(ExpenditureFactory(fund=fund, amount=Decimal("99.00")))
        for _time in range(2)
    )
    pay_voucher(rival, by=cashier, paid_on=DAY)

    with pytest.raises(FundTooLow, match=r"1\.00"):
        pay_voucher(voucher, by=cashier, paid_on=DAY)

    assert (balance(fund), Voucher.objects.get(pk=voucher.pk).state) == (
        Decimal("1.00"),
        VoucherState.APPROVED,
    )


def test_money_that_is_not_there_is_refused_at_entry(fund):
    filled(fund, "100.00")

    with pytest.raises(FundTooLow):
        ExpenditureFactory(fund=fund, amount=Decimal("100.01"))
    draft = ExpenditureFactory(fund=fund, amount=Decimal("100.01"), as_draft=True)

    assert draft.state == VoucherState.DRAFT


@pytest.mark.parametrize(
    ("spent_on", "refused"), [(11, FundTooLowOnDay), (12, None), (13, None)]
)
def test_a_fund_is_below_zero_at_the_end_of_no_day(fund, spent_on, refused):
    """What comes on the 12th does not pay for what went on the 11th."""
    filled(fund, "100.00", happened_on=DAY.replace(day=8))
    filled(fund, "1000.00", happened_on=DAY.replace(day=12))
    values = {"amount": Decimal("500.00"), "happened_on": DAY.replace(day=spent_on)}
    expected = pytest.raises(refused) if refused else nullcontext()

    with expected:
        posted(ExpenditureFactory(fund=fund, **values))

    assert list(find_days_below_zero()) == []


def test_money_that_was_spent_meanwhile_is_missed_at_payment(fund, cashier):
    filled(fund, "100.00", happened_on=dt.date(2026, 5, 8))
    values = {"amount": Decimal("100.00"), "happened_on": dt.date(2026, 5, 9)}
    early, rival = (
        approved(ExpenditureFactory(fund=fund, **values)) for _time in range(2)
    )
    filled(fund, "500.00", happened_on=dt.date(2026, 6, 12))
    pay_voucher(rival, by=cashier, paid_on=rival.happened_on)

    with pytest.raises(FundTooLowOnDay):
        pay_voucher(early, by=cashier, paid_on=early.happened_on)

    assert (balance(fund), list(find_days_below_zero())) == (Decimal("500.00"), [])


def test_the_last_cent_can_be_spent(fund):
    filled(fund, "0.03")

    posted(ExpenditureFactory(fund=fund, amount=Decimal("0.03")))

    assert balance(fund) == 0


def test_a_month_that_closed_meanwhile_refuses_the_posting(fund, east, secretary):
    voucher = reviewed(IncomeFactory(fund=fund, happened_on=dt.date(2026, 5, 31)))
    closed(east, dt.date(2026, 5, 1))

    with pytest.raises(MonthIsClosed, match="2026年5月"):
        approve_voucher(voucher, by=secretary)

    assert (balance(fund), Line.objects.count()) == (0, 0)


def test_a_branch_s_fund_follows_its_community_s_months(branch, east):
    voucher = IncomeFactory(fund=FundFactory(organization=branch))
    closed(east, DAY.replace(day=1))

    with pytest.raises(MonthIsClosed):
        posted(voucher)


@pytest.mark.parametrize("state", ["draft", "submitted", "cancelled", "posted"])
def test_only_a_reviewed_voucher_is_approved(fund, accountant, secretary, state):
    voucher = IncomeFactory(fund=fund, as_draft=state == "draft")
    if state == "cancelled":
        cancel_voucher(voucher, by=accountant, reason="重复")
    if state == "posted":
        posted(voucher)
    before = balance(fund)

    with pytest.raises(NotInThatState):
        approve_voucher(voucher, by=secretary)

    assert balance(fund) == before


def test_voucher_numbers_leave_no_gap_and_do_not_mix_between_funds(fund):
    other = FundFactory(organization=fund.organization)
    vouchers = [IncomeFactory(fund=f) for f in (fund, other, fund)]

    numbers = [posted(voucher).number for voucher in vouchers]

    assert numbers == [1, 1, 2]


def test_a_reversal_writes_the_opposite_lines_once_approved(fund, accountant):
    filled(fund, "1000.00")
    wrong = posted(ExpenditureFactory(fund=fund, amount=Decimal("300.00")))

    reversal = reverse_voucher(wrong, by=accountant, reason="多付，退回")
    before_approval = balance(fund)
    posted(reversal)

    assert (before_approval, balance(fund)) == (Decimal("700.00"), Decimal("1000.00"))
    assert written(fund)[4:] == [
        (5, "1002", Decimal("300.00"), 0, Decimal("1000.00")),
        (6, "5001", 0, Decimal("300.00"), Decimal("1000.00")),
    ]
    assert Voucher.objects.get(pk=wrong.pk).state == VoucherState.POSTED


def test_a_reversal_too_needs_another_hand(fund, accountant):
    wrong = posted(IncomeFactory(fund=fund))
    reversal = reverse_voucher(wrong, by=accountant, reason="错记")

    with pytest.raises(ConstraintViolated):
        approve_voucher(reviewed(reversal), by=accountant)


def test_an_income_already_spent_cannot_be_reversed_away(fund, accountant):
    income = posted(IncomeFactory(fund=fund, amount=Decimal("100.00")))
    reversal = reverse_voucher(income, by=accountant, reason="错记")
    posted(ExpenditureFactory(fund=fund, amount=Decimal("60.00")))

    with pytest.raises(FundTooLow):
        posted(reversal)
    cancel_voucher(reversal, by=accountant, reason="已支出")
    with pytest.raises(FundTooLow):
        reverse_voucher(income, by=accountant, reason="错记")

    assert balance(fund) == Decimal("40.00")


def test_a_voucher_is_reversed_once(fund, accountant):
    wrong = posted(IncomeFactory(fund=fund))
    reverse_voucher(wrong, by=accountant, reason="错记")

    with pytest.raises(ConstraintViolated, match=rule("voucher_reversed_once")):
        reverse_voucher(wrong, by=accountant, reason="错记")


def test_after_a_cancelled_reversal_another_one_may_be_entered(fund, accountant):
    wrong = posted(IncomeFactory(fund=fund))
    first = reverse_voucher(wrong, by=accountant, reason="错记")
    cancel_voucher(first, by=accountant, reason="选错凭证")

    second = reverse_voucher(wrong, by=accountant, reason="确属错记")

    assert (second.kind, second.reverses) == (VoucherKind.REVERSAL, wrong)


def test_a_reversal_is_as_large_as_what_it_reverses(fund, accountant):
    wrong = posted(IncomeFactory(fund=fund, amount=Decimal("80.00")))
    reversal = reverse_voucher(wrong, by=accountant, reason="错记")

    amended = amend_voucher(reversal, by=accountant, amount=Decimal("5.00"))

    assert amended.amount == Decimal("80.00")


def test_a_reversal_lies_in_an_open_month_not_before_what_it_reverses(
    fund, east, accountant
):
    wrong = posted(IncomeFactory(fund=fund, happened_on=dt.date(2026, 5, 31)))
    closed(east, dt.date(2026, 5, 1))

    with pytest.raises(MonthIsClosed):
        reverse_voucher(
            wrong, by=accountant, reason="错记", happened_on=dt.date(2026, 5, 31)
        )
    with pytest.raises(ReversalBeforeOriginal):
        reverse_voucher(
            wrong, by=accountant, reason="错记", happened_on=dt.date(2026, 5, 30)
        )
    assert reverse_voucher(wrong, by=accountant, reason="错记").month == dt.date(
        2026, 6, 1
    )


def test_neither_what_is_not_posted_nor_a_reversal_is_reversed(fund, accountant):
    waiting = IncomeFactory(fund=fund)
    reversal = reverse_voucher(
        posted(IncomeFactory(fund=fund)), by=accountant, reason="错记"
    )

    with pytest.raises(OnlyPostedIsReversed):
        reverse_voucher(waiting, by=accountant, reason="错记")
    with pytest.raises(OnlyPostedIsReversed):
        reverse_voucher(posted(reversal), by=accountant, reason="错记")


@pytest.mark.parametrize(
    ("rows", "change"),
    [(Line.objects.all(), {"debit": 5}), (Voucher.objects.all(), {"amount": 5})],
)
def test_the_database_itself_refuses_to_edit_or_delete_what_is_posted(
    fund, rows, change
):
    posted(IncomeFactory(fund=fund))

    with pytest.raises(IntegrityError, match="are never changed"), transaction.atomic():
        rows.all().update(**change)
    with pytest.raises(IntegrityError, match="are never changed"), transaction.atomic():
        rows.all()._raw_delete("default")

    assert list(Line.objects.values_list("debit", flat=True)) == [Decimal(1000), 0]


@pytest.mark.parametrize(
    "values",
    [
        {"purpose": "别的用途"},
        {"counterparty": "别人"},
        {"happened_on": dt.date(2026, 6, 1), "booked_on": dt.date(2026, 6, 1)},
        {"papers": 9},
    ],
)
def test_a_posted_voucher_that_was_rewritten_is_found(fund, values):
    voucher = posted(IncomeFactory(fund=fund, amount=Decimal("100.00")))
    with suspend_triggers(Voucher):
        Voucher.objects.filter(pk=voucher.pk).update(**values)

    assert list(find_rewritten_vouchers()) == [
        f"voucher {voucher.pk}: {', '.join(values)}"
    ]


def test_a_posted_voucher_without_an_audit_entry_is_found(fund):
    voucher = posted(IncomeFactory(fund=fund, amount=Decimal("100.00")))
    with suspend_triggers(AuditEntry):
        AuditEntry.objects.filter(subject_type="finance.Voucher").delete()

    assert list(find_rewritten_vouchers()) == [
        f"voucher {voucher.pk}: the audit log has no entry of it"
    ]
