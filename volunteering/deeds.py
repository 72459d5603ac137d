"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds

name_deeds(
    {
        "volunteering.add_shift": _("Shift added"),
        "volunteering.change_post": _("Post corrected"),
        "volunteering.change_shift": _("Shift corrected"),
        "volunteering.claim_shift": _("Shift claimed"),
        "volunteering.close_post": _("Post closed"),
        "volunteering.confirm_service": _("Hours confirmed"),
        "volunteering.mark_missed": _("Noted as not having come"),
        "volunteering.offer_post": _("Post set up"),
        "volunteering.publish_post": _("Post published"),
        "volunteering.record_service": _("Hours recorded"),
        "volunteering.return_service": _("Hours sent back"),
        "volunteering.withdraw_claim": _("Claim given back"),
    }
)
