"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds

name_deeds(
    {
        "accounts.change_account": _("Account changed"),
        "accounts.charge_with_duty": _("Charged with a duty"),
        "accounts.create_account": _("Account opened"),
        "accounts.end_duty": _("Duty ended"),
        "accounts.issue_slip": _("Sign-in slip issued"),
        "accounts.lock_out": _("Locked after wrong passwords"),
        "accounts.set_password": _("Password set"),
        "accounts.sign_in": _("Signed in"),
    }
)
