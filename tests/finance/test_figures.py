"""Figures, invariants and what waits on the desk."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import FieldError
from django.db.models import F, Sum

from communities.models import Project
from core.db.triggers import suspend_triggers
from core.months import today
from core.registries.invariants import invariants
from core.registries.todos import todos_for
from figures.definitions import indicators, values_by_organization
from finance.actions import return_voucher, reverse_voucher
from finance.models import Fund, FundUse, Line, Voucher
from tests.factories.finance import (
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    approved,
    filled,
    posted,
    reviewed,
)
from tests.messages import translated

MAY, JUNE = dt.date(2026, 5, 1), dt.date(2026, 6, 1)
OURS = [i for i in invariants if i.key.startswith("finance.")]


def measured(key, organization, month):
    """A figure of one organization, as the recount computes it."""
    group = [indicators.get(key)]
    values = values_by_organization(group, month, [organization.pk])
    return values.get(organization.pk, {}).get(key, Decimal(0))


def spend(fund, amount, day, **more):
    """Post an expenditure."""
    voucher = ExpenditureFactory(
        fund=fund, amount=Decimal(amount), happened_on=day, **more
    )
    return posted(voucher)


@pytest.fixture
def busy(fund, accountant):
    """May: 1000 in, 300.10 out. June: 200.20 out, the 300.10 put back; 50 waits."""
    posted(IncomeFactory(fund=fund, happened_on=dt.date(2026, 5, 2)))
    wrong = spend(fund, "300.10", dt.date(2026, 5, 3))
    spend(fund, "200.20", dt.date(2026, 6, 4))
    posted(reverse_voucher(wrong, by=accountant, reason="多付"))
    ExpenditureFactory(fund=fund, amount=Decimal(50))
    return fund


def test_spending_counts_what_is_paid_less_what_is_reversed(busy, east):
    spent = [measured("spending", east, month) for month in (MAY, JUNE)]

    assert spent == [Decimal("300.10"), Decimal("-99.90")]


def test_the_rows_of_spending_add_up_to_it(busy, east):
    rows = indicators.get("spending").rows_within(east, JUNE)

    assert sorted(rows.values_list("net", flat=True)) == [
        Decimal("-300.10"),
        Decimal("200.20"),
    ]
    assert indicators.get("spending").measure(rows) == Decimal("-99.90")


def test_a_balance_is_taken_at_month_end_by_the_vouchers_own_days(busy, east):
    held = [measured("fund_balance", east, month) for month in (MAY, JUNE)]

    assert held == [Decimal("699.90"), Decimal("799.80")]
    assert held[1] == Fund.objects.get(pk=busy.pk).balance


def test_balances_of_a_community_s_funds_are_added(busy, east):
    filled(FundFactory(organization=east), "0.20")

    rows = indicators.get("fund_balance").rows_within(east, JUNE)

    assert measured("fund_balance", east, JUNE) == Decimal("800.00")
    assert indicators.get("fund_balance").measure(rows) == Decimal("800.00")


def test_ten_cents_forty_times_are_four_yuan(fund, east):
    filled(fund, "100.00")
    for _time in range(40):
        spend(
            fund, "0.10", dt.date(2026, 6, 4), by=fund.vouchers.get(number=1).entered_by
        )

    assert measured("spending", east, JUNE) == Decimal("4.00")


def test_spending_is_known_by_project(fund, east):
    project = Project.objects.create(
        organization=east, name="银龄课堂", tag="x", starts_on=MAY
    )
    filled(fund, "100.00")
    spend(fund, "10.00", dt.date(2026, 6, 4), project=project)
    spend(fund, "20.00", dt.date(2026, 6, 4))
    spending = indicators.get("spending")

    rows = spending.rows(JUNE).filter(**{spending.source.project: project})

    assert spending.measure(rows) == Decimal("10.00")


def test_a_reversal_keeps_the_project_of_what_it_reverses(fund, east, accountant):
    project = Project.objects.create(
        organization=east, name="银龄课堂", tag="x", starts_on=MAY
    )
    filled(fund, "100.00")
    wrong = spend(fund, "10.00", dt.date(2026, 6, 4), project=project)

    assert reverse_voucher(wrong, by=accountant, reason="错记").project == project


@pytest.mark.parametrize("invariant", OURS, ids=lambda i: i.key)
def test_a_busy_ledger_breaks_no_invariant(busy, invariant):
    assert list(invariant.broken()) == []


def broken_now():
    """The keys of the invariants that find something."""
    return [i.key for i in OURS if list(i.broken())]


def test_a_balance_written_past_the_ledger_is_found(busy):
    with suspend_triggers(Fund):
        Fund.objects.filter(pk=busy.pk).update(balance=1)

    assert broken_now() == ["finance.balances"]


def test_a_changed_count_of_vouchers_is_found(busy):
    with suspend_triggers(Fund):
        Fund.objects.filter(pk=busy.pk).update(last_voucher=99)

    assert broken_now() == ["finance.balances"]


def test_an_edited_line_is_found(busy):
    with suspend_triggers(Line):
        busy.lines.filter(number=3).update(debit=Decimal("300.20"))

    assert broken_now() == ["finance.entries"]


def test_an_edited_running_balance_is_found(busy):
    with suspend_triggers(Line):
        busy.lines.filter(number=3).update(balance_after=5)

    assert broken_now() == ["finance.running_balances"]


def test_a_lost_line_is_found(busy):
    with suspend_triggers(Line):
        busy.lines.filter(number=4)._raw_delete("default")

    assert broken_now() == [
        "finance.balances",
        "finance.running_balances",
        "finance.entries",
    ]


def test_lines_of_a_voucher_that_is_not_posted_are_found(busy):
    waiting = busy.vouchers.under_way().get()
    values = {"number": 99, "account": "4001", "debit": 1, "balance_after": 0}
    with suspend_triggers(Line):
        Line.objects.create(voucher=waiting, fund=busy, **values)

    assert "finance.entries" in broken_now()


def test_spending_on_what_was_banned_later_is_found(busy):
    FundUse.objects.filter(vouchers__fund=busy).update(is_allowed=False)

    assert broken_now() == ["finance.uses"]


def test_a_reversal_of_another_amount_is_found(busy):
    with suspend_triggers(Voucher):
        busy.vouchers.filter(kind="reversal").update(amount=1)

    assert broken_now() == ["finance.rewritten", "finance.reversals"]


def waiting_for(user):
    """What the desk shows, as label and count."""
    return [(str(todo.label), todo.count) for todo in todos_for(user, today())]


def test_the_desk_tells_each_role_what_waits(
    fund, accountant, cashier, secretary, staff
):
    return_voucher(IncomeFactory(fund=fund), by=accountant, reason="缺单据")
    IncomeFactory(fund=fund)
    IncomeFactory(fund=fund)
    filled(fund, "50000.00")
    reviewed(ExpenditureFactory(fund=fund))
    reviewed(ExpenditureFactory(fund=fund, amount=Decimal("10000.00")))
    approved(ExpenditureFactory(fund=fund))

    to_approve = translated("Vouchers to approve")
    assert waiting_for(accountant) == [
        (translated("Vouchers to review"), 2),
        (translated("Returned vouchers to correct"), 1),
    ]
    assert waiting_for(secretary) == [(to_approve, 1)]
    assert waiting_for(staff) == [(to_approve, 2)]
    assert waiting_for(cashier) == [(translated("Vouchers to pay"), 1)]


def test_one_s_own_review_does_not_wait_for_oneself(fund, secretary):
    reviewed(IncomeFactory(fund=fund), by=secretary)

    assert waiting_for(secretary) == []


def test_vouchers_of_another_community_wait_for_nobody_here(accountant, west):
    IncomeFactory(fund=FundFactory(organization=west))

    assert waiting_for(accountant) == []


def test_a_long_ledger_adds_up_to_the_cent(fund, east):
    voucher = spend(filled(fund, "1.00"), "1.00", JUNE)
    amounts = [Decimal(n * 7919 % 5_000_000 + 1) / 100 for n in range(5_000)]
    lines = [
        Line(
            voucher=voucher,
            fund=fund,
            number=number,
            account="5001",
            debit=amount,
            balance_after=0,
        )
        for number, amount in enumerate(amounts, start=10)
    ]
    with suspend_triggers(Line):
        Line.objects.bulk_create(lines, batch_size=1000)
    spending = indicators.get("spending")

    assert measured("spending", east, JUNE) == sum(amounts) + 1
    assert spending.measure(spending.rows_within(east, JUNE)) == sum(amounts) + 1


def test_a_fund_below_zero_on_a_past_day_is_found(fund):
    filled(fund, "1000.00")
    spend(fund, "400.00", dt.date(2026, 6, 12))
    with suspend_triggers(Voucher):
        fund.vouchers.filter(kind="expenditure").update(
            happened_on=dt.date(2026, 5, 8), booked_on=dt.date(2026, 5, 8), month=MAY
        )

    assert "finance.days" in broken_now()


def test_a_reversed_expenditure_is_shown_as_reversed_among_the_rows_of_the_figure(
    busy, accountant
):
    rows = indicators.get("spending").rows(MAY)

    assert [row.reversal_number for row in rows] == [4]


@pytest.mark.parametrize("amount", ["0.01", "0.07", "70368744177.67", "99999999.99"])
def test_money_is_exact_on_either_database(fund, amount):
    """Amounts that floating point rounds, added, subtracted and compared."""
    fund.balance = Decimal(amount)
    with suspend_triggers(Fund):
        fund.save()
    stored = Fund.objects.annotate(twice=F("balance") + F("balance"))

    row = stored.get(balance=Decimal(amount))

    assert (row.balance, row.twice) == (Decimal(amount), 2 * Decimal(amount))
    assert stored.aggregate(sum=Sum("balance"))["sum"] == Decimal(amount)


def test_money_and_other_numbers_do_not_mix():
    with pytest.raises(FieldError):
        str(Fund.objects.annotate(wrong=F("balance") + F("last_number")).query)
    with pytest.raises(ValueError, match="whole number of hundredths"):
        Fund.objects.filter(balance__gt=Decimal("0.001")).exists()
