"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds

name_deeds(
    {
        "communities.change_meeting": _("Meeting corrected"),
        "communities.record_meeting": _("Meeting recorded"),
        "communities.withdraw_meeting": _("Meeting withdrawn"),
    }
)
