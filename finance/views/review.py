"""Review, approve, pay, return, cancel or reverse an existing voucher."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.http import reader
from accounts.models import User
from core.web.edit_conflicts import VERSION_TOKEN, lock_unchanged
from core.web.views import ActionView, ReasonView
from finance import actions, permissions
from finance.errors import DayOfPaymentMissing, VoucherChanged
from finance.forms import PaymentForm, ReverseForm
from finance.models import Voucher


class SignVoucher(ActionView[Voucher]):
    """A step that applies to the version of the voucher that the person has read."""

    model = Voucher

    def get_rows(self) -> Any:
        return super().get_rows().select_related("fund__organization")

    def run_action(self, obj: Voucher) -> None:
        token = self.request.POST.get(VERSION_TOKEN)
        locked = lock_unchanged(
            obj, token, by=self.request.user, refusal=VoucherChanged
        )
        self.sign(locked, by=reader(self.request))

    def sign(self, voucher: Voucher, *, by: User) -> Voucher:
        """Take the step; override."""
        raise NotImplementedError


class ReviewVoucher(SignVoucher):
    """The accountant reviews the voucher."""

    success_message = _("Reviewed. The voucher now waits for approval.")

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_review(self.request.user, obj)

    def sign(self, voucher: Voucher, *, by: User) -> Voucher:
        return actions.review_voucher(voucher, by=by)


class ApproveVoucher(SignVoucher):
    """The secretary, or the street, approves the voucher."""

    success_message = _("Approved.")

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_approve(self.request.user, obj)

    def sign(self, voucher: Voucher, *, by: User) -> Voucher:
        return actions.approve_voucher(voucher, by=by)


class PayVoucher(SignVoucher):
    """The cashier pays the approved expenditure."""

    success_message = _("Paid and posted.")

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_pay(self.request.user, obj)

    def sign(self, voucher: Voucher, *, by: User) -> Voucher:
        form = PaymentForm(self.request.POST)
        if not form.is_valid():
            raise DayOfPaymentMissing
        return actions.pay_voucher(voucher, by=by, **form.cleaned_data)


class VoucherReasonView(ReasonView[Voucher]):
    """An action on a voucher that asks for a reason."""

    model = Voucher

    def shown_texts(self, row: Voucher) -> list[str]:
        return [str(row), str(row.fund)]

    def get_rows(self) -> Any:
        return super().get_rows().select_related("fund__organization")

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_amend(self.request.user, obj)


class ReturnVoucher(VoucherReasonView):
    """Return the voucher instead of taking the next step."""

    action = staticmethod(actions.return_voucher)
    title = _("Send the voucher back")
    submit_label = _("Send back")
    success_message = _("Sent back to the accountant.")
    consequence = _("The accountant corrects it and submits it again.")
    danger = False

    def has_permission(self, obj: Voucher) -> bool:
        return permissions.can_return(self.request.user, obj)


class CancelVoucher(VoucherReasonView):
    """The accountant cancels the voucher."""

    action = staticmethod(actions.cancel_voucher)
    title = _("Cancel the voucher")
    submit_label = _("Cancel the voucher")
    success_message = _("Cancelled. The voucher stays on record.")
    consequence = _("It can no longer be posted; it stays on record.")


class ReverseVoucher(VoucherReasonView):
    """The accountant enters the reversal of a posted voucher."""

    form_class = ReverseForm
    title = _("Reverse the voucher")
    submit_label = _("Submit for review")
    success_message = _(
        "Entered. The reversal counts once it is reviewed and approved."
    )
    consequence = _(
        "The posted voucher stays; a new one with opposite lines waits for review."
    )
    danger = False

    def run_action(self, form: Any) -> str:
        reversal = actions.reverse_voucher(
            self.row, by=reader(self.request), **form.action_values()
        )
        return reversal.get_absolute_url()
