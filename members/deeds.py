"""What readers call the deeds of this app."""

from django.utils.translation import gettext_lazy as _

from core.history import name_deeds, word_values
from organizations.queries import code_words

name_deeds(
    {
        "members.admit_member": _("Member entered"),
        "members.affiliate_member": _("Affiliation begun"),
        "members.change_member": _("Member's record corrected"),
        "members.check_in": _("Checked in"),
        "members.end_check_in": _("Check-in ended"),
        "members.end_membership": _("Membership ended here"),
        "members.end_mobile": _("Return recorded"),
        "members.find_by_number": _("Found by identity number"),
        "members.keep_skills": _("Skills noted"),
        "members.look": _("Record looked at"),
        "members.move_member": _("Member moved"),
        "members.record_mobile": _("Absence recorded"),
        "members.unmask": _("Number read in full"),
    }
)
word_values(
    "members.Member", education=code_words("education"), skills=code_words("skills")
)
