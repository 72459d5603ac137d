"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds, word_values
from organizations.queries import code_words

name_deeds(
    {
        "organizations.change_organization": _("Organization changed"),
        "organizations.change_unit": _("Unit's entry corrected"),
        "organizations.close_month": _("Month closed"),
        "organizations.end_organization": _("Organization ended"),
        "organizations.end_unit": _("Unit taken off the register"),
        "organizations.found_organization": _("Organization founded"),
        "organizations.keep_aliases": _("Other names kept"),
        "organizations.keep_code_item": _("Code list item kept"),
        "organizations.record_unit": _("Unit entered"),
        "organizations.set_threshold": _("Rule's number set"),
        "organizations.set_workday": _("Working day set"),
    }
)
word_values("organizations.Unit", sector=code_words("org_sectors"))
