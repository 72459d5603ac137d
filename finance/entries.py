"""Double entry: the ledger lines of a voucher."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from finance.enums import Account, VoucherKind

if TYPE_CHECKING:
    from finance.models import Voucher

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Posting:
    """A line that is not written yet: an account with its debit or its credit."""

    account: Account
    debit: Decimal = ZERO
    credit: Decimal = ZERO

    @property
    def deposit_change(self) -> Decimal:
        """The amount that the line adds to the deposit; negative if it takes away."""
        return self.debit - self.credit if self.account == Account.BANK else ZERO

    def reverse(self) -> "Posting":
        """Return the line that reverses this one."""
        return Posting(self.account, debit=self.credit, credit=self.debit)


def postings_of(voucher: "Voucher") -> tuple[Posting, Posting]:
    """Return the debit line and the credit line of a voucher, in this order.

    A reversal has the opposite lines of its original.
    """
    if voucher.reverses is not None:
        debit, credit = postings_of(voucher.reverses)
        return credit.reverse(), debit.reverse()
    if voucher.kind == VoucherKind.INCOME:
        return (
            Posting(Account.BANK, debit=voucher.amount),
            Posting(Account.INCOME, credit=voucher.amount),
        )
    return (
        Posting(Account.SPENDING, debit=voucher.amount),
        Posting(Account.BANK, credit=voucher.amount),
    )


def amount_withdrawn(voucher: "Voucher") -> Decimal:
    """Return how much a voucher takes from the fund; negative when it adds."""
    return -sum((posting.deposit_change for posting in postings_of(voucher)), ZERO)
