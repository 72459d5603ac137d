"""Actions on funds and vouchers."""

from finance.actions.downloads import record_account_download
from finance.actions.foreseeable import foresee_refusal, foresee_refused_reversal
from finance.actions.funds import open_fund
from finance.actions.rules import (
    add_dues_rate,
    add_fund_use,
    end_dues_rate,
    end_fund_use,
)
from finance.actions.signing import (
    approve_voucher,
    pay_voucher,
    return_voucher,
    review_voucher,
)
from finance.actions.vouchers import (
    amend_voucher,
    cancel_voucher,
    enter_expenditure,
    enter_income,
    reverse_voucher,
)

__all__ = [
    "add_dues_rate",
    "add_fund_use",
    "amend_voucher",
    "approve_voucher",
    "cancel_voucher",
    "end_dues_rate",
    "end_fund_use",
    "enter_expenditure",
    "enter_income",
    "foresee_refusal",
    "foresee_refused_reversal",
    "open_fund",
    "pay_voucher",
    "record_account_download",
    "return_voucher",
    "reverse_voucher",
    "review_voucher",
]
