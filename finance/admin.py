"""Funds and their ledger lines in the browser admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.admin import (
    ActionBackedAdmin,
    ActionBackedForm,
    DatedReasonForm,
    ReadOnlyAdmin,
    Section,
)
from core.months import today
from finance.actions import (
    add_dues_rate,
    add_fund_use,
    end_dues_rate,
    end_fund_use,
    open_fund,
)
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


class RuleForm(ActionBackedForm):
    """A rule of money with the day from which it is in force."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "starts_on" in self.fields:
            self.fields["starts_on"].initial = today


class RuleAdmin(ActionBackedAdmin):
    """Rules that begin and end on days; one in force is ended, never changed."""

    section = Section.RULES
    form = RuleForm
    end_form = DatedReasonForm
    end_label = _("End the rule …")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the end of a rule that exists; a new one has none."""
        return [*self.add_fields, "ends_on"] if obj else self.add_fields


@admin.register(FundUse)
class FundUseAdmin(RuleAdmin):
    """What funds may and must not be spent on."""

    add_action = add_fund_use
    end_action = end_fund_use
    list_display = ["name", "fund_kind", "is_allowed", "basis", "starts_on", "ends_on"]
    list_filter = ["fund_kind", "is_allowed"]
    search_fields = ["name", "basis"]
    add_fields = (
        *("fund_kind", "name", "is_allowed", "basis", "position", "starts_on"),
    )


@admin.register(DuesRate)
class DuesRateAdmin(RuleAdmin):
    """Rates of dues."""

    add_action = add_dues_rate
    end_action = end_dues_rate
    list_display = [
        *("payer", "above", "up_to", "percent", "least", "most", "starts_on"),
        "ends_on",
    ]
    list_filter = ["payer"]
    add_fields = (
        *("payer", "above", "up_to", "percent", "least", "most", "bands_of"),
        "starts_on",
    )
