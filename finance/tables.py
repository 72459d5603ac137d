"""Tables of funds, ledger lines and vouchers."""

from decimal import Decimal

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.web.tables import OrderedTable
from finance.models import Fund, Line, Voucher
from finance.money import SHEET_FORMAT, format_yuan


class YuanColumn(tables.Column):
    """An amount with thousands separators, right-aligned; zero stays empty."""

    attrs = {"th": {"class": "text-end"}, "td": {"class": "text-end number"}}

    number_format = SHEET_FORMAT

    def render(self, value: Decimal) -> str:
        return format_yuan(value) if value else "—"

    def value(self, value: Decimal) -> Decimal | None:
        """Return the amount as a number."""
        return value or None


class BalanceColumn(YuanColumn):
    """A balance; zero is written."""

    def render(self, value: Decimal) -> str:
        return format_yuan(value)

    def value(self, value: Decimal) -> Decimal:
        """Return the balance as a number."""
        return value


class FundTable(OrderedTable):
    """Funds with their balances."""

    name = tables.Column(verbose_name=_("Fund"), linkify=True)
    organization = tables.Column(verbose_name=_("Organization"))
    kind = tables.Column(verbose_name=_("Kind of fund"))
    balance = BalanceColumn(verbose_name=_("Balance (yuan)"))

    class Meta:
        model = Fund
        fields = ["name", "organization", "kind", "balance"]
        orderable = False


class LedgerTable(OrderedTable):
    """Changes of a fund's deposit, with the running balance."""

    day = tables.Column(accessor="voucher__booked_on", verbose_name=_("Day it counts"))
    happened_on = tables.Column(
        accessor="voucher__happened_on", verbose_name=_("Day on the paper")
    )
    number = tables.Column(accessor="voucher__number", verbose_name=_("Voucher no."))
    purpose = tables.Column(
        accessor="voucher__summary",
        verbose_name=_("Voucher summary"),
        linkify=("finance:voucher", {"pk": tables.A("voucher_id")}),
    )
    income = YuanColumn(verbose_name=_("Income"))
    expenditure = YuanColumn(verbose_name=_("Expenditure"))
    balance = BalanceColumn(verbose_name=_("Balance"))

    def render_purpose(self, value: str, record: Line) -> str:
        return record.summary

    class Meta:
        model = Line
        fields = [
            "day",
            "number",
            "happened_on",
            "purpose",
            "income",
            "expenditure",
            "balance",
        ]
        orderable = False


class VoucherTable(OrderedTable):
    """Vouchers waiting to be posted, and those already posted."""

    number = tables.Column(verbose_name=_("Voucher no."))
    happened_on = tables.Column(verbose_name=_("Day on the paper"))
    counts_on = tables.Column(verbose_name=_("Day it counts"))
    purpose = tables.Column(
        accessor="summary", verbose_name=_("Voucher summary"), linkify=True
    )
    kind = tables.Column(verbose_name=_("Kind of voucher"))
    fund = tables.Column(verbose_name=_("Fund"))
    amount = YuanColumn(verbose_name=_("Amount (yuan)"))
    state = tables.Column(accessor="standing", verbose_name=_("State"))

    class Meta:
        model = Voucher
        fields = [
            "number",
            "happened_on",
            "counts_on",
            "purpose",
            "kind",
            "fund",
            "amount",
            "state",
        ]
        orderable = False
