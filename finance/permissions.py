"""Who may take which step with a voucher (R-61)."""

from core.actors import Actor, scope_of
from core.months import today
from finance.enums import VoucherKind, VoucherState
from finance.models import Fund, Voucher
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import MONEY_READERS, Role

STAND_INS = frozenset({Role.SECRETARY, Role.STREET_STAFF})
"""Who reviews a voucher where nobody else is accountant."""


def can_calculate_dues(user: Actor) -> bool:
    """People who may look at money calculate dues."""
    return scope_of(user).has_role(MONEY_READERS)


def can_enter(user: Actor, fund: Fund) -> bool:
    """The fund's accountant enters vouchers."""
    return scope_of(user).has_role_over(fund.organization.path, {Role.ACCOUNTANT})


def can_amend(user: Actor, voucher: Voucher) -> bool:
    """People who enter vouchers of the fund also correct, cancel and reverse them."""
    return can_enter(user, voucher.fund)


def can_review(user: Actor, voucher: Voucher) -> bool:
    """Another accountant of the fund than the person who entered it reviews it.

    Where there is no other, the secretary or the street does (decision 0018). Whoever
    alone could approve it does not review it: nobody could approve it afterwards.
    """
    if getattr(user, "pk", None) == voucher.entered_by_id:
        return False
    this = Voucher.objects.filter(pk=voucher.pk)
    if not can_enter(user, voucher.fund):
        path = voucher.fund.organization.path
        if not scope_of(user).has_role_over(path, STAND_INS):
            return False
        this = this.without_second_accountant()
    return this.approved_without(user, street_approval_limit()).exists()


def street_approval_limit() -> int:
    """Return the yuan from which an expenditure is approved by the street today."""
    return Threshold.objects.on(ThresholdKey.STREET_APPROVAL, today())


def is_large(voucher: Voucher) -> bool:
    """Whether it is an expenditure that the street alone approves."""
    is_expenditure = voucher.kind == VoucherKind.EXPENDITURE
    return is_expenditure and voucher.amount >= street_approval_limit()


def can_approve(user: Actor, voucher: Voucher) -> bool:
    """The secretary approves; large expenditure, the street alone."""
    scope, path = scope_of(user), voucher.fund.organization.path
    if scope.has_role_over(path, {Role.STREET_STAFF}):
        return True
    return scope.has_role_over(path, {Role.SECRETARY}) and not is_large(voucher)


def can_pay(user: Actor, voucher: Voucher) -> bool:
    """The fund's cashier pays approved expenditure, and takes no other step."""
    return scope_of(user).has_role_over(voucher.fund.organization.path, {Role.CASHIER})


def can_return(user: Actor, voucher: Voucher) -> bool:
    """The person who may take the next step may return the voucher instead."""
    steps = {VoucherState.REVIEWED: can_approve, VoucherState.APPROVED: can_pay}
    return steps.get(VoucherState(voucher.state), can_review)(user, voucher)
