"""Rows about money: funds, vouchers, ledger lines, and the rules they obey."""

from finance.models.funds import Fund
from finance.models.ledger import Line
from finance.models.rules import Due, DuesRate, FundUse
from finance.models.vouchers import Voucher

__all__ = ["Due", "DuesRate", "Fund", "FundUse", "Line", "Voucher"]
