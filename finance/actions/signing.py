"""The steps between entering a voucher and posting it."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import audit
from core.actions import action
from core.db.constraints import validate
from core.months import month_of, refuse_future_day
from finance.actions.balances import refuse_overdraft
from finance.actions.posting import post
from finance.actions.vouchers import change_state, lock_voucher, refuse_both_roles
from finance.enums import AWAITING, VoucherKind, VoucherState
from finance.errors import NotInThatState
from finance.models import Voucher
from finance.signing_steps import APPROVAL, PAYMENT, REVIEW, SigningStep


def _lock_in_state(voucher: Voucher, *states: VoucherState) -> Voucher:
    """Lock a voucher that waits for a step; refuse it in any other state."""
    voucher = lock_voucher(voucher)
    if voucher.state not in states:
        raise NotInThatState(state=voucher.get_state_display())
    return voucher


def _sign(
    voucher: Voucher, step: SigningStep, state: VoucherState, by: User
) -> Voucher:
    """Record who took a step that does not move money yet."""
    organization_id = voucher.fund.organization_id
    with audit.recording(voucher, "state", by=by, organization_id=organization_id):
        setattr(voucher, step.column, by)
        voucher.state = state
        validate(voucher)
        voucher.save(update_fields=[step.column, "state"])
    return voucher


@action(label=_("Voucher reviewed"))
def review_voucher(voucher: Voucher, *, by: User) -> Voucher:
    """Confirm that a voucher that somebody else entered and its papers are in order."""
    voucher = _lock_in_state(voucher, REVIEW.state)
    refuse_both_roles(voucher, by)
    refuse_overdraft(voucher)
    return _sign(voucher, REVIEW, APPROVAL.state, by)


@action(label=_("Voucher approved"))
def approve_voucher(voucher: Voucher, *, by: User) -> Voucher:
    """Approve a reviewed voucher; post it at once unless it pays money out (R-61).

    An expenditure then waits for the cashier and counts on the day of payment, whose
    month alone must be open.
    """
    voucher = _lock_in_state(voucher, APPROVAL.state)
    if voucher.kind != VoucherKind.EXPENDITURE:
        return post(voucher, "approved_by", by)
    refuse_overdraft(voucher)
    return _sign(voucher, APPROVAL, PAYMENT.state, by)


@action(label=_("Expenditure paid"))
def pay_voucher(voucher: Voucher, *, by: User, paid_on: dt.date) -> Voucher:
    """Record as cashier on which day an approved expenditure was paid; it is posted.

    It counts on that day: in the ledger, in the figures and in the return.
    """
    voucher = _lock_in_state(voucher, PAYMENT.state)
    refuse_both_roles(voucher, by)
    refuse_future_day(paid_on)
    voucher.booked_on, voucher.month = paid_on, month_of(paid_on)
    return post(voucher, "paid_by", by)


@action(label=_("Voucher sent back"))
def return_voucher(voucher: Voucher, *, by: User, reason: str) -> Voucher:
    """Send a voucher back to the accountant instead of taking the next step."""
    voucher = _lock_in_state(voucher, *AWAITING)
    return change_state(
        voucher,
        by=by,
        reason=reason,
        state=VoucherState.RETURNED,
        return_reason=reason,
    )
