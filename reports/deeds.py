"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds

name_deeds(
    {
        "reports.accept_return": _("Return accepted and published"),
        "reports.download_summary": _("Summary downloaded"),
        "reports.open_round": _("Month opened for returns"),
        "reports.remind": _("Late ones reminded"),
        "reports.report_line": _("Reported number explained"),
        "reports.return_for_correction": _("Return sent back"),
        "reports.submit_return": _("Return submitted"),
        "reports.withdraw_return": _("Return taken back"),
        "reports.write_narrative": _("Account of the month written"),
    }
)
