"""Who may move money: the accountant enters, the cashier approves (R-61)."""

from core.actors import Actor, scope_of
from finance.models import Fund, Voucher
from organizations.roles import Role


def can_enter(user: Actor, fund: Fund) -> bool:
    """The fund's accountant enters vouchers."""
    return scope_of(user).reaches(fund.organization.path, {Role.ACCOUNTANT})


def can_amend(user: Actor, voucher: Voucher) -> bool:
    """Who enters vouchers of the fund also corrects, cancels and reverses them."""
    return can_enter(user, voucher.fund)


def can_approve(user: Actor, voucher: Voucher) -> bool:
    """The fund's cashier approves vouchers, or returns them."""
    path = voucher.fund.organization.path
    return scope_of(user).reaches(path, {Role.CASHIER})
