"""Refusals that can be foreseen, so that no page offers what would be refused."""

from accounts.models import User
from core.dates import format_month
from core.errors import DomainError
from core.months import today
from finance.actions.balances import refuse_overdraft
from finance.actions.vouchers import refuse_both_roles
from finance.enums import VoucherKind, VoucherState
from finance.models import Voucher
from organizations.errors import MonthIsClosed
from organizations.queries import filing_organization, is_closed


def foresee_refusal(voucher: Voucher, *, by: User) -> DomainError | None:
    """Return with what the next step of a voucher would be refused now, if it would."""
    is_approval = voucher.state == VoucherState.REVIEWED
    try:
        refuse_overdraft(voucher)
        if is_approval and voucher.kind != VoucherKind.EXPENDITURE:
            _refuse_closed(voucher)
        if not is_approval:
            refuse_both_roles(voucher, by)
    except DomainError as refusal:
        return refusal
    return None


def _refuse_closed(voucher: Voucher) -> None:
    organization = filing_organization(voucher.fund.organization)
    if is_closed(organization, voucher.booked_on):
        raise MonthIsClosed(month=format_month(voucher.month), name=organization.name)


def foresee_refused_reversal(voucher: Voucher) -> DomainError | None:
    """Return why a posted voucher could not be reversed today, if it could not."""
    reversal = Voucher(
        fund=voucher.fund,
        kind=VoucherKind.REVERSAL,
        reverses=voucher,
        amount=voucher.amount,
        happened_on=today(),
        booked_on=today(),
    )
    try:
        refuse_overdraft(reversal)
    except DomainError as refusal:
        return refusal
    return None
