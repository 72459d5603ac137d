"""Refuse overdrafts: a fund is not below zero at the end of any day."""

from finance.entries import amount_withdrawn
from finance.errors import FundTooLow, FundTooLowOnDay
from finance.models import Fund, Voucher
from finance.money import format_yuan


def refuse_overdraft(voucher: Voucher) -> None:
    """Refuse a voucher that takes more than its fund holds, now or on a later day.

    Called at entry, so that people learn it early, and again at posting, under the
    fund's lock.
    """
    fund, taken = voucher.fund, amount_withdrawn(voucher)
    if taken <= 0:
        return
    values = {"fund": fund.name, "amount": format_yuan(taken)}
    balance = Fund.objects.values_list("balance", flat=True).get(pk=fund.pk)
    if taken > balance:
        raise FundTooLow(balance=format_yuan(balance), **values)
    lowest = fund.lines.lowest_since(voucher.happened_on)
    if taken > lowest.amount:
        raise FundTooLowOnDay(
            balance=format_yuan(lowest.amount), day=lowest.day, **values
        )
