"""What is done with a voucher that stands: approve, return, cancel, reverse."""

from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import STALE, ReasonForm, stale_token
from core.views import DeedView
from core.words import Words
from finance import actions, permissions
from finance.errors import VoucherChanged
from finance.forms import ReverseForm
from finance.models import Voucher
from finance.views.base import RowForm


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
        actions.approve_voucher(locked, by=cast("User", self.request.user))


class ReasonPage(RowForm[Voucher]):
    """A verb over a voucher that asks why, and says what follows."""

    model = Voucher
    form_class: Any = ReasonForm
    template_name = "core/confirm_deed.html"
    consequence: Words = ""
    danger = False

    def get_rows(self) -> Any:
        return super().get_rows().select_related("fund__organization")

    def allowed(self, obj: Voucher) -> bool:
        return permissions.can_amend(self.request.user, obj)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extra = {
            "question": self.row,
            "consequence": self.consequence,
            "danger": self.danger,
            "cancel_url": self.row.get_absolute_url(),
        }
        return super().get_context_data(**extra, **kwargs)

    def act(self, form: Any) -> str:
        return self.deed(form).get_absolute_url()

    def deed(self, form: Any) -> Voucher:
        """Do it, and return the voucher to look at afterwards; override."""
        raise NotImplementedError


class ReturnVoucher(ReasonPage):
    """The cashier sends the voucher back."""

    title = _("Send the voucher back")
    submit_label = _("Send back")
    success_message = _("Sent back to the accountant.")
    consequence = _("The accountant corrects it and submits it again.")

    def allowed(self, obj: Voucher) -> bool:
        return permissions.can_approve(self.request.user, obj)

    def deed(self, form: Any) -> Voucher:
        return actions.return_voucher(
            self.row, by=self.by, reason=form.cleaned_data["reason"]
        )


class CancelVoucher(ReasonPage):
    """The accountant gives the voucher up."""

    title = _("Cancel the voucher")
    submit_label = _("Cancel the voucher")
    success_message = _("Cancelled. The voucher stays on record.")
    consequence = _("It can no longer be posted; it stays on record.")
    danger = True

    def deed(self, form: Any) -> Voucher:
        return actions.cancel_voucher(
            self.row, by=self.by, reason=form.cleaned_data["reason"]
        )


class ReverseVoucher(ReasonPage):
    """The accountant enters the opposite of what is posted."""

    form_class = ReverseForm
    title = _("Reverse the voucher")
    submit_label = _("Submit for approval")
    success_message = _("Entered. The reversal counts once the cashier approves it.")
    consequence = _(
        "The posted voucher stands; a new one with opposite lines goes to the cashier."
    )

    def deed(self, form: Any) -> Voucher:
        return actions.reverse_voucher(
            self.row,
            by=self.by,
            reason=form.cleaned_data["reason"],
            happened_on=form.cleaned_data["happened_on"],
        )
