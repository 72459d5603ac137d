"""Who may take which step with a voucher (R-61)."""

from core.actors import Actor, scope_of
from core.months import today
from finance.enums import VoucherKind, VoucherState
from finance.models import Fund, Voucher
from finance.signing_steps import APPROVAL, PAYMENT, REVIEW, SigningStep
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


def can_review(user: Actor, voucher: Voucher) -> bool:
    """Another accountant of the fund than the person who entered it reviews it.

    Where there is no other, the secretary or the street does (decision 0018). Whoever
    alone could approve it does not review it: nobody could approve it afterwards.
    """
    if has_signed(user, voucher, REVIEW):
        return False
    this = Voucher.objects.filter(pk=voucher.pk)
    path = voucher.fund.organization.path
    if not scope_of(user).has_role_over(path, REVIEW.roles):
        if not scope_of(user).has_role_over(path, REVIEW.stand_ins):
            return False
        this = this.without_second_accountant()
    return this.approved_without(user, street_approval_limit()).exists()


def has_signed(user: Actor, voucher: Voucher, step: SigningStep) -> bool:
    """Whether the person entered the voucher or signed it before a step."""
    signed = {getattr(voucher, f"{name}_id") for name in step.excluded}
    return getattr(user, "pk", None) in signed - {None}


def _may_sign(user: Actor, voucher: Voucher, step: SigningStep) -> bool:
    """Whether the person holds a role that takes a step, and has taken none before."""
    roles = step.roles_for(large=is_large(voucher))
    path = voucher.fund.organization.path
    return scope_of(user).has_role_over(path, roles) and not has_signed(
        user, voucher, step
    )


def street_approval_limit() -> int:
    """Return the yuan from which an expenditure is approved by the street today."""
    return Threshold.objects.on(ThresholdKey.STREET_APPROVAL, today())


def is_large(voucher: Voucher) -> bool:
    """Whether it is an expenditure that the street alone approves."""
    is_expenditure = voucher.kind == VoucherKind.EXPENDITURE
    return is_expenditure and voucher.amount >= street_approval_limit()


def can_approve(user: Actor, voucher: Voucher) -> bool:
    """The secretary approves; large expenditure, the street alone."""
    return _may_sign(user, voucher, APPROVAL)


def can_pay(user: Actor, voucher: Voucher) -> bool:
    """The fund's cashier pays approved expenditure, and takes no other step."""
    return _may_sign(user, voucher, PAYMENT)


NEXT_STEP = {
    VoucherState.SUBMITTED: can_review,
    VoucherState.REVIEWED: can_approve,
    VoucherState.APPROVED: can_pay,
}


def can_take_next_step(user: Actor, voucher: Voucher) -> bool:
    """The person who may give the signature that the voucher waits for.

    One that waits for none is refused by the actions.
    """
    return NEXT_STEP.get(VoucherState(voucher.state), can_review)(user, voucher)


def can_return(user: Actor, voucher: Voucher) -> bool:
    """The person who may take the next step may return the voucher instead."""
    return can_take_next_step(user, voucher)
