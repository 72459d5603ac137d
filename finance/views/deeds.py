"""What is done with a voucher that stands: approve, return, cancel, reverse."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from core.forms import STALE, stale_token
from core.views import DeedView, ReasonView
from finance import actions, permissions
from finance.errors import VoucherChanged
from finance.forms import ReverseForm
from finance.models import Voucher


class ApproveVoucher(DeedView[Voucher]):
    """The cashier approves what he has read, as he has read it."""

    model = Voucher
    success_message = _("Approved and posted.")

    def allowed(self, obj: Voucher) -> bool:
        return permissions.can_approve(self.request.user, obj)

    @transaction.atomic
    def act(self, obj: Voucher) -> None:
        locked = Voucher.objects.select_for_update(of=("self",)).get(pk=obj.pk)
        if self.request.POST.get(STALE) != stale_token(locked):
            raise VoucherChanged
        actions.approve_voucher(locked, by=reader(self.request))


class OverVoucher(ReasonView[Voucher]):
    """A verb over a voucher that asks why."""

    model = Voucher

    def get_rows(self) -> Any:
        return super().get_rows().select_related("fund__organization")

    def allowed(self, obj: Voucher) -> bool:
        return permissions.can_amend(self.request.user, obj)


class ReturnVoucher(OverVoucher):
    """The cashier sends the voucher back."""

    title = _("Send the voucher back")
    submit_label = _("Send back")
    success_message = _("Sent back to the accountant.")
    consequence = _("The accountant corrects it and submits it again.")
    danger = False

    def allowed(self, obj: Voucher) -> bool:
        return permissions.can_approve(self.request.user, obj)

    def deed(self, reason: str) -> None:
        actions.return_voucher(self.row, by=reader(self.request), reason=reason)


class CancelVoucher(OverVoucher):
    """The accountant gives the voucher up."""

    title = _("Cancel the voucher")
    submit_label = _("Cancel the voucher")
    success_message = _("Cancelled. The voucher stays on record.")
    consequence = _("It can no longer be posted; it stays on record.")

    def deed(self, reason: str) -> None:
        actions.cancel_voucher(self.row, by=reader(self.request), reason=reason)


class ReverseVoucher(OverVoucher):
    """The accountant enters the opposite of what is posted."""

    form_class = ReverseForm
    title = _("Reverse the voucher")
    submit_label = _("Submit for approval")
    success_message = _("Entered. The reversal counts once the cashier approves it.")
    consequence = _(
        "The posted voucher stands; a new one with opposite lines goes to the cashier."
    )
    danger = False

    def act(self, form: Any) -> str:
        reversal = actions.reverse_voucher(
            self.row, by=reader(self.request), **form.deed_values()
        )
        return reversal.get_absolute_url()
