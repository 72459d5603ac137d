"""Database constraints, each tested by its name."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from finance.enums import Payer, VoucherKind
from finance.models import DuesRate, Fund, FundUse, Line, Voucher
from tests.factories.finance import ExpenditureFactory, IncomeFactory, posted

NEVER = dt.date(2027, 1, 1)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"amount": 0}, "voucher_amount_above_zero"),
        ({"month": dt.date(2026, 6, 2)}, "voucher_counts_in_its_month"),
        ({"month": dt.date(2026, 5, 1)}, "voucher_counts_in_its_month"),
        ({"month": dt.date(2025, 6, 1)}, "voucher_counts_in_its_month"),
        ({"state": "posted"}, "voucher_posted_is_approved_and_numbered"),
        ({"number": 1}, "voucher_posted_is_approved_and_numbered"),
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

    with pytest.raises(IntegrityError, match="voucher_expenditure_says_use_and"):
        Voucher.objects.update(decision="")


def test_the_database_refuses_one_hand(fund, accountant):
    IncomeFactory(fund=fund, by=accountant)

    with pytest.raises(IntegrityError, match="voucher_two_hands"):
        Voucher.objects.update(
            state="posted", approved_by=accountant, posted_at=timezone.now(), number=1
        )


def test_the_database_refuses_a_fund_below_zero(fund):
    with pytest.raises(IntegrityError, match="fund_never_below_zero"):
        Fund.objects.update(balance=Decimal("-0.01"))


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"debit": 1, "credit": 1}, "line_is_debit_or_credit"),
        ({"debit": 0, "credit": 0}, "line_is_debit_or_credit"),
        ({"debit": -1, "credit": 0}, "line_is_debit_or_credit"),
        ({"debit": 1, "balance_after": -1}, "line_never_below_zero"),
    ],
)
def test_the_database_refuses_a_wrong_line(fund, values, rule):
    voucher = posted(IncomeFactory(fund=fund))
    line = {"number": 9, "account": "1002", "balance_after": 0, **values}

    with pytest.raises(IntegrityError, match=rule):
        Line.objects.create(voucher=voucher, fund=fund, **line)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"least": 1}, "duesrate_reckoned_one_way"),
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
