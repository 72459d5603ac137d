"""A fund is never below zero, at the end of no day."""

from finance.entries import taken_from_the_bank
from finance.errors import FundTooLow, FundTooLowOnDay
from finance.models import Fund, Voucher
from finance.money import format_yuan


def refuse_overdraft(voucher: Voucher) -> None:
    """Refuse a voucher that takes more than its fund holds, now or on a later day.

    Entering it calls this to tell people early; posting it calls this again under the
    fund's lock.
    """
    fund, taken = voucher.fund, taken_from_the_bank(voucher)
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
