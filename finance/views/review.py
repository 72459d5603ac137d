"""Approve, return, cancel or reverse an existing voucher."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.web.edit_conflicts import VERSION_TOKEN, lock_unchanged
from core.web.views import ActionView, ReasonView
from finance import actions, permissions
from finance.errors import VoucherChanged
from finance.forms import ReverseForm
from finance.models import Voucher


class ApproveVoucher(ActionView[Voucher]):
    """The cashier approves the version of the voucher they have read."""

    model = Voucher
    success_message = _("Approved and posted.")

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_approve(self.request.user, obj)

    def run_action(self, obj: Voucher) -> None:
        token = self.request.POST.get(VERSION_TOKEN)
        locked = lock_unchanged(obj, token, refusal=VoucherChanged)
        actions.approve_voucher(locked, by=reader(self.request))


class OverVoucher(ReasonView[Voucher]):
    """A verb over a voucher that asks why."""

    model = Voucher

    def get_rows(self) -> Any:
        return super().get_rows().select_related("fund__organization")

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_amend(self.request.user, obj)


class ReturnVoucher(OverVoucher):
    """The cashier sends the voucher back."""

    title = _("Send the voucher back")
    submit_label = _("Send back")
    success_message = _("Sent back to the accountant.")
    consequence = _("The accountant corrects it and submits it again.")
    danger = False

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_approve(self.request.user, obj)

    def run_action(self, form: Any) -> None:
        actions.return_voucher(
            self.row, by=reader(self.request), reason=form.cleaned_data["reason"]
        )


class CancelVoucher(OverVoucher):
    """The accountant gives the voucher up."""

    title = _("Cancel the voucher")
    submit_label = _("Cancel the voucher")
    success_message = _("Cancelled. The voucher stays on record.")
    consequence = _("It can no longer be posted; it stays on record.")

    def run_action(self, form: Any) -> None:
        actions.cancel_voucher(
            self.row, by=reader(self.request), reason=form.cleaned_data["reason"]
        )


class ReverseVoucher(OverVoucher):
    """The accountant enters the opposite of what is posted."""

    form_class = ReverseForm
    title = _("Reverse the voucher")
    submit_label = _("Submit for approval")
    success_message = _("Entered. The reversal counts once the cashier approves it.")
    consequence = _(
        "The posted voucher remains; a new one with opposite lines goes to the cashier."
    )
    danger = False

    def run_action(self, form: Any) -> str:
        reversal = actions.reverse_voucher(
            self.row, by=reader(self.request), **form.action_values()
        )
        return reversal.get_absolute_url()
