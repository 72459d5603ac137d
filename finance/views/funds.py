"""The list of funds, and a fund's ledger."""

from collections.abc import Iterator
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.web.components import Link
from core.web.list_pages import ListPage
from finance import permissions
from finance.filters import FundFilter, LedgerFilter
from finance.models import Fund, Line, Voucher
from finance.tables import FundTable, LedgerTable


class FundList(ListPage):
    """Funds the reader may see, with their balances."""

    model = Fund
    table_class = FundTable
    filterset_class = FundFilter
    title = _("Funds")
    empty_text = _(
        "There is no fund here yet. The street office opens one in the records."
    )

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = [Link(_("Vouchers"), reverse("finance:vouchers"))]
        if permissions.can_calculate_dues(self.request.user):
            links.append(Link(_("Calculate dues"), reverse("finance:dues")))
        extra = {"lead": _("In yuan."), "page_actions": links}
        return super().get_context_data(**extra, **kwargs)


class FundLedger(ListPage):
    """A fund's ledger, the latest day first, with what it held after each line."""

    model = Line
    table_class = LedgerTable
    filterset_class = LedgerFilter
    template_name = "finance/fund_ledger.html"
    empty_text = _("Nothing is posted in this fund yet.")

    @cached_property
    def fund(self) -> Fund:
        """Return the fund the address names; invisible is 404."""
        funds = Fund.objects.visible_to(self.request.user)
        rows = funds.select_related("organization")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_queryset(self) -> Any:
        lines = Line.objects.filter(fund=self.fund).by_day().with_balance_by_day()
        return lines.with_reversal(Voucher.objects.all()).reverse()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        under_way = self.fund.vouchers.under_way().withdrawing().total_amount()
        extra = {
            "title": self.fund.name,
            "fund": self.fund,
            "under_way": under_way,
            "available": self.fund.balance - under_way,
            "page_actions": list(self._links()),
        }
        return {**super().get_context_data(**kwargs), **extra}

    def _links(self) -> Iterator[Link]:
        """Return links to the vouchers and, for the accountant, to the two forms."""
        vouchers = f"{reverse('finance:vouchers')}?fund={self.fund.pk}"
        yield Link(_("Vouchers"), vouchers)
        days = self.request.GET.urlencode()
        for label, name, icon in (
            (_("Print the account"), "print_account", "printer"),
            (_("Account in Excel"), "download_account", "file-earmark-excel"),
        ):
            url = reverse(f"finance:{name}", args=[self.fund.pk])
            yield Link(label, f"{url}?{days}" if days else url, icon)
        if not permissions.can_enter(self.request.user, self.fund):
            return
        for label, name in (
            (_("Enter an income"), "enter_income"),
            (_("Enter an expenditure"), "enter_expenditure"),
        ):
            url = reverse(f"finance:{name}", args=[self.fund.pk])
            yield Link(label, url, icon="plus-lg", primary=True)
