"""A fund's detailed account as a workbook."""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _

from core.dates import format_day
from finance.account import FundAccount, Sums
from finance.money import SHEET_FORMAT
from sheets.write import PrintedColumn, PrintedSheet, Value, write_workbook


def write_account(account: FundAccount, *, compiled_by: str, on: dt.date) -> bytes:
    """Return the bytes of the workbook; amounts are numbers, in yuan."""
    buffer = BytesIO()
    days = f"{format_day(account.since)}—{format_day(account.until)}"
    columns = [
        PrintedColumn(_("Day it counts"), 12),
        PrintedColumn(_("Voucher no."), 10),
        PrintedColumn(_("Voucher summary"), 44),
        PrintedColumn(_("Income"), 16, SHEET_FORMAT),
        PrintedColumn(_("Expenditure"), 16, SHEET_FORMAT),
        PrintedColumn(_("Balance"), 16, SHEET_FORMAT),
    ]
    sheet = PrintedSheet(
        f"{account.fund.name} {_('Detailed account')}",
        columns,
        _rows(account),
        facts=[days],
        reported_by=account.fund.organization.full_name,
        unit=_("yuan"),
        compiled_by=compiled_by,
        made_on=on,
    )
    write_workbook(buffer, sheet)
    return buffer.getvalue()


def _rows(account: FundAccount) -> Iterator[list[Value]]:
    """Write the opening balance, then each month with its totals."""
    yield [account.since, "", _("Opening balance"), "", "", account.opening]
    for one in account.months:
        for entry in one.entries:
            line = entry.line
            yield [
                line.voucher.booked_on,
                line.voucher.number,
                line.summary,
                line.income or "",
                line.expenditure or "",
                entry.balance,
            ]
        yield _total(_("Total of the month"), one.total, one.balance)
        yield _total(_("Year to date"), one.year_to_date, one.balance)


def _total(label: str, sums: Sums, balance: Value) -> list[Value]:
    return ["", "", label, sums.income, sums.expenditure, balance]
