"""Choices of members whom nobody manages (口袋党员)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MONTHS_WITHOUT_CONTACT = 6
MONTHS_AWAITING_PLACEMENT = 12
"""After how long an absence without contact, or a wait for a post, is nobody's.

No thresholds: the six months are those of R-22, and both stand in the labels below."""


class PocketReason(TextChoices):
    """Why nobody manages somebody, as the records say."""

    LETTER = "letter", _("Letter issued and never received")
    NO_AFFILIATION = "no_affiliation", _("Lives here and belongs to no organization")
    NO_CONTACT = "no_contact", _("Away for over six months, without any contact since")
    AWAITING = "awaiting", _("Graduate or veteran awaiting placement for over a year")
    DISOWNED = "disowned", _("Said to be managed by a former unit, which is not so")


class PocketOutcome(TextChoices):
    """What came of somebody whom nobody managed."""

    TRANSFERRED = "transferred", _("Transferred")
    MOBILE = "mobile", _("Registered as a mobile member")
    LOST = "lost", _("Lost contact, search opened")
    GONE = "gone", _("Membership ended")
    MANAGED = "managed", _("An organization manages them after all")
