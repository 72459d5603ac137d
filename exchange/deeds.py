"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds

name_deeds(
    {
        "exchange.commit_batch": _("Sheet's rows entered"),
        "exchange.confirm_batch": _("Import confirmed"),
        "exchange.discard_batch": _("Import discarded"),
        "exchange.download_file": _("File downloaded"),
        "exchange.download_refused": _("Refused rows downloaded"),
        "exchange.erase_file": _("File erased"),
        "exchange.plan_batch": _("Sheet read"),
        "exchange.refuse_batch": _("Sheet refused"),
        "exchange.upload_batch": _("Sheet uploaded"),
    }
)
