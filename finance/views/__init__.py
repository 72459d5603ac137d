"""Pages of funds and vouchers."""

from finance.views.account import DownloadAccount, PrintAccount
from finance.views.dues import DuesCalculator
from finance.views.entry import AmendVoucher, EnterExpenditure, EnterIncome
from finance.views.funds import FundLedger, FundList
from finance.views.review import (
    ApproveVoucher,
    CancelVoucher,
    PayVoucher,
    ReturnVoucher,
    ReverseVoucher,
    ReviewVoucher,
)
from finance.views.vouchers import VoucherList, VoucherPage, VoucherPaper

__all__ = [
    "AmendVoucher",
    "ApproveVoucher",
    "CancelVoucher",
    "DownloadAccount",
    "DuesCalculator",
    "EnterExpenditure",
    "EnterIncome",
    "FundLedger",
    "FundList",
    "PayVoucher",
    "PrintAccount",
    "ReturnVoucher",
    "ReverseVoucher",
    "ReviewVoucher",
    "VoucherList",
    "VoucherPage",
    "VoucherPaper",
]
