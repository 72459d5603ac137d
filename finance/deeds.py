"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds

name_deeds(
    {
        "finance.amend_voucher": _("Voucher corrected"),
        "finance.approve_voucher": _("Voucher approved"),
        "finance.cancel_voucher": _("Voucher voided"),
        "finance.enter_expenditure": _("Expenditure entered"),
        "finance.enter_income": _("Income entered"),
        "finance.open_fund": _("Fund opened"),
        "finance.return_voucher": _("Voucher sent back"),
        "finance.reverse_voucher": _("Reversal entered"),
    }
)
