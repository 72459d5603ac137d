"""Double entry: the lines that a voucher comes to when it is posted."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finance.enums import Account, VoucherKind

if TYPE_CHECKING:
    from finance.models import Voucher

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Side:
    """A line that is not written yet: an account with its debit or its credit."""

    account: Account
    debit: Decimal = ZERO
    credit: Decimal = ZERO

    @property
    def to_the_bank(self) -> Decimal:
        """What the line adds to the money on deposit, or takes away."""
        return self.debit - self.credit if self.account == Account.BANK else ZERO

    def turned(self) -> "Side":
        """Return the line that undoes this one."""
        return Side(self.account, debit=self.credit, credit=self.debit)


def sides_of(voucher: "Voucher") -> tuple[Side, Side]:
    """Return the debit line and the credit line of a voucher, in this order.

    A reversal comes to the opposite of what it reverses.
    """
    if voucher.reverses is not None:
        debit, credit = sides_of(voucher.reverses)
        return credit.turned(), debit.turned()
    if voucher.kind == VoucherKind.INCOME:
        return (
            Side(Account.BANK, debit=voucher.amount),
            Side(Account.INCOME, credit=voucher.amount),
        )
    return (
        Side(Account.SPENDING, debit=voucher.amount),
        Side(Account.BANK, credit=voucher.amount),
    )


def taken_from_the_bank(voucher: "Voucher") -> Decimal:
    """Return how much a voucher takes from the fund; negative when it adds."""
    return -sum((side.to_the_bank for side in sides_of(voucher)), ZERO)
