"""Database constraints, each tested by its name."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.db.triggers import suspend_triggers
from finance.enums import Payer, VoucherKind
from finance.models import DuesRate, Fund, FundUse, Line, Voucher
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.finance import (
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    approved,
    approver_of,
    cashier_of,
    filled,
    posted,
    reviewed,
)

NEVER = dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"amount": 0}, "voucher_amount_above_zero"),
        ({"month": dt.date(2026, 6, 2)}, "voucher_counts_in_its_month"),
        ({"month": dt.date(2026, 5, 1)}, "voucher_counts_in_its_month"),
        ({"month": dt.date(2025, 6, 1)}, "voucher_counts_in_its_month"),
        ({"state": "posted"}, "voucher_signed_as_far_as_it_has_come"),
        ({"number": 1}, "voucher_signed_as_far_as_it_has_come"),
        ({"state": "reviewed"}, "voucher_signed_as_far_as_it_has_come"),
        ({"by_cashier": True}, "voucher_signed_as_far_as_it_has_come"),
        ({"papers": 1000}, "voucher_papers_bounds"),
        ({"amount": Decimal(100_000_000)}, "voucher_amount_bounds"),
        ({"happened_on": dt.date(2101, 1, 1)}, "voucher_"),
        ({"source": ""}, "voucher_income_says_its_source"),
        ({"decision": "会议"}, "voucher_expenditure_says_use_and_decision"),
        ({"kind": VoucherKind.REVERSAL, "source": ""}, "voucher_reversal_names"),
    ],
)
def test_the_database_refuses_a_wrong_income(fund, change, rule):
    IncomeFactory(fund=fund)

    with pytest.raises(IntegrityError, match=rule):
        Voucher.objects.update(**change)


def test_the_database_refuses_an_expenditure_without_a_decision(fund):
    ExpenditureFactory(fund=fund)

    waiting = Voucher.objects.under_way()
    with pytest.raises(IntegrityError, match="voucher_expenditure_says_use_and"):
        waiting.update(decision="")


def test_the_database_refuses_one_hand(fund, accountant):
    IncomeFactory(fund=fund, by=accountant)

    with pytest.raises(IntegrityError, match="voucher_two_hands"):
        Voucher.objects.update(
            state="posted",
            reviewed_by=holder(Role.ACCOUNTANT, fund.organization),
            approved_by=accountant,
            posted_at=timezone.now(),
            number=1,
        )


@pytest.mark.parametrize(
    ("step", "column", "rule"),
    [
        (reviewed, "reviewed_by", "voucher_reviewer_does_not_approve"),
        (approved, "entered_by", "voucher_payer_only_pays"),
        (approved, "reviewed_by", "voucher_payer_only_pays"),
        (approved, "approved_by", "voucher_payer_only_pays"),
    ],
)
def test_the_database_keeps_the_signatures_of_a_voucher_apart(fund, step, column, rule):
    voucher = step(ExpenditureFactory(fund=fund), by=approver_of(fund))
    person = getattr(voucher, column)
    same = {"approved_by": person, "state": "approved"}
    if step is approved:
        final = {"state": "posted", "number": 2, "posted_at": timezone.now()}
        same = {"paid_by": person, **final}

    with pytest.raises(IntegrityError, match=rule):
        Voucher.objects.filter(pk=voucher.pk).update(**same)


def test_the_database_refuses_a_fund_below_zero(fund):
    refusal = pytest.raises(IntegrityError, match="fund_")
    with suspend_triggers(Fund), refusal, transaction.atomic():
        Fund.objects.update(balance=Decimal("-0.01"))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE finance_fund SET balance = balance + 1",
        "UPDATE finance_fund SET balance = 0",
        "UPDATE finance_fund SET last_number = 1",
        "UPDATE finance_fund SET last_number = 3, balance = 5",
    ],
)
def test_a_balance_changes_only_with_a_ledger_line(fund, sql):
    filled(fund, "50.00")

    refusal = pytest.raises(IntegrityError, match="fund_")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


NEW_FUND = """
INSERT INTO finance_fund
(id, organization_id, kind, name, balance, last_number, last_voucher)
SELECT {id}, organization_id, kind, {name}, {balance}, {number}, 0
FROM finance_fund WHERE last_number > 0
"""


@pytest.mark.parametrize(
    "opened",
    [
        {"balance": 1},
        {"number": 1},
        {"id": "id"},
        {"name": "name"},
    ],
)
def test_a_fund_opens_empty_and_replaces_none(fund, opened):
    filled(fund, "50.00")
    values = {"id": 999_999, "name": "'x'", "balance": 0, "number": 0, **opened}

    refusal = pytest.raises(IntegrityError, match="fund_opens_empty")
    with refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(NEW_FUND.format(**values))


@pytest.mark.parametrize(
    "change",
    [
        {"number": 9},
        {"number": 9, "balance_after": Decimal(5)},
        {"number": 2},
        {"balance_after": Decimal("2000.00")},
        {"account": "4001"},
        {"fund": None},
        {"fund": None, "number": 1, "balance_after": Decimal(5)},
    ],
)
def test_a_line_follows_the_last_one_of_its_fund(fund, change):
    voucher = posted(IncomeFactory(fund=fund))
    other = FundFactory(organization=fund.organization)
    values = {"fund": fund, "number": 3, "account": "1002", "debit": Decimal(5)}
    values |= {"balance_after": Decimal(1005), **change}
    values["fund"] = values["fund"] or other

    refusal = pytest.raises(IntegrityError, match="line_follows_the_last")
    with refusal, transaction.atomic():
        Line.objects.create(voucher=voucher, **values)


def test_a_voucher_that_is_not_posted_moves_nothing(fund):
    waiting = IncomeFactory(fund=fund)
    line = {"number": 1, "account": "1002", "debit": 5, "balance_after": 5}

    refusal = pytest.raises(IntegrityError, match="line_follows_the_last")
    with refusal, transaction.atomic():
        Line.objects.create(voucher=waiting, fund=fund, **line)


def test_a_line_that_takes_a_past_day_below_zero_is_refused_by_the_database(fund):
    filled(fund, "1000.00", happened_on=dt.date(2026, 6, 18))
    early = approved(ExpenditureFactory(fund=fund, happened_on=dt.date(2026, 6, 18)))
    signed = {"paid_by": cashier_of(fund), "number": 2, "posted_at": timezone.now()}
    day = dt.date(2026, 6, 17)
    filled(FundFactory(organization=fund.organization), "5000.00", happened_on=day)
    moved = {"happened_on": day, "booked_on": day}
    Voucher.objects.filter(pk=early.pk).update(state="posted", **signed, **moved)
    line = {"number": 3, "account": "1002", "credit": 1000, "balance_after": 0}

    refusal = pytest.raises(IntegrityError, match="line_never_below_zero_on_any_day")
    with refusal, transaction.atomic():
        Line.objects.create(voucher=early, fund=fund, **line)


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"debit": 1, "credit": 1}, "line_is_debit_or_credit"),
        ({"debit": 0, "credit": 0}, "line_is_debit_or_credit"),
        ({"debit": -1, "credit": 0}, "line_bounds|line_is_debit_or_credit"),
        ({"debit": 1, "balance_after": -1}, "line_"),
        ({"debit": Decimal(10**13)}, "line_bounds"),
    ],
)
def test_the_database_refuses_a_wrong_line(fund, values, rule):
    voucher = posted(IncomeFactory(fund=fund))
    line = {"number": 9, "account": "1002", "balance_after": 0, **values}

    refusal = pytest.raises(IntegrityError, match=rule)
    with suspend_triggers(Line), refusal, transaction.atomic():
        Line.objects.create(voucher=voucher, fund=fund, **line)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"least": 1}, "duesrate_reckoned_one_way"),
        ({"percent": Decimal("100.01")}, "duesrate_percent_bounds"),
        ({"up_to": Decimal(10**8)}, "duesrate_amount_bounds"),
        ({"percent": None}, "duesrate_reckoned_one_way"),
        ({"bands_of": Payer.RETIRED}, "duesrate_reckoned_one_way"),
        ({"up_to": 5000}, "duesrate_band_in_order"),
        ({"ends_on": dt.date(2008, 4, 1)}, "duesrate_ends_after_start"),
    ],
)
def test_the_database_refuses_a_wrong_rate(change, rule):
    highest = DuesRate.objects.filter(payer=Payer.MONTHLY_WAGE, above=10000)

    with pytest.raises(IntegrityError, match=rule):
        highest.update(**change)


@pytest.mark.django_db
def test_the_database_refuses_a_use_twice():
    use = FundUse.objects.order_by("pk")[0]
    use.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        use.save()
    with pytest.raises(IntegrityError, match="funduse_ends_after_start"):
        FundUse.objects.filter(starts_on__lt=NEVER).update(ends_on=use.starts_on)
