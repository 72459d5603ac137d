"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds

name_deeds(
    {
        "cobuilding.add_target": _("Target added"),
        "cobuilding.change_agreement": _("Agreement corrected"),
        "cobuilding.change_project": _("Project corrected"),
        "cobuilding.draft_agreement": _("Agreement drafted"),
        "cobuilding.end_agreement": _("Agreement ended"),
        "cobuilding.end_project": _("Project ended"),
        "cobuilding.remove_target": _("Target removed"),
        "cobuilding.sign_agreement": _("Agreement signed"),
        "cobuilding.start_project": _("Project started"),
    }
)
