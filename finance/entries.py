"""Double entry: the ledger lines of a voucher."""

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
    def deposit_change(self) -> Decimal:
        """The amount that the line adds to the deposit; negative if it takes away."""
        return self.debit - self.credit if self.account == Account.BANK else ZERO

    def reverse(self) -> "Side":
        """Return the line that reverses this one."""
        return Side(self.account, debit=self.credit, credit=self.debit)


def sides_of(voucher: "Voucher") -> tuple[Side, Side]:
    """Return the debit line and the credit line of a voucher, in this order.

    A reversal has the opposite lines of its original.
    """
    if voucher.reverses is not None:
        debit, credit = sides_of(voucher.reverses)
        return credit.reverse(), debit.reverse()
    if voucher.kind == VoucherKind.INCOME:
        return (
            Side(Account.BANK, debit=voucher.amount),
            Side(Account.INCOME, credit=voucher.amount),
        )
    return (
        Side(Account.SPENDING, debit=voucher.amount),
        Side(Account.BANK, credit=voucher.amount),
    )


def amount_withdrawn(voucher: "Voucher") -> Decimal:
    """Return how much a voucher takes from the fund; negative when it adds."""
    return -sum((side.deposit_change for side in sides_of(voucher)), ZERO)
