"""Who may take which step with a voucher (R-61)."""

from core.actors import Actor, scope_of
from core.months import today
from finance.enums import VoucherKind
from finance.models import Fund, Voucher
from finance.signing_steps import APPROVAL, PAYMENT, REVIEW, SigningStep, step_in
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from organizations.roles import MONEY_READERS, Role


def can_calculate_dues(user: Actor) -> bool:
    """People who may look at money calculate dues."""
    return scope_of(user).has_role(MONEY_READERS)


def can_enter(user: Actor, fund: Fund) -> bool:
    """The fund's accountant enters vouchers."""
    return scope_of(user).has_role_over(fund.organization.path, {Role.ACCOUNTANT})


def can_amend(user: Actor, voucher: Voucher) -> bool:
    """People who enter vouchers of the fund also correct, cancel and reverse them."""
    return can_enter(user, voucher.fund)


def can_sign(user: Actor, voucher: Voucher, step: SigningStep) -> bool:
    """Whether the person may sign the voucher at a step.

    Whether the voucher has come to that step is left to the action, which says so.
    """
    rows = Voucher.objects.filter(pk=voucher.pk)
    return rows.signable_by(user, step, street_approval_limit()).exists()


def street_approval_limit() -> int:
    """Return the yuan from which an expenditure is approved by the street today."""
    return Threshold.objects.on(ThresholdKey.STREET_APPROVAL, today())


def is_large(voucher: Voucher) -> bool:
    """Whether it is an expenditure that the street alone approves."""
    is_expenditure = voucher.kind == VoucherKind.EXPENDITURE
    return is_expenditure and voucher.amount >= street_approval_limit()


def can_review(user: Actor, voucher: Voucher) -> bool:
    """Another accountant of the fund reviews, or who stands in where there is none."""
    return can_sign(user, voucher, REVIEW)


def can_approve(user: Actor, voucher: Voucher) -> bool:
    """The secretary approves; large expenditure, the street alone."""
    return can_sign(user, voucher, APPROVAL)


def can_pay(user: Actor, voucher: Voucher) -> bool:
    """The fund's cashier pays approved expenditure, and takes no other step."""
    return can_sign(user, voucher, PAYMENT)


def can_take_next_step(user: Actor, voucher: Voucher) -> bool:
    """The person who may give the signature that the voucher waits for."""
    return can_sign(user, voucher, step_in(voucher.state))


def can_return(user: Actor, voucher: Voucher) -> bool:
    """The person who may take the next step may return the voucher instead."""
    return can_take_next_step(user, voucher)
