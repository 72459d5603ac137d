"""Invariants of the ledger, recomputed from its lines."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.queries import last_recorded_values
from core.actions import keys_of
from core.db.querysets import any_of
from core.registries.invariants import Invariant, invariants
from finance.entries import ZERO, postings_of
from finance.enums import Account, VoucherState
from finance.models import Fund, Line, Voucher

BATCH_SIZE = 2000


def _next_balance(line: Line, balance: Decimal) -> Decimal:
    moved = line.debit - line.credit if line.account == Account.BANK else ZERO
    return balance + moved


def find_wrong_running_balances() -> Iterator[str]:
    """Find lines whose running balance or number does not follow the line before."""
    lines = Line.objects.order_by("fund", "number").iterator(BATCH_SIZE)
    for fund_id, of_fund in groupby(lines, attrgetter("fund_id")):
        balance = ZERO
        for number, line in enumerate(of_fund, start=1):
            balance = _next_balance(line, balance)
            if (line.number, line.balance_after) != (number, balance):
                yield f"fund {fund_id}, line {line.number}: {line.balance_after}"


def find_wrong_balances() -> Iterator[str]:
    """Find funds whose balance or counters differ from their lines and vouchers."""
    last = Coalesce(Max("vouchers__number"), 0)
    highest = dict(Fund.objects.values_list("pk", last))
    for fund in Fund.objects.order_by("pk").iterator(BATCH_SIZE):
        balance, count = ZERO, 0
        for line in fund.lines.iterator(BATCH_SIZE):
            balance, count = _next_balance(line, balance), count + 1
        if (fund.balance, fund.last_number) != (balance, count):
            yield f"fund {fund.pk}: {fund.balance}, by its lines {balance}"
        if fund.last_voucher != highest[fund.pk]:
            yield f"fund {fund.pk}: last voucher {fund.last_voucher}"


def find_wrong_entries() -> Iterator[str]:
    """Find posted vouchers without their double entry, and others that have lines."""
    posted = Voucher.objects.posted().select_related("reverses")
    vouchers = posted.prefetch_related("lines").order_by("pk")
    for voucher in vouchers.iterator(BATCH_SIZE):
        lines = sorted(voucher.lines.all(), key=attrgetter("number"))
        written = [(line.account, line.debit, line.credit) for line in lines]
        expected = [(p.account, p.debit, p.credit) for p in postings_of(voucher)]
        if written != expected or any(
            line.fund_id != voucher.fund_id for line in lines
        ):
            yield f"voucher {voucher.pk}: {written}"
    stray = Line.objects.exclude(voucher__state=VoucherState.POSTED)
    for pk in stray.order_by("pk").values_list("pk", flat=True):
        yield f"line {pk} of a voucher that is not posted"


def _signed(voucher: Voucher, said: dict[str, Any]) -> dict[str, Any]:
    """Return who took each step, as the audit log has it under any of its keys."""
    steps = {"approved_by": "finance.approve_voucher"}
    if not voucher.by_cashier:
        steps |= {
            "reviewed_by": "finance.review_voucher",
            "paid_by": "finance.pay_voucher",
        }
    return {
        column: next((said[name] for name in keys_of(key) if name in said), None)
        for column, key in steps.items()
    }


def find_rewritten_vouchers() -> Iterator[str]:
    """Find posted vouchers that differ from their last sealed audit entry."""
    recorded = last_recorded_values(Voucher)
    for voucher in Voucher.objects.posted().order_by("pk").iterator(BATCH_SIZE):
        values = recorded[f"{voucher.pk}"]
        if not values:
            yield f"voucher {voucher.pk}: the audit log has no entry of it"
            continue
        values |= _signed(voucher, values)
        wrong = [
            column.name
            for column in Voucher._meta.concrete_fields
            if column.name in values
            and column.to_python(values[column.name])
            != column.value_from_object(voucher)
        ]
        if wrong:
            yield f"voucher {voucher.pk}: {', '.join(wrong)}"


def find_excluded_signatures() -> Iterator[str]:
    """Find posted vouchers signed by one person for steps that exclude each other."""
    missing = Q(approved_by=None) | Q(reviewed_by=None, by_cashier=False)
    reviewer = Q(reviewed_by=F("entered_by"), reviewed_by_old_rule=False)
    approver = Q(approved_by=F("entered_by")) | Q(approved_by=F("reviewed_by"))
    payer = any_of(
        Q(paid_by=F(name)) for name in ("entered_by", "reviewed_by", "approved_by")
    )
    rows = (
        Voucher.objects.posted()
        .filter(missing | reviewer | approver | payer)
        .order_by("pk")
    )
    for pk in rows.values_list("pk", flat=True):
        yield f"voucher {pk}"


def find_days_below_zero() -> Iterator[str]:
    """Find funds that, by the days of their vouchers, ended a day below zero."""
    for fund in Fund.objects.order_by("pk").iterator(BATCH_SIZE):
        lowest = fund.lines.lowest_since(dt.date.min)
        if lowest.amount < 0:
            yield f"fund {fund.pk}, {lowest.day}: {lowest.amount}"


def find_wrong_uses() -> Iterator[str]:
    """Find posted expenditure that the fund must not pay (R-60, R-65)."""
    wrong = Q(use__is_allowed=False) | ~Q(use__fund_kind=F("fund__kind"))
    rows = Voucher.objects.posted().filter(wrong, use__isnull=False).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"voucher {pk}"


def find_wrong_reversals() -> Iterator[str]:
    """Find vouchers reversed more than once, or by another amount."""
    standing = Q(reversals__state=VoucherState.POSTED)
    other = Q(standing, ~Q(reversals__amount=F("amount")))
    rows = Voucher.objects.annotate(
        times=Count("reversals", filter=standing),
        others=Count("reversals", filter=other),
    )
    wrong = rows.filter(Q(times__gt=1) | Q(others__gt=0)).order_by("pk")
    for pk in wrong.values_list("pk", flat=True):
        yield f"voucher {pk}"


invariants.add(
    Invariant(
        "finance.balances",
        _("A fund's balance is what its lines add up to"),
        find_wrong_balances,
    ),
    Invariant(
        "finance.running_balances",
        _("Each running balance follows from the lines before it"),
        find_wrong_running_balances,
    ),
    Invariant(
        "finance.entries",
        _("The lines of each posted voucher balance"),
        find_wrong_entries,
    ),
    Invariant(
        "finance.rewritten",
        _("Each posted voucher matches its entry in the audit log"),
        find_rewritten_vouchers,
    ),
    Invariant(
        "finance.two_hands",
        _("Nobody took two steps of a posted voucher that exclude each other"),
        find_excluded_signatures,
    ),
    Invariant(
        "finance.days",
        _("No fund is below zero at the end of a day"),
        find_days_below_zero,
    ),
    Invariant(
        "finance.uses",
        _("Each fund is spent on what it is for"),
        find_wrong_uses,
    ),
    Invariant(
        "finance.reversals",
        _("A voucher is reversed at most once, and wholly"),
        find_wrong_reversals,
    ),
)
