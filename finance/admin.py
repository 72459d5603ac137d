"""Funds and their ledger lines in the browser admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import ActionBackedAdmin, ReadOnlyAdmin, Section
from finance.actions import open_fund
from finance.models import DuesRate, Fund, FundUse, Line, Voucher


@admin.register(Fund)
class FundAdmin(ActionBackedAdmin):
    """Street staff open funds; their money moves on the pages of funds alone."""

    section = Section.MONEY
    add_action = open_fund
    list_display = ["name", "organization", "kind", "balance"]
    list_filter = ["kind"]
    list_select_related = ["organization"]
    search_fields = ["name", "organization__name"]
    autocomplete_fields = ["organization"]
    fields = ["organization", "kind", "name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*self.fields, "balance"] if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["balance"] if obj else []


@admin.register(Voucher)
class VoucherAdmin(ReadOnlyAdmin):
    """Vouchers, read-only."""

    section = Section.MONEY
    list_display = ["happened_on", "fund", "kind", "amount", "summary", "state"]
    list_filter = ["state", "kind"]
    list_select_related = ["fund", "reverses"]
    search_fields = ["purpose", "counterparty"]

    @admin.display(description=_("voucher summary"), ordering="purpose")
    def summary(self, obj: Voucher) -> str:
        """Return the summary printed in the books."""
        return obj.summary


@admin.register(Line)
class LineAdmin(ReadOnlyAdmin):
    """Ledger lines, read-only: nobody changes them, in the admin or elsewhere."""

    list_display = ["fund", "number", "account", "debit", "credit", "balance_after"]
    list_filter = ["account"]
    list_select_related = ["fund"]


@admin.register(FundUse)
class FundUseAdmin(ReadOnlyAdmin):
    """What funds may and must not be spent on."""

    section = Section.RULES
    list_display = ["fund_kind", "name", "is_allowed", "basis", "starts_on", "ends_on"]
    list_filter = ["fund_kind", "is_allowed"]


@admin.register(DuesRate)
class DuesRateAdmin(ReadOnlyAdmin):
    """Rates of dues."""

    section = Section.RULES
    list_display = ["payer", "above", "up_to", "percent", "least", "most", "starts_on"]
    list_filter = ["payer"]
