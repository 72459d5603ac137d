"""Refuse overdrafts: a fund is not below zero at the end of any day."""

import datetime as dt

from core.months import today
from finance.entries import amount_withdrawn
from finance.enums import VoucherKind
from finance.errors import FundTooLow, FundTooLowOnDay
from finance.models import Fund, Voucher
from finance.money import format_yuan


def refuse_overdraft(voucher: Voucher, *, on: dt.date | None = None) -> None:
    """Refuse a voucher that takes more than its fund holds, on its day or a later one.

    Posting it calls this under the fund's lock with the day on which it counts.
    Entering, reviewing and approving it call this to tell people early: an expenditure
    will not be paid before today.
    """
    is_paid_later = voucher.kind == VoucherKind.EXPENDITURE
    day = on or (today() if is_paid_later else voucher.booked_on)
    fund, taken = voucher.fund, amount_withdrawn(voucher)
    if taken <= 0:
        return
    values = {"fund": fund.name, "amount": format_yuan(taken)}
    balance = Fund.objects.values_list("balance", flat=True).get(pk=fund.pk)
    if taken > balance:
        raise FundTooLow(balance=format_yuan(balance), **values)
    lowest = fund.lines.lowest_since(day)
    if taken > lowest.amount:
        raise FundTooLowOnDay(
            balance=format_yuan(lowest.amount), day=lowest.day, **values
        )
