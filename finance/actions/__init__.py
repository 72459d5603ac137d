"""Actions on funds and vouchers."""

from finance.actions.funds import open_fund
from finance.actions.posting import approve_voucher
from finance.actions.vouchers import (
    amend_voucher,
    cancel_voucher,
    enter_expenditure,
    enter_income,
    return_voucher,
    reverse_voucher,
)

__all__ = [
    "amend_voucher",
    "approve_voucher",
    "cancel_voucher",
    "enter_expenditure",
    "enter_income",
    "open_fund",
    "return_voucher",
    "reverse_voucher",
]
