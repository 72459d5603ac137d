"""A fund's detailed account, on paper and in Excel."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.http import reader
from core.months import today
from core.web.downloads import hand_out
from core.web.forms import DayField
from core.web.views import PermittedObjectMixin
from finance.account import FundAccount, build_account
from finance.account_workbook import write_account
from finance.actions import record_account_download
from finance.models import Fund
from sheets.write import WORKBOOK


class PeriodForm(forms.Form):
    """From which day to which; empty is from January to today."""

    since = DayField(required=False)
    until = DayField(required=False)


class AccountMixin(PermittedObjectMixin[Fund]):
    """The account of the fund that the address names, over the days of its query."""

    model = Fund

    def get_rows(self) -> Any:
        return super().get_rows().select_related("organization")

    def has_permission(self, obj: Fund) -> bool:
        return True

    def get_account(self) -> FundAccount:
        """Return the account; days that cannot be read are left to the default."""
        form = PeriodForm(self.request.GET)
        form.is_valid()
        until = form.cleaned_data.get("until") or today()
        since = form.cleaned_data.get("since") or until.replace(month=1, day=1)
        return build_account(self.get_permitted_object(), min(since, until), until)


class PrintAccount(AccountMixin, TemplateView):
    """The account as it is printed, signed and handed up."""

    template_name = "finance/account_paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        account = self.get_account()
        extra = {
            "title": _("Detailed account"),
            "account": account,
            "back_url": account.fund.get_absolute_url(),
            "compiled_by": reader(self.request),
            "printed_on": today(),
        }
        return super().get_context_data(**extra, **kwargs)


class DownloadAccount(AccountMixin):
    """The account as a workbook; the download is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the workbook and return it as a file."""
        account, user = self.get_account(), reader(request)
        content = write_account(account, compiled_by=str(user), on=today())
        record_account_download(
            account.fund, since=account.since, until=account.until, by=user
        )
        name = f"{account.fund.name}{account.since}—{account.until}.xlsx"
        return hand_out(content, name, content_type=WORKBOOK)
