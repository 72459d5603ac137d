"""A fund's detailed account: what it held before, its lines by day, totals by month.

Everything is in the order of the days on which money moved, so that a balance is what
the fund held then. The ledger lines themselves keep the order of posting.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from core.months import month_of
from finance.models import Fund, Line, Voucher

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """What came in and what went out, in yuan; what was put back is taken off."""

    income: Decimal = ZERO
    expenditure: Decimal = ZERO

    def __add__(self, other: "Sums") -> "Sums":
        """Return both together."""
        return Sums(self.income + other.income, self.expenditure + other.expenditure)

    @property
    def net(self) -> Decimal:
        """What is left of it."""
        return self.income - self.expenditure


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the account and the fund's balance after it, in yuan."""

    line: Line
    balance: Decimal


@dataclass(frozen=True, slots=True)
class AccountMonth:
    """One month of the account: its entries, its totals and those of the year so far.

    `balance` is what the fund held at the month's end, or at the end of the account.
    """

    month: dt.date
    entries: list[AccountLine]
    total: Sums
    year_to_date: Sums
    balance: Decimal


@dataclass(frozen=True, slots=True)
class FundAccount:
    """A fund's account from the first day of a month to a day, both included."""

    fund: Fund
    since: dt.date
    until: dt.date
    opening: Decimal
    months: list[AccountMonth] = field(default_factory=list)

    @property
    def total(self) -> Sums:
        """What came in and went out in all months of the account."""
        return sum((one.total for one in self.months), Sums())

    @property
    def closing(self) -> Decimal:
        """What the fund held at the end of the account."""
        return self.opening + self.total.net


def build_account(fund: Fund, since: dt.date, until: dt.date) -> FundAccount:
    """Return the account of a fund; it begins on the first day of the month of `since`.

    The year to date counts from January, whatever month the account begins with.
    """
    since = month_of(since)
    january = since.replace(month=1)
    account = FundAccount(fund, since, until, fund.lines.held_before(since))
    balance = fund.lines.held_before(january)
    year: dict[int, Sums] = {}
    lines = fund.lines.by_day().filter(voucher__booked_on__range=(january, until))
    lines = lines.with_reversal(Voucher.objects.all())
    for month, of_month in groupby(lines, lambda line: line.voucher.month):
        entries = list(_run(of_month, balance))
        total = sum((_sums_of(entry.line) for entry in entries), Sums())
        balance = entries[-1].balance
        year[month.year] = year.get(month.year, Sums()) + total
        if month >= since:
            account.months.append(
                AccountMonth(month, entries, total, year[month.year], balance)
            )
    return account


def _sums_of(line: Line) -> Sums:
    return Sums(line.income, line.expenditure)


def _run(lines: Iterable[Line], balance: Decimal) -> Iterator[AccountLine]:
    """Carry the balance along the lines."""
    for line in lines:
        balance += line.income - line.expenditure
        yield AccountLine(line, balance)
